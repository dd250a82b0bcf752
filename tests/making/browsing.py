"""Pages opened in a browser, and what axe-core says of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

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
