"""axe-core finds no violation on any kind of page, in either theme, wide and narrow."""

from collections.abc import Callable
from typing import Literal

import pytest
from installed import npm
from playwright.sync_api import Page, expect
from site_kinds import PATHS

Open = Callable[..., Page]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE = "axe-core@4.14.1"
SHOW_ALL = """() => {
  document.querySelectorAll("details").forEach((one) => (one.open = true));
  document.querySelectorAll(".add").forEach((one) => one.click());
  document.getElementById("go").click();
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    return (npm(AXE) / "axe.min.js").read_text()


def violations(page: Page, axe: str) -> list[tuple[str, list[str]]]:
    page.evaluate(axe)
    found = page.evaluate("axe.run().then((said) => said.violations)")
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def test_a_violation_would_be_found(visit: Open, axe: str) -> None:
    page = visit("/")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [one for one, _ in violations(page, axe)] == ["image-alt"]


@pytest.mark.parametrize("width", [1280, 360])
def test_no_violation(visit: Open, address: str, axe: str, width: int) -> None:
    page = visit("/", viewport={"width": width, "height": 900}, reduced_motion="reduce")
    for path in PATHS:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            assert violations(page, axe) == [], (path, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_violation_where_all_of_a_form_is_open_and_wrong(visit: Open, axe: str, theme: str) -> None:
    page = visit("/propose/image_generation/", color_scheme=theme)
    expect(page.locator("#field-name")).to_be_enabled()
    page.evaluate(SHOW_ALL)
    assert page.locator(".fault:visible").count() > 2
    assert violations(page, axe) == []
