"""The page on deletion risk in a real browser: selected, counted, copied, shared; without scripts; large."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import Open
from hard_names import ODD
from many_models import MANY, many
from playwright.sync_api import Browser, Page, expect

from horde_reference.adapters.packaged import packaged_look
from horde_reference.edition import Edition
from horde_reference.emit.site.pages import ASSETS
from horde_reference.emit.site.rendering import Renderer
from horde_reference.emit.site.understanding.measured import measured
from horde_reference.emit.site.understanding.pages import Pages
from horde_reference.formats.json_writing import compact

Files = Mapping[str, bytes]
PATH = "/risk/image_generation/"
CSV = "api/model_references/statistics/image_generation/deletion-risk.csv"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def ready(page: Page) -> Page:
    expect(page.locator("#count")).to_have_text(re.compile(r"\d+ models"))
    return page


def names(page: Page) -> list[str]:
    """Names of the rows that are shown; all of them, however far down."""
    while page.locator("#more").is_visible():
        page.locator("#more").dispatch_event("click")
    found: list[str] = page.locator("#rows bdi").evaluate_all("(all) => all.map((one) => one.textContent)")
    return found


def table(files: Files) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files[CSV].decode(), newline="")))


def choose(page: Page, *wanted: str) -> None:
    names(page)
    for name in wanted:
        page.get_by_role("checkbox", name=f"Select {name}", exact=True).check()


def saved(page: Page) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").click()
    assert waiting.value.suggested_filename == "deletion-risk-image_generation.csv"
    return Path(waiting.value.path()).read_bytes()


def test_all_models_are_listed_with_what_the_page_had_before(visit: Open) -> None:
    before = visit(PATH, java_script_enabled=False).locator("#rows bdi").all_text_contents()
    assert names(ready(visit(PATH))) == before
    assert len(before) > len(ODD)


def test_a_preset_shows_its_models_and_can_be_shared(visit: Open) -> None:
    page = ready(visit(PATH))
    button = page.get_by_role("button", name=re.compile("^Critical"))
    count = int(button.locator("span").inner_text())
    button.click()
    assert parse_qs(urlsplit(page.url).query) == {"preset": ["critical"]}
    found = names(page)
    assert len(found) == count
    assert "Lantern XL" not in found
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#preset")).to_have_text("Hardly anybody asks for it and nobody offers it.")
    assert names(ready(visit(urlsplit(page.url).path + "?preset=critical"))) == found
    page.go_back()
    expect(page.get_by_role("button", name=re.compile("^All"))).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#preset")).to_have_text("All models, whether anything speaks for deleting them or not.")


def test_search_finds_names_and_flags(visit: Open) -> None:
    page = ready(visit(f"{PATH}?q=lantern"))
    assert names(page) == ["Lantern XL"]
    page.get_by_role("searchbox").fill("host not preferred")
    assert "Lantern XL" in names(page)
    page.get_by_role("searchbox").fill("lantern zebra")
    assert names(page) == []
    expect(page.locator("#count")).to_have_text(re.compile(r"^0 of \d+ models$"))


@pytest.mark.parametrize(
    ("order", "first"),
    [("month", "!"), ("-size", "Lantern XL"), ("name", "-")],
)
def test_each_order(visit: Open, order: str, first: str) -> None:
    page = ready(visit(PATH))
    page.get_by_label("Sort by").select_option(order)
    found = names(page)
    assert found[0] in {first, *ODD} if order != "-size" else found[0] == first
    assert parse_qs(urlsplit(page.url).query) == {"sort": [order]}
    if order == "month":
        assert found[-1] == "Lantern XL"


@pytest.mark.parametrize("query", ["?preset=none", "?preset=<script>&sort=x", "?q=%00%ff", "?sort=__proto__"])
def test_a_wrong_address_is_no_harm(visit: Open, query: str) -> None:
    ready(visit(PATH + query))


def test_a_selection_is_counted_and_kept_over_presets(visit: Open) -> None:
    page = ready(visit(PATH))
    expect(page.locator("#chosen")).to_be_hidden()
    choose(page, "Lantern XL", "Portrait False", "Hostile")
    expect(page.locator("#sum")).to_have_text("3 selected · 8.03 GiB · 1 of unknown size")
    page.get_by_role("button", name=re.compile("^Critical")).click()
    expect(page.locator("#sum")).to_have_text(re.compile("^3 selected"))
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#chosen")).to_be_hidden()
    page.get_by_role("button", name=re.compile("^All")).click()
    assert page.locator("#rows input:checked").count() == 0


def test_all_that_are_listed_are_selected_at_once(visit: Open) -> None:
    page = ready(visit(f"{PATH}?q=portrait"))
    every = page.get_by_role("checkbox", name="Select all that are listed")
    every.check()
    expect(page.locator("#sum")).to_have_text("2 selected · 3.96 GiB")
    page.get_by_role("searchbox").fill("")
    assert every.evaluate("(box) => box.indeterminate")
    choose(page, "Lantern XL")
    expect(page.locator("#sum")).to_have_text(re.compile("^3 selected"))
    page.get_by_role("searchbox").fill("portrait")
    every.uncheck()
    expect(page.locator("#sum")).to_have_text(re.compile("^1 selected"))


def test_the_names_of_a_selection_are_copied(visit: Open) -> None:
    page = ready(visit(PATH, **CLIPBOARD))
    choose(page, "two  spaces", "</script>")
    page.get_by_role("button", name="Copy names").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert sorted(page.evaluate("navigator.clipboard.readText()").split("\n")) == ["</script>", "two  spaces"]


def test_a_selection_as_csv_is_those_lines_of_the_published_table(visit: Open, files: Files) -> None:
    """Formulas are guarded there, and names with quotes, commas and the like stand in quotes."""
    wanted = {"=", "-", "@", 'say "so"', "a,b", "Lantern XL", "模型/漢字"}
    page = ready(visit(PATH))
    choose(page, *wanted)
    found = saved(page)
    rows = list(csv.reader(io.StringIO(found.decode(), newline="")))
    head, *published = table(files)
    assert rows[0] == head
    assert rows[1:] == [row for row in published if row[0].removeprefix("'") in wanted]
    assert {row[0] for row in rows[1:]} >= {"'=", "'-", "'@", 'say "so"', "a,b"}
    assert all(line in files[CSV].splitlines() for line in found.splitlines())
    assert len(rows) == 1 + len(wanted)


def test_all_of_it_as_csv_is_the_published_table(visit: Open, files: Files) -> None:
    page = ready(visit(PATH))
    page.get_by_role("checkbox", name="Select all that are listed").check()
    assert saved(page) == files[CSV]


def test_a_table_of_another_day_is_not_handed_out(visit: Open, files: Files) -> None:
    page = ready(visit(PATH))
    other = files[CSV].replace(b"Lantern XL,", b"Lantern XXL,")
    page.route("**/deletion-risk.csv", lambda route: route.fulfill(body=other))
    choose(page, "Hostile")
    page.get_by_role("button", name="Download CSV").click()
    expect(page.get_by_role("button", name="Load the page anew")).to_be_visible()


def test_a_removal_is_proposed_in_the_form_for_one_model(visit: Open) -> None:
    page = ready(visit(PATH))
    choose(page, "a&amp;b")
    link = page.get_by_role("link", name="Propose removal")
    asked = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
    assert asked == {"template": ["remove-model.yml"], "category": ["image_generation"], "name": ["a&amp;b"]}
    choose(page, "Hostile")
    expect(link).to_be_hidden()


def test_every_odd_name_leads_to_its_page(visit: Open) -> None:
    page = ready(visit(PATH))
    names(page)
    links = page.locator("#rows a").evaluate_all("(all) => all.map((one) => [one.textContent, one.pathname])")
    found = dict(links)
    assert found.keys() >= set(ODD)
    missing = [name for name, path in links if not page.request.get(page.url.partition("/risk")[0] + path).ok]
    assert missing == []


def test_without_a_mouse(visit: Open) -> None:
    page = ready(visit(PATH))
    page.get_by_role("button", name=re.compile("^Critical")).focus()
    page.keyboard.press("Enter")
    box = page.locator("#rows input").first
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("#sum")).to_have_text(re.compile("^1 selected"))
    page.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()


def test_without_javascript_there_is_the_table_and_the_files(visit: Open) -> None:
    page = visit(PATH, java_script_enabled=False)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("Critical"))).to_be_hidden()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("link", name="Critical as JSON")).to_be_visible()
    expect(page.get_by_role("link", name="All models as CSV")).to_be_visible()
    page.get_by_role("link", name="Lantern XL").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern XL")


def test_without_the_list_the_table_stays(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.route("**/search/risk/**", lambda route: route.fulfill(status=404, body="{}"))
    page = context.new_page()
    page.goto(address + PATH)
    expect(page.locator("#count")).to_contain_text("cannot be had")
    assert page.locator("#rows tr").count() > len(ODD)
    context.close()


def test_on_a_phone_a_selection_fits(visit: Open) -> None:
    page = ready(visit(PATH, **PHONE))
    choose(page, "Lantern XL", "x" * 128)
    expect(page.get_by_role("button", name="Download CSV")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_families_are_filtered_and_opened(visit: Open) -> None:
    page = visit("/families/")
    page.get_by_role("searchbox").fill("70b")
    expect(page.locator("#count")).to_have_text("1 model")
    expect(page.get_by_role("link", name="author/Teller-70B-Q4_K_M")).to_be_visible()
    expect(page.get_by_role("link", name="author/Teller-3B-Q4_K_M")).to_be_hidden()
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#count")).to_have_text("4 models")
    page.get_by_role("searchbox").fill("teller zebra")
    expect(page.locator("#count")).to_have_text("0 models")


@pytest.mark.parametrize(
    ("words", "count"), [("tellr 70b", 1), ("TLELER", 4), ("téller", 4), ("80b", 0), ("zzzzzz", 0)]
)
def test_families_forgive_typos(visit: Open, words: str, count: int) -> None:
    page = visit("/families/")
    page.get_by_role("searchbox").fill(words)
    expect(page.locator("#count")).to_have_text("1 model" if count == 1 else f"{count} models")


def test_what_is_searched_among_families_can_be_shared_and_come_back_to(visit: Open) -> None:
    page = visit("/families/")
    page.get_by_role("searchbox").fill("70b")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["70b"]}
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("70b")
    expect(page.locator("#count")).to_have_text("1 model")
    page.get_by_role("link", name="author/Teller-70B-Q4_K_M").click()
    page.wait_for_url("**/models/**")
    page.go_back()
    expect(page.locator("#count")).to_have_text("1 model")
    page.get_by_role("searchbox").fill("")
    assert urlsplit(page.url).query == ""


def test_a_link_to_a_group_opens_what_hides_it(visit: Open) -> None:
    page = visit("/models/text_generation/author/Teller-8B/")
    page.get_by_role("link", name="Teller", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Families of text models")
    assert page.locator(":target").get_attribute("id") == "group-Teller"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of eight thousand text models."""
    out, look = tmp_path_factory.mktemp("large"), packaged_look()
    edition = Edition(many())
    renderer = Renderer(look)
    made = Pages(edition, renderer).of_category(measured(edition, "text_generation"))
    assets = ((path, body) for path, body in look.items() if path.startswith(ASSETS))
    for path, body in (*made, *assets, ("favicon.ico", compact(""))):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(bytes(body))
    return out


def test_thousands_of_models_stay_light(browser: Browser, large: Path, host: Callable[[Path], str]) -> None:
    count = MANY - MANY // 5
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{host(large)}/risk/text_generation/")
    expect(page.locator("#count")).to_have_text(f"{count:,} models")
    assert page.evaluate("document.getElementsByTagName('*').length") < 2000
    page.get_by_role("checkbox", name="Select all that are listed").check()
    expect(page.locator("#sum")).to_have_text(re.compile(f"^{count:,} selected"))
    page.get_by_role("button", name=re.compile("^Missing data")).click()
    page.locator("#more").scroll_into_view_if_needed()
    expect(page.locator("#rows tr").nth(100)).to_be_attached()
    context.close()


def test_before_scripts_thousands_of_models_are_a_thousand_rows(large: Path) -> None:
    text = (large / "risk/text_generation/index.html").read_text()
    assert text.count('<tr><th scope="row"><a ') == 1000
    assert "And 7,000 more" in text
    assert len(text) < 500_000
