"""The three files on groups of text models: checked like records, mended, part of what is built, no part of history."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from repositories import Repository

from horde_reference.errors import CannotRun
from horde_reference.finding import Finding
from horde_reference.history.derive import key_of
from horde_reference.text.parts import Part
from horde_reference.workflows.build import build
from horde_reference.workflows.fix import fix
from horde_reference.workflows.gather import gather
from horde_reference.workflows.remember import history_at

Write = Callable[..., Path]
V2 = "api/model_references/v2/text_generation"


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    folder = tmp_path / "data"
    for name in ("a/Cat-8B", "a/Cat-70B", "a/Dog-8B"):
        write(folder, "text_generation", name)
    return folder


def state(data: Path, file: str, text: str) -> Path:
    path = data / "text_groups" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def found(data: Path) -> list[tuple[str, int, str, str]]:
    return [_short(one) for one in gather(data).findings]


def _short(finding: Finding) -> tuple[str, int, str, str]:
    return Path(finding.path).name, finding.line, finding.pointer, finding.rule


def test_all_three_files_are_read(data: Path) -> None:
    state(data, "aliases.json", '{"aliases": {"Cat": ["Kitten"]}}')
    state(data, "families.json", '{"families": {"Pets": ["Cat", "Dog"]}}')
    schema = '{"separator": "-", "part_order": ["base", "size"], "author_included": false, "common_author": "a"}'
    state(data, "name_schemas.json", f'{{"name_schemas": {{"Cat": {schema}}}}}')
    checked = gather(data)
    assert [one.rule for one in checked.findings] == ["format"] * 3  # as they name no $schema
    assert checked.grouping.resolve("Kitten") == "Cat"
    assert checked.grouping.family_of("Dog") == "Pets"
    convention = checked.grouping.name_schemas["Cat"]
    assert (convention.schema.separator, convention.schema.order) == ("-", (Part.BASE, Part.SIZE))
    assert (convention.author_included, convention.common_author) == (False, "a")
    assert list(checked.groups) == ["Cat", "Dog"]


def test_every_fault_of_a_file_is_found_at_once(data: Path) -> None:
    text = """{
  "aliases": {
    "Cat": ["Kitten", 5, "", null],
    "Dog": "Hound",
    "": ["x"]
  },
  "alias": {},
  "$schema": 5
}"""
    state(data, "aliases.json", text)
    assert found(data) == [
        ("aliases.json", 3, "/aliases/Cat/1", "wrong-type"),
        ("aliases.json", 3, "/aliases/Cat/2", "out-of-bounds"),
        ("aliases.json", 3, "/aliases/Cat/3", "null-value"),
        ("aliases.json", 4, "/aliases/Dog", "wrong-type"),
        ("aliases.json", 5, "/aliases/", "out-of-bounds"),
        ("aliases.json", 7, "/alias", "unknown-key"),
        ("aliases.json", 8, "/$schema", "wrong-type"),
    ]


def test_every_fault_of_a_naming_schema_is_found_at_once(data: Path) -> None:
    text = """{
  "name_schemas": {
    "Cat": {
      "separator": "+",
      "part_order": ["base", "sise", "size"],
      "author_included": "no",
      "common_author": "",
      "template": "x"
    },
    "Dog": {},
    "Cow": []
  }
}"""
    state(data, "name_schemas.json", text)
    at = "/name_schemas/Cat"
    assert found(data) == [
        ("name_schemas.json", 4, f"{at}/separator", "unknown-value"),
        ("name_schemas.json", 5, f"{at}/part_order/1", "unknown-value"),
        ("name_schemas.json", 6, f"{at}/author_included", "wrong-type"),
        ("name_schemas.json", 7, f"{at}/common_author", "out-of-bounds"),
        ("name_schemas.json", 8, f"{at}/template", "unknown-key"),
        ("name_schemas.json", 10, "/name_schemas/Dog", "missing-key"),
        ("name_schemas.json", 10, "/name_schemas/Dog", "missing-key"),
        ("name_schemas.json", 11, "/name_schemas/Cow", "wrong-type"),
    ]
    hints = [one.hint for one in gather(data).findings if one.rule == "unknown-value"]
    assert hints == ["Use one of: '-', '_', ' ', '.'.", "Did you mean size?"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", ["json-syntax"]),
        ("[]", ["wrong-type", "missing-key"]),
        ("{}", ["missing-key"]),
        ('{"families": {"A": ["Cat"], "A": ["Dog"]}}', ["json-duplicate-key"]),
        ('{"families": null}', ["null-value"]),
        ('{"families": []}', ["wrong-type"]),
        ('{"families": {"A": ["Cat"]}, "families": {}}', ["json-duplicate-key"]),
        ("\ufeff{}", ["json-syntax"]),
    ],
)
def test_what_is_no_such_file_is_said(data: Path, text: str, rules: list[str]) -> None:
    state(data, "families.json", text)
    assert sorted({rule for _, _, _, rule in found(data)}) == sorted(
        {*rules} - ({"missing-key"} if text == "[]" else set())
    )


@pytest.mark.parametrize("file", ["alias.json", "aliases/more.json", "notes.txt"])
def test_other_files_there_are_refused(data: Path, file: str) -> None:
    (data / "text_groups/aliases").mkdir(parents=True)
    state(data, file, "{}")
    assert [rule for _, _, _, rule in found(data)] == ["unknown-file"]


def test_a_record_that_cannot_be_read_makes_no_group_missing(data: Path) -> None:
    state(data, "families.json", '{"families": {"Pets": ["Cat", "Dog"], "None": []}}')
    (data / "text_generation/a/Dog-8B.json").write_text("{")
    assert {rule for _, _, _, rule in found(data)} == {"json-syntax", "format", "group-entry-empty"}
    (data / "text_generation/a/Dog-8B.json").unlink()
    assert {rule for _, _, _, rule in found(data)} == {"group-exists", "format", "group-entry-empty"}


def test_files_on_groups_alone_are_no_records(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    state(tmp_path / "data", "aliases.json", '{"aliases": {}}')
    with pytest.raises(CannotRun, match="holds no records"):
        gather(tmp_path / "data")


def test_fix_puts_the_files_in_order_and_then_rests(data: Path) -> None:
    path = state(data, "families.json", '{"families": {"Pets": ["Dog", "Cat"], "Cats": []}, "more": {"b": 1, "a": 2}}')
    order = '{"name_schemas": {"Cat": {"part_order": ["size", "base"], "separator": "-"}}}'
    schemas = state(data, "name_schemas.json", order)
    assert fix(data).paths == ["text_groups/families.json", "text_groups/name_schemas.json"]
    assert fix(data).paths == []
    assert path.read_text() == (
        '{\n  "$schema": "https://models.aihorde.net/schemas/text_groups/families.json",\n  "families": {\n'
        '    "Cats": [],\n    "Pets": [\n      "Cat",\n      "Dog"\n    ]\n  },\n'
        '  "more": {\n    "b": 1,\n    "a": 2\n  }\n}\n'
    )
    said = json.loads(schemas.read_text())["name_schemas"]["Cat"]
    assert list(said.items()) == [("separator", "-"), ("part_order", ["size", "base"])]


def test_a_change_in_them_makes_a_new_build(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    assert not build(data, out).unchanged
    assert build(data, out).unchanged
    state(data, "aliases.json", '{"aliases": {"Cat": ["Kitten"]}}')
    assert not build(data, out).unchanged
    assert json.loads((out / V2 / "group/Kitten.json").read_bytes())["group_name"] == "Cat"
    (data / "text_groups/aliases.json").unlink()
    build(data, out)
    assert not (out / V2 / "group/Kitten.json").exists()


def test_they_are_no_part_of_the_history_of_records(tmp_path: Path, run: Callable[..., Result]) -> None:
    repository = Repository(tmp_path / "repository")
    repository.write("text_generation", "a/Cat-8B")
    repository.commit("A model")
    before = history_at(repository.data, "HEAD")
    state(repository.data, "families.json", '{"families": {"Pets": ["Cat"]}}')
    run("fix", "--data", repository.data)
    repository.commit("A family")
    after = history_at(repository.data, "HEAD")
    assert after.events == before.events
    assert after.number == before.number + 1
    assert key_of("text_groups/families.json") is None
    built = build(repository.data, tmp_path / "public")
    assert built.findings == []  # the records are those of the commit
    assert json.loads((tmp_path / "public/changes/index.json").read_bytes())["number"] == 1
    assert run("audit", "verify", "--data", repository.data).exit_code == 0
    assert run("diff", "HEAD~1", "HEAD", "--data", repository.data).exit_code == 0
