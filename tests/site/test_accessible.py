"""axe-core finds no violation on any kind of page, in either theme, wide and narrow."""

from collections.abc import Callable
from typing import Literal

import pytest
from installed import npm
from playwright.sync_api import Page

Open = Callable[..., Page]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
AXE = "axe-core@4.14.1"
PATHS = (
    "/",
    "/models/",
    "/models/?view=cards&nsfw=1",
    "/models/?q=nothing-like-this",
    "/models/image_generation/",
    "/models/audio_generation/",
    "/models/image_generation/Lantern%20XL/",
    "/models/image_generation/Gone/",
    "/models/image_generation/Hostile/",
    "/models/clip/Deleted/",
    "/models/text_generation/author/Teller-8B/",
    "/statistics/",
    "/statistics/text_generation/",
    "/risk/",
    "/risk/image_generation/",
    "/families/",
    "/news/",
    "/queue/",
)


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
