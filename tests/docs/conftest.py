"""Our records, built with the documentation, served, and looked at in a browser."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from browsing import Open, visiting
from chromium import chromium
from html5lib import HTMLParser
from made_docs import ROOT, made_docs
from playwright.sync_api import Browser
from serving import serving
from watching import Watched

from horde_reference.adapters.marker import MARKER
from horde_reference.adapters.web import server
from horde_reference.workflows.build import Wishes, build


@pytest.fixture(scope="session")
def made() -> Path:
    """What mkdocs made."""
    return made_docs()


@pytest.fixture(scope="session")
def world(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web root of our records, with the documentation."""
    out = tmp_path_factory.mktemp("documented") / "public"
    assert build(ROOT / "data", out, Wishes(docs=made)).written
    return out


@pytest.fixture(scope="session")
def files(world: Path) -> Mapping[str, bytes]:
    found = {path.relative_to(world).as_posix(): path for path in world.rglob("*") if path.is_file()}
    return {path: file.read_bytes() for path, file in found.items() if path != MARKER}


@pytest.fixture(scope="session")
def pages(files: Mapping[str, bytes]) -> Mapping[str, Element]:
    """The pages of the documentation as trees of elements."""
    found = {path: body for path, body in files.items() if path.startswith("docs/") and path.endswith(".html")}
    assert len(found) > 150
    return {path: HTMLParser(namespaceHTMLElements=False).parse(body.decode()) for path, body in found.items()}


@pytest.fixture(scope="session")
def address(world: Path) -> Iterator[str]:
    http = server(world)
    http.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[attr-defined]
    with serving(http) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page in a browser of its own. Whatever goes wrong in it, or is asked for elsewhere, fails the test."""
    watched = Watched(address)
    with visiting(browser, address, watched) as go:
        yield go
    assert (watched.wrong, watched.elsewhere) == ([], [])
