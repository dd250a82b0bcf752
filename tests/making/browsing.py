"""Pages opened in a browser, and what axe-core says of them."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from installed import npm
from playwright.sync_api import Browser, Page
from watching import Watched

AXE = "axe-core@4.14.1"
Open = Callable[..., Page]
"""Opens a path in a browser of its own, with what playwright knows of contexts."""


@contextmanager
def visiting(browser: Browser, address: str, watched: Watched) -> Iterator[Open]:
    """Open pages below an address, all of them watched; they are closed when the block ends."""
    with ExitStack() as stack:

        def go(path: str, **wishes: object) -> Page:
            context = browser.new_context(**wishes)  # type: ignore[arg-type]
            stack.callback(context.close)
            watched.follow(context)
            page = context.new_page()
            page.goto(address + path)
            return page

        yield go


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What is hard to use for somebody: rule and elements."""
    page.evaluate((npm(AXE) / "axe.min.js").read_text())
    found = page.evaluate("axe.run().then((said) => said.violations)")
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def weights(page: Page, root: Path) -> dict[str, int]:
    """Path of each file that a page has loaded, itself first → its bytes, compressed as hosts do."""
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    paths = [unquote(urlsplit(address).path).lstrip("/") for address in (page.url, *loaded)]
    files = [f"{path}index.html" if path.endswith("/") or not path else path for path in paths]
    return {path: len(zlib.compress((root / path).read_bytes(), 9)) for path in files}
