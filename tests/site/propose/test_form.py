"""The form in a real browser, from what is typed to the address that goes on to GitHub and what that brings along."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from browsing import Open
from playwright.sync_api import Locator, Page, expect
from site_world import HOSTILE
from submitted_forms import elements, submitted

from horde_reference.emit.site.links import edit_url
from horde_reference.formats.addresses import REPOSITORY
from horde_reference.formats.canonical import format_document, load
from horde_reference.formats.paths import path_of
from horde_reference.proposals.form_answers import read_form
from horde_reference.proposals.wanted import wanted_of
from horde_reference.rules.check import check

IMAGES = "/propose/image_generation/"
LANTERN = f"{IMAGES}?model=Lantern+XL"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
PAIRS = {"requirements": "Requirements", "exceptions": "Exceptions to rules"}
HASH = "0123456789abcdef" * 4
DOCUMENT = {
    "name": "Candle XL",
    "description": 'Paints candles.\nAlso <b>é</b> & "quotes" \\ 漢字.',
    "version": "1.0",
    "baseline": "stable_diffusion_xl",
    "style": "realistic",
    "nsfw": False,
    "inpainting": True,
    "tags": ["night", "two words"],
    "homepage": "https://example.org/?a=b&c=d#e",
    "requirements": {"clip_skip": 2, "samplers": ["k_euler", "k_lms"], "min_cfg_scale": 1.5, "note": "a text"},
    "min_bridge_version": 11,
    "finetune_series": {"name": "Pony", "version": "6"},
    "config": {
        "download": [
            {"file_name": "candle.safetensors", "file_url": "https://huggingface.co/me/candle/resolve/main/c.safetensors",
             "sha256sum": HASH, "size_bytes": 6_938_040_682},
            {"file_name": "odd name.bin", "file_url": "https://huggingface.co/me/b", "sha256sum": "f" * 64,
             "file_purpose": "vae", "known_slow_download": True},
        ]
    },
    "exceptions": {"sha256-shared": "Both are one file: truly."},
}  # fmt: skip


def ready(page: Page) -> Page:
    expect(page.locator("#field-name")).to_be_enabled()
    return page


def known(page: Page) -> Page:
    """Wait until the page knows the records that there are."""
    with page.expect_response("**/records/*.json"):
        page.locator("#field-name").focus()
    return page


def row(page: Page, label: str) -> Locator:
    """A new row of a list."""
    rows = page.get_by_role("group", name=label, exact=True)
    rows.locator(".add").click()
    return rows.locator("li").last


def fill(page: Page, document: dict[str, Any]) -> None:
    """Fill in the form, field by field, as a person does."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for key, value in document.items():
        if key == "config":
            fill_files(page, value["download"])
        elif key in PAIRS:
            fill_pairs(page, PAIRS[key], value)
        elif isinstance(value, dict):
            fill_parts(page, key, value)
        elif isinstance(value, list):
            fill_rows(page, key.capitalize(), value)
        else:
            answer(page.locator(f"#field-{key}"), value)


def fill_files(page: Page, files: list[dict[str, Any]]) -> None:
    for file in files:
        inside = row(page, "Files to download")
        inside.locator("summary").click()
        for part, said in file.items():
            answer(inside.locator(f"[data-place='[\"{part}\"]'] :is(input, select)"), said)


def fill_pairs(page: Page, label: str, pairs: dict[str, Any]) -> None:
    for name, said in pairs.items():
        inputs = row(page, label).locator("input")
        inputs.nth(0).fill(name)
        inputs.nth(1).fill(", ".join(said) if isinstance(said, list) else str(said))


def fill_parts(page: Page, key: str, parts: dict[str, str]) -> None:
    for name, said in parts.items():
        page.locator(f"#field-{key}-{name}").fill(said)


def fill_rows(page: Page, label: str, texts: list[str]) -> None:
    for one in texts:
        row(page, label).locator("input").fill(one)


def answer(control: Locator, value: Any) -> None:
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    if control.evaluate("(one) => one.tagName") == "SELECT":
        control.select_option(text)
    else:
        control.fill(text)


def asked(page: Page, link: str = "#go") -> dict[str, str]:
    """What a link brings along."""
    return {key: value for key, (value,) in parse_qs(urlsplit(href(page, link)).query, keep_blank_values=True).items()}


def href(page: Page, link: str = "#go") -> str:
    return str(page.locator(link).get_attribute("href"))


def from_issue(page: Page, category: str, present: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
    """What the bot makes of the issue: filled in by the link, and the choices made as the page says."""
    filled = asked(page, "#issue")
    form = filled.pop("template").removesuffix(".yml")
    assert filled.pop("title").startswith("[")
    ids = {one["attributes"]["label"]: one["id"] for one in elements(form)}
    choices = page.locator("#choices li").all_inner_texts()
    chosen = dict(
        next((ids[label], text.removeprefix(label).strip()) for label in ids if text.startswith(f"{label} "))
        for text in choices
    )
    kinds = {one["id"]: one["type"] for one in elements(form)}
    assert all(kinds[key] in {"input", "textarea"} for key in filled), "GitHub fills in no choice"
    found = read_form(submitted(form, filled | chosen))
    assert found.findings == []
    assert found.answers
    assert found.answers.category == category
    return found.answers.operation, wanted_of(found.answers, present, author="a", date="2026-11-25").document


def stated(world: Path, category: str, name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((world.parent / "repository/data" / path_of(category, name)).read_bytes())
    return {key: value for key, value in document.items() if key != "$schema"}


def test_a_new_model_goes_on_as_the_file_that_it_will_be_and_as_the_same_issue(visit: Open, world: Path) -> None:
    page = ready(visit(IMAGES))
    fill(page, DOCUMENT)
    expect(page.get_by_role("status").last).to_have_text(re.compile("^Yes"))
    found = asked(page)
    assert href(page).startswith(f"{REPOSITORY}/new/main?")
    assert found["filename"] == f"data/{path_of('image_generation', 'Candle XL')}"
    assert found["value"].encode() == format_document("image_generation", DOCUMENT)
    data = world.parent / "repository/data"
    others = [(path.relative_to(data).as_posix(), path.read_bytes()) for path in data.rglob("*.json")]
    path = found["filename"].removeprefix("data/")
    loaded = load([*others, (path, found["value"].encode())])
    assert [one for one in loaded.findings if one.path == path] == []
    wrong = {one.rule for one in check(loaded.corpus) if one.path == path and one.severity == "error"}
    assert wrong <= {"unneeded-exception"}, "the exception was for the test of it"
    assert from_issue(page, "image_generation") == ("add", DOCUMENT)


def test_from_the_page_of_a_model_to_a_change_of_it(visit: Open, world: Path) -> None:
    page = visit("/models/image_generation/Lantern%20XL/", **CLIPBOARD)
    page.get_by_role("link", name="Suggest a change").click()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Change Lantern XL")
    expect(page.get_by_text("Nothing is changed yet.")).to_be_visible()
    before = stated(world, "image_generation", "Lantern XL")
    page.locator("#field-description").fill("Paints lanterns by day.")
    page.locator("#field-version").fill("")
    row(page, "Tags").locator("input").fill("<i>day</i>")
    page.get_by_role("button", name="Remove File 2").click()
    after = {key: value for key, value in before.items() if key != "version"}
    after |= {"description": "Paints lanterns by day.", "tags": ["night", "light", "<i>day</i>"]}
    after["config"] = {"download": before["config"]["download"][:1]}
    edits = page.locator("#edits li").all_inner_texts()
    assert [one.split()[0] for one in edits] == ["config.download", "description", "tags", "version"]
    assert page.locator("#edits li").nth(1).locator("del").inner_text() == "Paints lanterns at night."
    assert page.locator("#edits li").nth(2).locator("ins").inner_text() == "<i>day</i>"
    assert from_issue(page, "image_generation", before) == ("update", after)
    assert unquote(urlsplit(href(page)).path) == unquote(urlsplit(edit_url("image_generation", "Lantern XL")).path)
    with page.expect_popup() as opened:
        page.locator("#go").click()
    assert opened.value.url == href(page)
    assert page.evaluate("navigator.clipboard.readText()").encode() == format_document("image_generation", after)


def test_a_change_of_what_the_issue_form_does_not_ask_for_says_so(visit: Open) -> None:
    page = ready(visit(LANTERN))
    page.locator("#field-style").select_option("")
    expect(page.locator("#issue")).to_have_count(0)
    expect(page.get_by_text("The issue form cannot say this of “Style”.")).to_be_visible()


def test_a_model_is_taken_out_with_the_form_for_that(visit: Open, world: Path) -> None:
    page = ready(visit(LANTERN))
    page.locator("summary", has_text="Take it out of the list").click()
    page.locator("#field-withdrawn-reason").fill("Its author took it down.")
    page.locator("#field-withdrawn-date").fill("tomorrow")
    page.locator("#field-withdrawn-replaced_by").fill("After")
    expect(page.get_by_text("Write it like this: 2026-11-23").first).to_be_visible()
    page.locator("#field-withdrawn-date").fill("2026-11-25")
    before = stated(world, "image_generation", "Lantern XL")
    after = {
        **before,
        "withdrawn": {"reason": "Its author took it down.", "date": "2026-11-25", "replaced_by": "After"},
    }
    assert from_issue(page, "image_generation", before) == ("remove", after)


def test_a_model_that_is_withdrawn_can_be_changed(visit: Open) -> None:
    page = visit("/models/image_generation/Gone/")
    page.get_by_role("link", name="Suggest a change").click()
    expect(ready(page).locator("#field-withdrawn-reason")).to_have_value("It never worked.")


def test_what_is_wrong_is_said_beside_it_once_one_was_there(visit: Open) -> None:
    page = ready(visit("/propose/text_generation/"))
    expect(page.locator("#count")).to_have_text("2 still needed")
    expect(page.locator(".fault:visible")).to_have_count(0)
    parameters = page.locator("#field-parameters")
    parameters.fill("eight")
    expect(page.locator(".fault:visible")).to_have_count(0)
    parameters.blur()
    fault = page.locator("#field-parameters-fault")
    expect(fault).to_have_text("Write a whole number, in digits.")
    expect(parameters).to_have_attribute("aria-invalid", "true")
    assert "field-parameters-fault" in str(parameters.get_attribute("aria-describedby")).split()
    parameters.fill("0")
    expect(fault).to_have_text("This must be more than 0.")
    parameters.fill("8 000 000 000")
    expect(fault).to_be_hidden()
    expect(parameters).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#count")).to_have_text("1 still needed")


def test_who_goes_on_too_early_is_led_to_what_is_missing(visit: Open) -> None:
    page = ready(visit(IMAGES))
    page.get_by_role("link", name="Go on at GitHub").click()
    expect(page.get_by_role("heading", name="Is it right?")).to_be_focused()
    expect(page.locator(".fault:visible")).to_have_count(3)
    row(page, "Files to download").get_by_label("Size in bytes").fill("0")
    page.locator("#faults").get_by_role("link", name="Files to download 1, Size in bytes").click()
    expect(page.get_by_label("Size in bytes")).to_be_focused()
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = false))")
    page.locator("#faults").get_by_role("link", name="Files to download 1, Address").click()
    expect(page.get_by_label("Address")).to_be_focused()


def test_what_rules_would_say_is_said_and_stops_nobody(visit: Open) -> None:
    page = ready(visit("/propose/clip/"))
    page.locator("#field-name").fill("Reader")
    file = row(page, "Files to download")
    for label, text in {"File name": "a.bin", "Address": "http://example.org/a b", "SHA-256": "abc"}.items():
        file.get_by_label(label).fill(text)
    expect(page.locator("#count")).to_have_text("3 to look at")
    expect(page.locator("#faults")).to_contain_text("A SHA-256 has 64 hexadecimal digits.")
    expect(page.locator("#faults")).to_contain_text("Files come over https.")
    assert asked(page)["filename"] == "data/clip/Reader.json"
    file.get_by_label("SHA-256").fill("")
    expect(page.locator("#faults")).to_contain_text("Every file has its SHA-256.")
    expect(page.locator("#ways")).to_contain_text("Hash and size that you left out are then asked of the host")


TAKEN = {
    "Lantern XL": "There is a model Lantern XL already.",
    "LANTERN xl": "There is a model Lantern XL already.",
    "Old Lantern": "That is an earlier name of Lantern XL.",
    "Gone": "Gone was withdrawn, and its name stays its own.",
}


def test_a_name_that_is_taken_leads_to_who_has_it(visit: Open) -> None:
    page = known(ready(visit(IMAGES)))
    for name, message in TAKEN.items():
        page.locator("#field-name").fill(name)
        expect(page.locator("#faults")).to_contain_text(message)
        assert href(page) == "#state"
    page.get_by_role("link", name="Change it instead").click()
    expect(ready(page).get_by_role("heading", level=1)).to_have_text("Change Gone")


def test_what_is_called_nearly_the_same_and_what_shares_a_file_is_shown(visit: Open) -> None:
    page = known(ready(visit(IMAGES)))
    page.locator("#field-name").fill("Lantern XK")
    expect(page.locator("#notices")).to_have_text("These are called nearly the same:Lantern XL")
    row(page, "Files to download").get_by_label("SHA-256").fill("CD" * 32)
    expect(page.locator("#notices")).to_contain_text("These have the same file:Lantern XL")
    expect(page.locator("#field-baseline")).not_to_have_attribute("list", re.compile("."))


NAMES = (
    "<script>alert(1)</script>", "a/b/c", 'say "so"', "100%", "模型/漢字", "javascript:alert(1)", "__proto__",
    "constructor", "&amp;#1?x=y",
)  # fmt: skip
REFUSED = ("../../x", "..", "x.json/y", " a ", "\u202eevil", "CON")


def test_any_name_is_text_and_has_the_file_that_the_generator_gives_it(visit: Open) -> None:
    page = known(ready(visit("/propose/clip/")))
    for name in NAMES:
        page.locator("#field-name").fill(name)
        assert page.locator("#path").text_content() == f"data/{path_of('clip', name)}"
        assert asked(page)["filename"] == f"data/{path_of('clip', name)}"
        assert json.loads(asked(page)["value"])["name"] == name
    for name in REFUSED:
        page.locator("#field-name").fill(name)
        assert page.locator("#path").text_content() == f"data/{path_of('clip', name)}"
        expect(page.locator("#count")).to_have_text("1 to correct")
        assert href(page) == "#state"
    assert page.locator("script").count() == 3


def test_a_model_that_is_not_there_is_a_new_one(visit: Open, address: str) -> None:
    page = visit("/propose/clip/")
    for query in ("?model=<script>alert(1)</script>", "?model=..%2F..%2Fx", "?model=%00%ff", "?model="):
        page.goto(f"{address}/propose/clip/{query}")
        expect(ready(page).get_by_text("so this proposes a new one")).to_be_visible()
        assert page.locator("script").count() == 3


def test_a_hostile_record_is_text_in_every_field(visit: Open) -> None:
    page = ready(visit(f"{IMAGES}?model=Hostile"))
    expect(page.locator("#field-description")).to_have_value(HOSTILE)
    page.locator("#field-description").fill("Harmless.")
    assert page.locator("#edits del").inner_text() == HOSTILE
    assert "<script>" in asked(page, "#issue").get("trigger", "<script>")


def test_an_old_name_in_the_address_opens_the_record(visit: Open) -> None:
    page = ready(visit(f"{IMAGES}?model=Old+Lantern"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Change Lantern XL")
    expect(page.locator("#field-name")).not_to_be_editable()


def test_what_is_too_long_for_an_address_is_copied(visit: Open) -> None:
    page = ready(visit("/propose/clip/", **CLIPBOARD))
    page.locator("#field-name").fill("Long")
    page.locator("#field-description").fill("word " * 2000 + "end")
    assert asked(page) == {"filename": "data/clip/Long.json"}
    expect(page.get_by_text("too long for the issue form")).to_be_visible()
    page.get_by_role("button", name="Copy the file").click()
    expect(page.get_by_role("button", name="Copy the file")).to_have_text("Copied")
    assert json.loads(page.evaluate("navigator.clipboard.readText()"))["name"] == "Long"
    with page.expect_download() as loaded:
        page.get_by_role("button", name="Download the file").click()
    assert loaded.value.suggested_filename == "Long.json"
    assert json.loads(Path(loaded.value.path()).read_bytes())["description"].endswith(" end")


def test_what_is_not_right_yet_is_no_file_to_take_along(visit: Open) -> None:
    page = ready(visit("/propose/clip/", **CLIPBOARD))
    files = [page.get_by_role("button", name=name) for name in ("Copy the file", "Download the file")]
    for button in files:
        expect(button).to_be_disabled()
    page.locator("#field-name").fill("Right")
    for button in files:
        expect(button).to_be_enabled()
    page.get_by_text("All of it, as JSON").click()
    page.get_by_role("textbox", name="The record as JSON").fill("{")
    for button in files:
        expect(button).to_be_disabled()
    page.goto(page.url + "?model=ViT-L/14")
    for button in files:
        expect(button).to_be_disabled()


def test_form_and_json_say_the_same(visit: Open) -> None:
    page = ready(visit(LANTERN))
    page.get_by_text("All of it, as JSON").click()
    raw = page.get_by_role("textbox", name="The record as JSON")
    document = json.loads(raw.input_value())
    document |= {"legacy": {"position": 1.0}, "tags": ["one"], "requirements": {"samplers": ["k_lms"], "x": "2"}}
    raw.fill(json.dumps(document))
    expect(page.get_by_role("textbox", name="Tags 1")).to_have_value("one")
    expect(page.get_by_role("textbox", name="Requirements 2, value")).to_have_value('"2"')
    page.locator("#field-description").fill("Said in the form.")
    assert json.loads(raw.input_value()) == {**document, "description": "Said in the form."}
    assert '"position": 1.0' in raw.input_value()
    expect(page.get_by_text("The issue form does not ask for legacy")).to_be_visible()


def test_json_that_cannot_be_read_stops_the_form_and_can_be_taken_back(visit: Open) -> None:
    page = ready(visit(LANTERN))
    page.get_by_text("All of it, as JSON").click()
    raw = page.get_by_role("textbox", name="The record as JSON")
    whole = raw.input_value()
    for text, message in {"{\n oops": "line 2", "[]": "stands in { }", '{"a": 1, "a": 2}': "stands twice"}.items():
        raw.fill(text)
        expect(page.locator("#raw-fault")).to_contain_text(message)
        expect(page.locator("#field-name")).to_be_disabled()
        assert href(page) == "#state"
    page.get_by_role("button", name="Take back what is not JSON").click()
    expect(page.locator("#field-name")).to_be_enabled()
    assert raw.input_value() == whole


def test_what_the_form_cannot_ask_for_is_checked_as_well(visit: Open) -> None:
    page = ready(visit(LANTERN))
    page.get_by_text("All of it, as JSON").click()
    raw = page.get_by_role("textbox", name="The record as JSON")
    document = json.loads(raw.input_value())
    raw.fill(json.dumps({**document, "name": "Another", "colour": "red", "legacy": {"position": "x"}, "nsfw": "no"}))
    for message in (
        "A name is for ever", '/colour: There is no key "colour" here.', "/legacy/position: Write a number",
        "Not safe for work: This must be true or false.",
    ):  # fmt: skip
        expect(page.locator("#faults")).to_contain_text(message)


def test_without_javascript_it_can_be_read_and_leads_to_the_issue_form(visit: Open) -> None:
    page = visit(IMAGES, java_script_enabled=False)
    expect(page.get_by_text("Image model that this one was trained from.")).to_be_visible()
    expect(page.locator("#field-name")).to_be_disabled()
    expect(page.get_by_role("complementary")).to_be_hidden()
    link = page.get_by_role("link", name="the same questions on GitHub")
    assert link.get_attribute("href") == f"{REPOSITORY}/issues/new?template=propose-image_generation.yml"
    page.get_by_role("link", name="Propose", exact=True).first.click()
    assert page.locator(".shelves li").count() == 13


def test_without_a_mouse(visit: Open) -> None:
    page = ready(visit("/propose/controlnet/"))
    page.locator("#field-name").focus()
    page.keyboard.type("Edges")
    page.keyboard.press("Tab")
    page.keyboard.type("Follows edges.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#field-controlnet_style")).to_be_focused()
    page.keyboard.type("Canny")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add a file to Files to download")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("File name")).to_be_focused()
    page.keyboard.type("edges.bin")
    page.keyboard.press("Tab")
    page.keyboard.type("https://huggingface.co/e")
    page.keyboard.press("Shift+Tab")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Remove File 1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add a file to Files to download")).to_be_focused()
    expected = {"name": "Edges", "description": "Follows edges.", "controlnet_style": "control_canny"}
    assert asked(page)["value"].encode() == format_document("controlnet", expected)


def test_nothing_is_wider_than_a_phone(visit: Open, address: str) -> None:
    page = visit("/propose/", **PHONE)
    for path in ("/propose/", IMAGES, LANTERN):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        page.evaluate("document.querySelectorAll('.add').forEach((one) => one.click())")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
