"""The catalogue in a real browser: found, narrowed, sorted, shared, gone back to, without a mouse, without scripts."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import Open
from hard_names import ODD
from playwright.sync_api import Page, expect
from site_world import HOSTILE

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def names(page: Page) -> list[str]:
    return page.locator("a.to-model").all_inner_texts()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def ready(page: Page) -> Page:
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\d+ models"))
    return page


def search(page: Page, words: str) -> list[str]:
    page.get_by_role("searchbox").fill(words)
    return names(page)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Lantern XL", "Lantern XL"), ("lantern", "Lantern XL"), ("lantren", "Lantern XL"), ("lnatern", "Lantern XL"),
        ("lanten", "Lantern XL"), ("night", "Lantern XL"), ("paints", "Lantern XL"), ("faces", "Portrait False"),
        ("stable diffusion 1 portrait", "Portrait False"), ("teler 70b", "author/Teller-70B-Q4_K_M"),
        ("creme brulee", "Crème Brûlée"), ("漢字", "模型/漢字"), ("old lantern", "Lantern XL"),
        ("the teller", "author/Teller-8B"),
    ],
)  # fmt: skip
def test_search_finds_names_descriptions_tags_and_baselines_and_forgives_typos(
    visit: Open, words: str, found: str
) -> None:
    assert search(ready(visit("/models/")), words)[0] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [("sd 1.5", "Portrait False"), ("SD1.5", "Portrait False"), ("sd15", "Portrait False"), ("sd 1", "Portrait False"),
     ("stable diffusion 1.5", "Portrait False"), ("sdxl", "Lantern XL"), ("sd xl", "Lantern XL")],
)  # fmt: skip
def test_search_knows_what_people_call_baselines(visit: Open, words: str, found: str) -> None:
    assert found in search(ready(visit("/models/")), words)


def test_names_without_letters_are_found_by_what_they_are_made_of(visit: Open) -> None:
    page = ready(visit("/models/"))
    for name in (one for one in ODD if not any(map(str.isalnum, one))):
        assert name in search(page, name), name
    assert search(page, "☂☂☂") == []


def test_all_words_must_fit(visit: Open) -> None:
    page = ready(visit("/models/"))
    assert search(page, "lantern zebra") == []
    expect(page.locator(".empty")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^0 of \d+ models$"))


def test_what_was_typed_stands_in_the_address_and_one_step_goes_back(visit: Open) -> None:
    page = ready(visit("/models/"))
    before = names(page)
    page.get_by_role("searchbox").press_sequentially("lantern")
    assert asked(page) == {"q": ["lantern"]}
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("")
    assert names(page) == before
    page.go_forward()
    expect(page.get_by_role("searchbox")).to_have_value("lantern")
    assert names(page) == ["Lantern XL"]


@pytest.mark.parametrize(
    ("label", "key", "value", "found"),
    [
        ("Text generation", "category", "text_generation", "author/Teller-8B"),
        ("Stable Diffusion 1", "baseline", "stable_diffusion_1", "Portrait False"),
        ("Realistic", "style", "realistic", "Lantern XL"),
        ("4 to 8 GB", "size", "4-8gb", "Lantern XL"),
        ("40B and more", "parameters", "over-40b", "author/Teller-70B-Q4_K_M"),
        ("Q4_K_M", "quantisation", "Q4_K_M", "author/Teller-70B-Q4_K_M"),
        ("offered by workers now", "usage", "offered", "Lantern XL"),
        ("used this month", "usage", "used", "Portrait False"),
    ],
)
def test_each_facet_narrows_down(visit: Open, label: str, key: str, value: str, found: str) -> None:
    page = ready(visit("/models/"))
    choice = page.get_by_role("checkbox", name=re.compile(f"^{re.escape(label)}"))
    box = page.locator("label", has=choice)
    count = int(box.locator(".count").inner_text())
    choice.check()
    assert asked(page) == {key: [value]}
    assert found in names(page)
    assert len(names(page)) == count
    page.go_back()
    expect(choice).not_to_be_checked()
    assert asked(page) == {}


def test_what_is_not_safe_for_work_is_hidden_until_it_is_asked_for(visit: Open) -> None:
    page = ready(visit("/models/?q=portrait"))
    assert names(page) == ["Portrait False"]
    page.get_by_role("checkbox", name="Show NSFW models").check()
    assert sorted(names(page)) == ["Portrait False", "Portrait True"]
    assert asked(page) == {"q": ["portrait"], "nsfw": ["1"]}


@pytest.mark.parametrize(
    ("query", "said", "found"),
    [
        ("q=portrait", "1 hidden as not safe for work. Show", ["Portrait False", "Portrait True"]),
        ("q=portrait+true", "1 hidden as not safe for work. Show", ["Portrait True"]),
        ("q=lantern&baseline=stable_diffusion_1", "1 hidden by the filters. Show", ["Lantern XL"]),
        ("q=portrait+true&style=realistic", "1 hidden by the filters and as not safe for work. Show",
         ["Portrait True"]),
    ],
)  # fmt: skip
def test_what_is_hidden_is_told_and_one_press_away(visit: Open, query: str, said: str, found: list[str]) -> None:
    page = ready(visit(f"/models/?{query}"))
    hidden = page.locator("#left-out")
    expect(hidden).to_have_text(said)
    before = names(page)
    hidden.get_by_role("button", name="Show").press("Enter")
    expect(hidden).to_be_hidden()
    assert sorted(names(page)) == found
    expect(page.locator("a.to-model").first).to_be_focused()
    page.go_back()
    expect(hidden).to_have_text(said)
    assert names(page) == before


@pytest.mark.parametrize("query", ["", "?q=lantern", "?q=zebra", "?nsfw=1&q=portrait", "?style=realistic"])
def test_where_nothing_is_hidden_nothing_is_told(visit: Open, query: str) -> None:
    expect(ready(visit(f"/models/{query}")).locator("#left-out")).to_be_hidden()


def test_two_values_of_a_facet_are_either_two_facets_are_both(visit: Open) -> None:
    page = ready(visit("/models/?parameters=under-4b&parameters=over-40b&category=text_generation"))
    assert sorted(names(page)) == ["author/Teller-3B-Q4_K_M", "author/Teller-70B-Q4_K_M"]
    page.get_by_role("button", name="Clear filters").click()
    assert asked(page) == {}


@pytest.mark.parametrize(
    ("order", "first"),
    [("largest on disk", "Lantern XL"), ("smallest on disk", "Portrait False"), ("most used", "Lantern XL"),
     ("most parameters", "author/Teller-70B-Q4_K_M"), ("fewest parameters", "author/Teller-3B-Q4_K_M")],
)  # fmt: skip
def test_each_order(visit: Open, order: str, first: str) -> None:
    page = ready(visit("/models/"))
    page.get_by_label("Sort by").select_option(order)
    assert names(page)[0] == first
    assert "sort" in asked(page)
    page.reload()
    ready(page)
    assert names(page)[0] == first


def test_sorted_by_name(visit: Open) -> None:
    found = names(ready(visit("/models/?category=text_generation&sort=name")))
    assert found == [
        "author/Teller-3B-Q4_K_M", "author/Teller-8B", "author/Teller-8B-Q4_K_M", "author/Teller-70B-Q4_K_M",
    ]  # fmt: skip


def test_a_shared_address_shows_the_same(visit: Open) -> None:
    page = ready(visit("/models/?q=teller&parameters=4-10b&sort=-parameters&view=cards"))
    assert sorted(names(page)) == ["author/Teller-8B", "author/Teller-8B-Q4_K_M"]
    expect(page.get_by_role("searchbox")).to_have_value("teller")
    expect(page.get_by_role("button", name="Cards")).to_have_attribute("aria-pressed", "true")
    assert page.locator(".cards li").count() == 2


@pytest.mark.parametrize("query", ["?category=none&sort=nonsense&view=x", "?q=%00%ff", "?nsfw=yes", "?size=<script>"])
def test_a_wrong_address_is_no_harm(visit: Open, query: str) -> None:
    ready(visit(f"/models/{query}"))


def test_table_and_cards(visit: Open) -> None:
    page = ready(visit("/models/"))
    assert page.locator(".results tbody tr").count() > 10
    page.get_by_role("button", name="Cards").click()
    assert asked(page) == {"view": ["cards"]}
    assert page.locator(".results tbody tr").count() == 0
    assert page.locator(".cards li").count() > 10


def test_from_the_catalogue_to_a_model_and_back(visit: Open) -> None:
    page = ready(visit("/models/?q=lantern"))
    page.get_by_role("link", name="Lantern XL").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern XL")
    page.go_back()
    ready(page)
    assert names(page) == ["Lantern XL"]


def test_without_a_mouse(visit: Open) -> None:
    page = ready(visit("/models/"))
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("teller")
    page.keyboard.press("ArrowDown")
    first = page.locator("a.to-model").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.to-model").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.keyboard.type("lantern")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern XL")


def test_a_facet_by_keyboard_keeps_the_focus(visit: Open) -> None:
    page = ready(visit("/models/"))
    box = page.get_by_role("checkbox", name=re.compile("^Realistic"))
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    assert names(page) == ["Lantern XL"]


@pytest.mark.parametrize(
    "path",
    ["/", "/models/", "/models/image_generation/", "/models/image_generation/Lantern%20XL/", "/statistics/",
     "/statistics/text_generation/", "/risk/", "/risk/image_generation/", "/families/", "/news/", "/queue/"],
)  # fmt: skip
def test_nothing_is_wider_than_a_phone(visit: Open, path: str) -> None:
    page = visit(path, **PHONE)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_filters_open_on_a_phone(visit: Open) -> None:
    page = ready(visit("/models/", **PHONE))
    filters = page.get_by_role("form", name="Filters")
    expect(filters).to_be_hidden()
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(filters).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^Realistic")).check()
    assert names(page) == ["Lantern XL"]


def test_without_javascript_categories_lead_to_every_model(visit: Open) -> None:
    page = visit("/models/", java_script_enabled=False)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.get_by_role("link", name=re.compile("^Image generation")).click()
    assert page.locator("tbody tr").count() > len(ODD)
    page.get_by_role("link", name="Lantern XL").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern XL")
    expect(page.get_by_text("ab" * 32)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Copy"))).to_have_count(0)
    assert page.locator("svg[role=img] path").count() == 2


def test_the_home_page_searches_the_catalogue(visit: Open) -> None:
    page = visit("/")
    page.get_by_role("searchbox").fill("lantern")
    page.get_by_role("button", name="Search").click()
    ready(page)
    assert asked(page) == {"q": ["lantern"]}
    assert names(page) == ["Lantern XL"]


def test_every_odd_name_is_found_and_leads_to_its_page(visit: Open) -> None:
    page = ready(visit("/models/?category=image_generation&sort=name"))
    while page.locator("#more").is_visible():
        page.locator("#more").dispatch_event("click")
    read = "(all) => all.map((one) => [one.innerText, one.getAttribute('href')])"
    links = dict(page.locator("a.to-model").evaluate_all(read))
    assert links.keys() >= {" ".join(name.split()) for name in ODD}
    for name in ODD:
        page.goto(page.url.partition("/models/")[0] + "/models/" + str(links[" ".join(name.split())]))
        assert page.locator("h1").text_content() == name


def test_a_hostile_description_is_text_everywhere(visit: Open) -> None:
    page = visit("/models/image_generation/Hostile/")
    assert page.locator(".described").text_content() == HOSTILE
    page.goto(page.url.replace("image_generation/Hostile/", "?q=hostile"))
    assert names(ready(page)) == ["Hostile"]
    assert "<script>" in page.locator(".results tbody p").inner_text()
    page.goto(page.url.partition("?")[0] + "image_generation/")
    assert "<script>alert" in page.locator("tbody").inner_text()


def test_the_theme_is_that_of_the_system_until_one_is_chosen(visit: Open) -> None:
    page = visit("/", color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Light theme").click()
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.goto(page.url + "models/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_copying_a_hash(visit: Open) -> None:
    page = visit("/models/image_generation/Lantern%20XL/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the SHA-256 of lantern.safetensors").click()
    expect(page.get_by_role("button", name="Copy the SHA-256 of lantern.safetensors")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "ab" * 32


def test_an_old_name_leads_to_the_model(visit: Open) -> None:
    page = visit("/models/image_generation/Old%20Lantern/")
    page.wait_for_url("**/Lantern%20XL/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern XL")
