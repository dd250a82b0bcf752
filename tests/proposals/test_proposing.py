"""From an issue to the files that would say what it asks for."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from submitted_forms import ADD, CHANGE, proposal, removal

from horde_reference.proposals.wanted import Wanted
from horde_reference.workflows.gather import gather
from horde_reference.workflows.proposed import Proposed, asked, proposed

Write = Callable[..., Path]
GOOD = {"name": "Lamp XL", "description": "Light.", "baseline": "stable_diffusion_xl", "nsfw": False}


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    folder = tmp_path / "data"
    shared = {"file_name": "a.pt", "file_url": "https://huggingface.co/a", "sha256sum": "ab" * 32}
    write(folder, "image_generation", "Lantern XL", aliases=["Lantern"], config={"download": [shared]})
    gone = {"reason": "Broken.", "date": "2026-01-02"}
    write(folder, "image_generation", "Old XL", withdrawn=gone)
    write(folder, "text_generation", "author/Quill-8B", tags=["chat"])
    return folder


def wanted(data: Path, body: str) -> Wanted:
    found = asked(body, data, author="somebody", date="2026-11-23")
    assert found.findings == []
    assert found.wanted is not None
    return found.wanted


def of(data: Path, body: str) -> Proposed:
    return proposed([wanted(data, body)], data)


def rules(found: Proposed) -> set[str]:
    return {one.rule for one in found.findings}


def apply(found: Proposed, data: Path) -> None:
    for path, body in found.files.items():
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(body)


def stated(data: Path, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((data / path).read_bytes())
    found.pop("$schema")
    return found


def test_a_new_model_becomes_a_file_in_canonical_form(data: Path) -> None:
    found = of(data, proposal("image_generation", GOOD))
    assert list(found.files) == ["image_generation/Lamp XL.json"]
    assert [change.operation for change in found.changes] == ["create"]
    apply(found, data)
    assert stated(data, "image_generation/Lamp XL.json") == GOOD
    assert not [one for one in gather(data).findings if "Lamp" in one.path]


def test_who_asks_is_known(data: Path) -> None:
    assert wanted(data, proposal("image_generation", GOOD)).author == "somebody"


def test_a_change_is_merged_onto_the_file(data: Path) -> None:
    before = stated(data, "text_generation/author/Quill-8B.json")
    body = proposal("text_generation", {"name": "author/Quill-8B", "version": "2"}, CHANGE, tags="(remove)")
    found = of(data, body)
    assert [field.field for change in found.changes for field in change.fields()] == ["tags", "version"]
    apply(found, data)
    after = stated(data, "text_generation/author/Quill-8B.json")
    assert after == {**{key: value for key, value in before.items() if key != "tags"}, "version": "2"}


def test_a_change_that_changes_nothing_writes_nothing(data: Path) -> None:
    found = of(data, proposal("text_generation", {"name": "author/Quill-8B", "tags": ["chat"]}, CHANGE))
    assert (found.files, found.changes) == ({}, ())


def test_a_removal_withdraws_and_deletes_nothing(data: Path) -> None:
    found = of(data, removal("image_generation", "Lantern XL", "The author took it down."))
    apply(found, data)
    said = stated(data, "image_generation/Lantern XL.json")["withdrawn"]
    assert said == {"reason": "The author took it down.", "date": "2026-11-23"}


def test_safe_fixes_are_applied(data: Path) -> None:
    url = "https://huggingface.co/x"
    config = {"download": [{"file_name": "x.pt", "file_url": url, "sha256sum": "CD" * 32}]}
    model = {"name": "a/b-8B", "parameters": 8, "config": config, "style": "Chat"}
    found = of(data, proposal("text_generation", model))
    (body,) = found.files.values()
    assert json.loads(body)["config"]["download"][0]["sha256sum"] == "cd" * 32
    assert json.loads(body)["style"] == "chat"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Lantern XL", "There is a model 'Lantern XL' in image_generation already."),
        ("lantern xl", "differs only in how it is written"),
        ("lantern", "is an earlier name of 'Lantern XL'"),
        ("Old XL", "was withdrawn on 2026-01-02; its name stays its own"),
    ],
)
def test_a_name_that_is_taken_is_refused(data: Path, name: str, words: str) -> None:
    found = of(data, proposal("image_generation", {**GOOD, "name": name}))
    assert found.files == {}
    assert any(words in one.message for one in found.findings if one.rule == "proposal-target")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Lantem XL", "Did you mean Lantern XL?"), ("lantern", "Did you mean Lantern XL?"), ("qqqqqq", "Write the name")],
)
def test_what_is_not_there_is_neither_changed_nor_removed(data: Path, name: str, hint: str) -> None:
    change = of(data, proposal("image_generation", {"name": name, "version": "2"}, CHANGE))
    remove = of(data, removal("image_generation", name))
    for found in (change, remove):
        assert found.files == {}
        (told,) = [one.hint for one in found.findings if one.rule == "proposal-target"]
        assert told.startswith(hint)


def test_what_is_removed_is_not_removed_again(data: Path) -> None:
    assert "proposal-target" in rules(of(data, removal("image_generation", "Old XL")))


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "/etc/passwd", "a/../../b", "..", ".github/workflows/x", "a\\..\\b", "CON", "x.json/y",
     "%2e%2e/x", "a//b", " ", "x" * 300, "aphrodite/a/b", "https://a.b/c"],
)  # fmt: skip
def test_no_name_leaves_the_folder(data: Path, name: str) -> None:
    found = asked(proposal("text_generation", {"name": name, "parameters": 1}), data, author="a", date="2026-11-23")
    if found.wanted is None:
        return
    made = proposed([found.wanted], data)
    for path in made.files:
        assert (data / path).resolve().is_relative_to((data / "text_generation").resolve())
        assert name.startswith("%2e")
    assert made.files or [one for one in made.findings if one.severity == "error"]


def test_a_record_that_breaks_another_is_refused(data: Path) -> None:
    config = {"download": [{"file_name": "b.pt", "file_url": "https://huggingface.co/b", "sha256sum": "ab" * 32}]}
    found = of(data, proposal("image_generation", {**GOOD, "config": config}))
    assert found.files == {}
    paths = {one.path for one in found.findings if one.rule == "sha256-shared"}
    assert paths == {"image_generation/Lamp XL.json", "image_generation/Lantern XL.json"}


def test_faults_that_were_there_before_are_not_told(data: Path, write: Write) -> None:
    write(data, "image_generation", "Faulty", config={"download": [{"file_name": "f", "file_url": "http://a.b/c"}]})
    (data / "image_generation/Broken.json").write_text("{")
    found = of(data, proposal("image_generation", GOOD))
    assert found.files
    assert found.findings == []


def test_findings_name_the_line_in_the_proposed_file(data: Path) -> None:
    found = of(data, proposal("image_generation", {**GOOD, "tags": ["anime", "rolplays"], "homepage": "javascript:x"}))
    (finding,) = [one for one in found.findings if one.rule == "link-https"]
    assert (finding.path, finding.pointer) == ("image_generation/Lamp XL.json", "/homepage")
    assert finding.line > 1


def test_a_link_in_the_way_is_refused(data: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (data / "image_generation/evil").symlink_to(outside)
    found = of(data, proposal("image_generation", {**GOOD, "name": "evil/Lamp XL"}))
    assert found.files == {}
    assert "not-a-file" in rules(found)


def test_too_much_text_is_refused(data: Path) -> None:
    found = of(data, proposal("image_generation", {**GOOD, "description": "模" * 30_000}))
    assert found.files == {}
    assert "too-large" in rules(found)


def test_several_are_checked_together(data: Path) -> None:
    two = [wanted(data, proposal("image_generation", {**GOOD, "name": name})) for name in ("Lamp XL", "lamp xl")]
    assert "path-collision" in rules(proposed(two, data))
    assert "proposal-target" in rules(proposed([two[0], two[0]], data))
    three = [two[0], wanted(data, proposal("clip", {"name": "ViT", "description": "Reads."}, ADD))]
    assert sorted(proposed(three, data).files) == ["clip/ViT.json", "image_generation/Lamp XL.json"]
