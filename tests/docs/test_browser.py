"""The documentation in a browser: search, addresses that are tried, both themes, no violation that axe knows of."""

import json
import re
from pathlib import Path

import pytest
from browsing import Open, violations
from hosts import run_nginx
from made_docs import ROOT
from playwright.sync_api import Browser, Page, expect
from watching import Watched

from horde_reference.emit.hosting.host import Host
from horde_reference.workflows.build import Wishes, build

PATHS = (
    "/docs/",
    "/docs/start/self-hosting/",
    "/docs/reference/commands/propose/",
    "/docs/reference/records/image_generation/",
    "/docs/reference/api/records/",
    "/docs/reference/python/queries/",
    "/docs/rules/",
)


def search(page: Page, words: str) -> None:
    field = page.get_by_role("textbox", name="Search")
    field.click()
    field.press_sequentially(words)
    expect(page.locator(".md-search-result__item").first).to_be_visible()


@pytest.mark.parametrize(("theme", "width"), [("dark", 1280), ("light", 360)])
def test_axe_finds_no_violation(visit: Open, theme: str, width: int) -> None:
    page = visit("/docs/", color_scheme=theme, viewport={"width": width, "height": 900})
    root = page.url.removesuffix("/docs/")
    for path in PATHS:
        page.goto(root + path)
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], path


def test_axe_finds_none_in_what_was_tried_or_searched(visit: Open) -> None:
    page = visit("/docs/reference/api/records/")
    page.get_by_role("button", name="Send").first.press("Enter")
    expect(page.locator(".tried").first).to_contain_text("200 OK")
    search(page, "queue")
    assert violations(page) == []


def test_search_finds_a_command_and_leads_there(visit: Open) -> None:
    page = visit("/docs/")
    search(page, "withdrawal date")
    found = page.locator(".md-search-result__link", has_text="withdrawal-date").first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("h1")).to_contain_text("withdrawal-date")


def test_an_address_is_tried_against_this_host(visit: Open) -> None:
    page = visit("/docs/reference/api/records/")
    form = page.locator("form.try[data-file='/api/model_references/v2/{category}/model/{name}.json']")
    form.get_by_label("category").select_option("clip")
    form.get_by_label("name").fill("ViT-L/14")
    form.get_by_role("button", name="Send").press("Enter")
    tried = form.locator("xpath=following-sibling::div[1]")
    expect(tried).to_contain_text("200 OK")
    expect(tried.get_by_label("Headers")).to_contain_text("content-type: application/json")
    assert json.loads(tried.get_by_label("Body").inner_text())["name"] == "ViT-L/14"
    assert tried.get_by_role("link").inner_text() == "/api/model_references/v2/clip/model/ViT-L/14.json"


def test_what_is_not_there_is_said(browser: Browser, address: str) -> None:
    page = browser.new_page()  # not watched: a browser tells of each 404
    page.goto(f"{address}/docs/reference/api/records/")
    form = page.locator("form.try").nth(1)
    form.get_by_label("name").fill("../../<b>No such model</b>?")
    form.get_by_role("button", name="Send").press("Enter")
    tried = page.locator(".tried").nth(1)
    expect(tried).to_contain_text("404 Not Found")
    expect(tried.get_by_label("Body")).to_contain_text('"detail": "Not Found"')
    assert tried.locator("b").count() == 0
    page.close()


def test_without_scripts_the_pages_are_whole_and_nothing_pretends_to_work(visit: Open) -> None:
    page = visit("/docs/reference/api/records/", java_script_enabled=False)
    assert page.locator("form.try").first.is_hidden()
    assert page.locator("#theme").is_hidden()
    expect(page.locator("h1")).to_have_text(re.compile("Records"))


def test_the_theme_is_that_of_the_site_around_it(visit: Open) -> None:
    page = visit("/docs/", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.get_by_role("link", name="Catalogue").first.click()
    page.wait_for_url("**/models/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.get_by_role("link", name="Docs").first.click()
    expect(page.locator("h1")).to_contain_text("Documentation")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_it_works_under_the_policy_that_a_host_sends(browser: Browser, made: Path, tmp_path: Path) -> None:
    build(ROOT / "data", tmp_path / "public", Wishes(Host.NGINX, docs=made))
    with run_nginx(tmp_path / "public", tmp_path) as port:
        watched = Watched(f"http://127.0.0.1:{port}")
        context = browser.new_context()
        watched.follow(context)
        page = context.new_page()
        page.goto(f"{watched.address}/docs/reference/api/records")  # without its slash
        page.get_by_role("button", name="Send").first.press("Enter")
        expect(page.locator(".tried").first).to_contain_text("200")
        search(page, "queue")
        context.close()
    assert (watched.wrong, watched.elsewhere) == ([], [])
