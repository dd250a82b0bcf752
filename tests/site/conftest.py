"""A site of a world of its own, a large one, and a browser to look at them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsing import Open, visiting
from chromium import chromium
from playwright.sync_api import Browser
from serving import serving
from site_world import write_world
from watching import Watched

from horde_reference.adapters.marker import MARKER
from horde_reference.adapters.web import server
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.fetched import FetchedFiles


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web root of a site that has something of everything."""
    home = tmp_path_factory.mktemp("world")
    made = write_world(home)
    fetched = FetchedFiles(home / "usage.json", home / "series", home / "queue.json")
    assert build(made.data, home / "public", Wishes(fetched=fetched)).written
    return home / "public"


@pytest.fixture(scope="session")
def files(world: Path) -> Mapping[str, bytes]:
    """Its files."""
    found = {path.relative_to(world).as_posix(): path for path in world.rglob("*") if path.is_file()}
    return {path: file.read_bytes() for path, file in found.items() if path != MARKER}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with each module: as long as it is open, no other test of this process could run a loop of its own."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def host() -> Iterator[Callable[[Path], str]]:
    """Serve a folder for the whole session; gives its address."""
    with ExitStack() as stack:

        def start(root: Path) -> str:
            http = server(root)
            http.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[attr-defined]
            return stack.enter_context(serving(http))

        yield start


@pytest.fixture(scope="session")
def address(world: Path, host: Callable[[Path], str]) -> str:
    return host(world)


@pytest.fixture
def watched(address: str) -> Watched:
    return Watched(address)


@pytest.fixture
def visit(browser: Browser, address: str, watched: Watched) -> Iterator[Open]:
    """Open a page in a browser of its own; whatever goes wrong in it fails the test."""
    with visiting(browser, address, watched) as go:
        yield go
    assert watched.wrong == []
