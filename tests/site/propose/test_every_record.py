"""Every record is shown by the form, and says the same again; what a change is compared with is what files say."""

import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema_rs
import pytest
from browsing import Open
from html_pages import parsed
from playwright.sync_api import expect

from horde_reference.adapters.packaged import packaged_schemas
from horde_reference.formats.addresses import record_schema_path, stated_path
from horde_reference.proposals.places import Kind, places_of
from horde_reference.proposals.questions import ASKABLE
from horde_reference.records.categories import CATEGORIES

DATA = Path(__file__).parent.parent.parent.parent / "data"

# Every control says anew what it shows; whoever looks at a record and changes nothing has changed nothing.
SAY_ANEW = """(texts) => texts.map((text) => {
  const raw = document.getElementById("raw");
  const say = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));
  raw.value = text;
  say(raw);
  for (const control of document.querySelectorAll("#whole :is(input, select, textarea)")) say(control);
  return raw.value;
})"""


@pytest.mark.parametrize("category", ASKABLE)
def test_what_the_form_shows_of_a_record_is_what_the_record_says(visit: Open, category: str) -> None:
    texts = [path.read_text() for path in sorted((DATA / category).rglob("*.json"))]
    page = visit(f"/propose/{category}/")
    expect(page.locator("#field-name")).to_be_enabled()
    assert texts
    assert page.evaluate(SAY_ANEW, texts) == texts


@pytest.mark.parametrize("category", ASKABLE)
def test_every_place_of_a_record_is_asked_for_but_what_only_legacy_files_need(
    files: Mapping[str, bytes], category: str
) -> None:
    page = parsed(files[f"propose/{category}/index.html"])
    asked = [tuple(json.loads(one.get("data-place", "[]"))) for one in page.iter() if one.get("data-place")]
    places = [place.path for place in places_of(category) if place.path[0] != "legacy"]
    assert places
    assert sorted(place for place in asked if place in places) == sorted(places)
    assert not [place for place in places_of(category) if place.kind is Kind.OTHER and place.path[0] != "legacy"]


def test_every_category_that_is_managed_here_has_a_form(files: Mapping[str, bytes]) -> None:
    for category in CATEGORIES:
        assert (f"propose/{category}/index.html" in files) == (category in ASKABLE)
        assert (stated_path(category) in files) == (category in ASKABLE)


@pytest.mark.parametrize("category", ASKABLE)
def test_records_are_published_as_their_files_state_them(
    files: Mapping[str, bytes], world: Path, category: str
) -> None:
    found = json.loads(files[stated_path(category)])
    data = world.parent / "repository/data"
    stated = [json.loads(path.read_bytes()) for path in (data / category).rglob("*.json")]
    assert found == {one["name"]: {key: one[key] for key in one if key != "$schema"} for one in stated}
    validator = jsonschema_rs.Draft202012Validator(json.loads(packaged_schemas()[record_schema_path(category)]))
    for record in found.values():
        validator.validate(record)
