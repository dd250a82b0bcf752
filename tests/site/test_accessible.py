"""axe-core finds no violation on any kind of page, in either theme, wide and narrow."""

from typing import Literal

import pytest
from browsing import Open, violations
from playwright.sync_api import expect
from site_kinds import PATHS

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SHOW_ALL = """() => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  document.querySelectorAll(".add").forEach((one) => one.click());
  document.getElementById("go").click();
}"""


def test_a_violation_would_be_found(visit: Open) -> None:
    page = visit("/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [one for one, _ in violations(page)] == ["image-alt"]


@pytest.mark.parametrize("width", [1280, 360])
def test_no_violation(visit: Open, address: str, width: int) -> None:
    page = visit("/", viewport={"width": width, "height": 900}, reduced_motion="reduce")
    for path in PATHS:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            assert violations(page) == [], (path, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation_where_all_of_a_form_is_open_and_wrong(visit: Open, theme: str) -> None:
    page = visit("/propose/image_generation/", color_scheme=theme)
    expect(page.locator("#field-name")).to_be_enabled()
    page.evaluate(SHOW_ALL)
    assert page.locator(".fault:visible").count() > 2
    assert violations(page) == []
