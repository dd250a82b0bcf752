"""Ten thousand models: what is loaded is small, and every letter is answered at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browsing import weights
from many_models import MANY, many
from playwright.sync_api import Browser, Page, expect

from horde_reference.adapters.packaged import packaged_look
from horde_reference.edition import Edition
from horde_reference.emit.site.pages import emit

MOST_BYTES = 300_000
SHOWN_AT_ONCE = 200
LATE = """const asked = fetch;
window.fetch = (...what) => new Promise((then) => {
  addEventListener("load", () => setTimeout(() => then(asked(...what)), 200));
});"""
"""Answers come when the browser believes the page to be complete."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue of ten thousand models, without their pages."""
    out = tmp_path_factory.mktemp("large")
    for path, body in emit(Edition(many()), packaged_look()):
        if path.startswith("models/image_generation/"):
            break
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(bytes(body))
    return out


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/models/")
    expect(page.get_by_role("status")).to_have_text(f"{MANY - MANY // 10:,} of {MANY:,} models")
    yield page
    context.close()


def test_the_first_view_is_small(browser: Browser, root: Path, host: Callable[[Path], str]) -> None:
    with opened(browser, host(root)) as page:
        sizes = weights(page, root)
    assert {"models/index.html", "search/models.json", "assets/site.css", "assets/catalogue/search.js"} <= sizes.keys()
    assert sum(sizes.values()) < MOST_BYTES, sizes


def test_only_what_can_be_seen_is_drawn(browser: Browser, root: Path, host: Callable[[Path], str]) -> None:
    with opened(browser, host(root)) as page:
        assert page.locator("a.to-model").count() < SHOWN_AT_ONCE
        page.mouse.wheel(0, 20_000)
        expect(page.locator("a.to-model").nth(70)).to_be_attached()


def test_a_step_back_leads_to_the_place_however_late_the_list_comes(
    browser: Browser, root: Path, host: Callable[[Path], str]
) -> None:
    with opened(browser, host(root)) as page:
        page.add_init_script(LATE)
        for _ in range(4):
            page.locator("#more").dispatch_event("click")
        link = page.locator("a.to-model").nth(120)
        link.scroll_into_view_if_needed()
        name, place = link.inner_text(), page.evaluate("scrollY")
        assert place > 3_000
        link.click()
        page.wait_for_url("**/models/text_generation/**", wait_until="commit")
        page.go_back()
        again = page.get_by_role("link", name=name, exact=True)
        expect(again).to_be_in_viewport()
        assert abs(page.evaluate("scrollY") - place) < 5


def test_a_search_is_answered_and_timed(browser: Browser, root: Path, host: Callable[[Path], str]) -> None:
    """How long it takes is told by `benchmarks/site_pages.py`; a test must not fail because a machine is busy."""
    with opened(browser, host(root)) as page:
        for words in ("kami", "kamy torlu", "xyzzyplugh"):
            page.get_by_role("searchbox").fill(words)
        taken = page.evaluate("performance.getEntriesByName('search').map((one) => one.duration)")
        assert len(taken) == 4
        assert all(one > 0 for one in taken)
