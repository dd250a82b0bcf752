"""A site of a world of its own, a large one, and a browser to look at them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest
from chromium import chromium
from playwright.sync_api import Browser, Page
from site_world import write_world
from watching import Watched

from horde_reference.adapters.marker import MARKER
from horde_reference.adapters.web import server
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.fetched import FetchedFiles

Open = Callable[..., Page]


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
            Thread(target=http.serve_forever, args=[0.02], daemon=True).start()
            stack.callback(http.server_close)
            stack.callback(http.shutdown)
            return f"http://127.0.0.1:{http.server_address[1]}"

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
    with ExitStack() as stack:

        def go(path: str, **wishes: object) -> Page:
            context = browser.new_context(**wishes)  # type: ignore[arg-type]
            stack.callback(context.close)
            watched.follow(context)
            page = context.new_page()
            page.goto(address + path)
            return page

        yield go
    assert watched.wrong == []
