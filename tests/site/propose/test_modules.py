"""What the form's scripts compute is what the generator computes: texts, paths, verdicts, differences."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest
from hard_names import ODD
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts import Scripts
from site_world import TRAPS
from strategies import NAMES, documents
from submitted_forms import elements, submitted

from horde_reference.adapters.packaged import packaged_schemas
from horde_reference.changes.diff import differences
from horde_reference.emit.site.proposing.told import told
from horde_reference.finding import pointer
from horde_reference.formats.addresses import record_schema_path
from horde_reference.formats.canonical import format_document
from horde_reference.formats.json_reading import NotJson, loads
from horde_reference.formats.paths import path_of
from horde_reference.proposals.form_answers import read_form
from horde_reference.proposals.questions import ASKABLE
from horde_reference.proposals.wanted import wanted_of
from horde_reference.rules.identity import folded_path

DATA: Final = Path(__file__).parent.parent.parent.parent / "data"
OURS: Final = [(name, path.read_text()) for name in ASKABLE for path in sorted((DATA / name).rglob("*.json"))]
SCHEMAS: Final = {name: json.loads(packaged_schemas()[record_schema_path(name)]) for name in ASKABLE}
TODAY: Final = "2026-11-25"
MANY = settings(max_examples=150, deadline=None)
ANY_CATEGORY = st.sampled_from(ASKABLE)
STATED = ANY_CATEGORY.flatmap(lambda name: st.tuples(st.just(name), documents(name)))

Stated = tuple[str, dict[str, Any]]

# A text's record written anew; nothing else of a record is touched on the way.
WRITE = """
  return asked.texts.map(([category, text]) => {
    const record = known.parsed(text);
    record.delete("$schema");
    return known.fileText(record, asked.told[category].order, asked.told[category].schema);
  });"""
JUDGE = """
  return known.faultsOf(known.parsed(asked.text), asked.schema).map(({ pointer, keyword }) => [pointer, keyword]);"""


def written(node: Scripts, texts: list[tuple[str, str]]) -> list[str]:
    facts = {name: json.loads(told(name)) for name in ASKABLE}
    found: list[str] = node.run("propose/json propose/canonical", WRITE, {"texts": texts, "told": facts})
    return found


def judged(node: Scripts, category: str, text: str) -> set[tuple[str, str]]:
    asked = {"text": text, "schema": SCHEMAS[category]}
    return {(where, keyword) for where, keyword in node.run("propose/json propose/validation", JUDGE, asked)}


@cache
def validator(category: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(SCHEMAS[category])


def verdict(category: str, document: Any) -> set[tuple[str, str]]:
    """Where a document breaks its schema, and by which keyword, as a full validator sees it."""
    errors = validator(category).iter_errors(document)
    return {(pointer(*one.instance_path), str(one.schema_path[-1])) for one in errors}


def test_every_record_of_ours_is_written_to_the_byte(node: Scripts) -> None:
    assert len(OURS) > 150
    assert written(node, OURS) == [text for _, text in OURS]


def test_every_real_record_is_written_to_the_byte(node: Scripts, adopted: Path) -> None:
    texts = [(name, path.read_text()) for name in ASKABLE for path in sorted((adopted / name).rglob("*.json"))]
    assert len(texts) > 900
    assert written(node, texts) == [text for _, text in texts]


@MANY
@given(stated=STATED)
def test_any_record_is_written_as_the_generator_writes_it(node: Scripts, stated: Stated) -> None:
    category, document = stated
    assert written(node, [(category, json.dumps(document))]) == [format_document(category, document).decode()]


NUMBERS = (
    "0", "-0", "-0.0", "0.0", "1.0", "1e5", "1E+05", "0.1", "1e16", "1e15", "123456789012345680.0", "1e-4", "1e-5",
    "0.00012", "1.5e-7", "5e-324", "1.7976931348623157e308", "-2.5e-10", "9007199254740993", "-18446744073709551616",
    "1e21", "1e22", "0.30000000000000004", "100.0", "12.0", "-1e100",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_keeps_its_kind_and_all_its_digits(node: Scripts, number: str) -> None:
    text = f'{{"name": "a", "legacy": {{"fields": {{"n": {number}}}}}}}'
    assert written(node, [("clip", text)]) == [format_document("clip", loads(text.encode())).decode()]


def test_keys_that_mean_something_to_scripts_are_keys_and_keep_their_order(node: Scripts) -> None:
    fields = {"2": 1, "1": 2, "__proto__": 3, "constructor": {"a": 1}, "toString": None, "": []}
    document = {"name": "a", "legacy": {"fields": fields}}
    assert written(node, [("clip", json.dumps(document))]) == [format_document("clip", document).decode()]


NO_JSON = (
    "", " ", "{", "{}x", "[1,]", '{"a": 1,}', "{a: 1}", "'a'", "01", "1.", ".5", "+1", "1e", "NaN", "Infinity", "1e400",
    '"\t"', '"\\x"', '"\\ud800"', '"a', "tru", "{'a': 1}", "[" * 200 + "]" * 200, "\ufeff{}", '{"a" 1}', "[1 2]", "//",
)  # fmt: skip


def test_what_the_generator_does_not_read_is_not_read(node: Scripts) -> None:
    body = """return asked.map((text) => {
      try { known.parsed(text); return null; }
      catch (error) { if (error instanceof known.NotJson) return error.message; throw error; } });"""
    faults = node.run("propose/json", body, NO_JSON)
    for text, fault in zip(NO_JSON, faults, strict=True):
        with pytest.raises(NotJson):
            loads(text.encode())
        assert fault, text
        assert "(line 1)" in fault


def test_a_key_that_stands_twice_and_the_line_of_a_fault_are_told(node: Scripts) -> None:
    body = "try { known.parsed(asked); } catch (error) { return error.message; }"
    assert node.run("propose/json", body, '{\n"a": 1,\n"a": 2}') == 'The key "a" stands twice in one object (line 3).'


def test_the_file_of_any_name_lies_where_the_generator_has_it(node: Scripts) -> None:
    names = [*ODD, *TRAPS, "../x", "..", "/", "//", "a//b", " a", "a.json/b", "A.JSON/b", "x\ny", "\x7f", ".a/ b /c."]
    body = "return asked.map((name) => [known.pathOf('clip', name), known.foldedPath('clip', name)]);"
    found = node.run("propose/paths", body, names)
    assert found == [[path_of("clip", name), folded_path("clip", name)] for name in names]


@MANY
@given(name=NAMES)
def test_the_file_of_any_text_lies_where_the_generator_has_it(node: Scripts, name: str) -> None:
    assert node.run("propose/paths", "return known.pathOf('clip', asked);", name) == path_of("clip", name)


def schemas_in(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema, and every one inside it."""
    if isinstance(schema, dict):
        yield schema
        for key in ("items", "additionalProperties"):
            yield from schemas_in(schema.get(key))
        for inner in (
            *schema.get("properties", {}).values(),
            *schema.get("$defs", {}).values(),
            *schema.get("anyOf", ()),
        ):
            yield from schemas_in(inner)


@pytest.mark.parametrize("category", ASKABLE)
def test_the_schema_says_nothing_that_the_form_does_not_know(node: Scripts, category: str) -> None:
    known = node.run("propose/validation", "return known.KNOWN;")
    for schema in schemas_in(SCHEMAS[category]):
        assert schema.keys() <= set(known), schema.keys() - set(known)
        assert isinstance(schema.get("type", ""), str)
        assert all(isinstance(value, str) for value in schema.get("enum", ()))
        assert schema.get("$ref", "#/$defs/").startswith("#/$defs/")


def test_a_keyword_that_is_not_known_is_refused(node: Scripts) -> None:
    body = "try { known.faultsOf('a', {format: 'uri'}); } catch (error) { return error.message; }"
    assert node.run("propose/validation", body) == "the keyword format is not known"


def test_every_record_of_ours_is_valid(node: Scripts) -> None:
    assert [name for name, text in OURS if judged(node, name, text)] == []


JUNK: Final[st.SearchStrategy[Any]] = st.sampled_from(
    [None, "", " ", "x", 0, -1, 1, 1.5, 2.0, -0.5, 10**18, True, [], {}, [1, "a", None, {}], {"k": 1}, "2026-11-23",
     "2026-11-23\n", "٢٠٢٦-11-23", {"name": "x"}, [[]], "infer", "😀"]
)  # fmt: skip


def places(value: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield above
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from places(inner, (*above, key))


@st.composite
def spoilt(draw: Callable[..., Any]) -> Stated:
    """A record in which something is replaced, taken out or added."""
    category, document = draw(st.one_of(STATED, st.sampled_from([(name, json.loads(text)) for name, text in OURS])))
    document = deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        if not document:
            break
        *above, key = draw(st.sampled_from([one for one in places(document) if one]))
        inside = document
        for step in above:
            inside = inside[step]
        how = draw(st.sampled_from(["replace", "replace", "drop", "add"]))
        if how == "drop":
            del inside[key]
        elif how == "replace" or not isinstance(inside, dict):
            inside[key] = deepcopy(draw(JUNK))
        else:
            inside[draw(st.sampled_from(["homepage", "size_bytes", "extra", "__proto__", "toString"]))] = deepcopy(
                draw(JUNK)
            )
    return category, document


@settings(max_examples=300, deadline=None)
@given(stated=spoilt())
def test_verdicts_are_those_of_a_full_validator(node: Scripts, stated: Stated) -> None:
    category, document = stated
    assert judged(node, category, json.dumps(document)) == verdict(category, document)


@MANY
@given(pair=ANY_CATEGORY.flatmap(lambda name: st.tuples(documents(name), documents(name))))
def test_differences_are_those_of_the_generator(node: Scripts, pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    body = """return known.differences(known.parsed(asked[0]), known.parsed(asked[1]))
      .map(({ field, before, after }) => [field, known.compact(before), known.compact(after)]);"""
    found = node.run("propose/json propose/canonical propose/changes", body, [json.dumps(one) for one in pair])
    expected = [[one.field, in_json(one.old), in_json(one.new)] for one in differences(*pair)]
    assert sorted(found) == sorted(expected)


def in_json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


ISSUE = """
  const [before, after] = asked.pair.map((text) => text && known.parsed(text));
  return known.issueOf(asked.told, before, after);"""


def issue_of(node: Scripts, category: str, before: dict[str, Any] | None, after: dict[str, Any]) -> Any:
    pair = [before and json.dumps(before), json.dumps(after)]
    return node.run("propose/json propose/answers", ISSUE, {"told": json.loads(told(category)), "pair": pair})


def meant(issue: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    """What the bot makes of an issue that is filled in so."""
    form = issue["template"].removesuffix(".yml")
    ids = {one["attributes"]["label"]: one["id"] for one in elements(form)}
    chosen = {ids[label]: word for label, word in issue["chosen"]}
    found = read_form(submitted(form, dict(issue["filled"]) | chosen))
    assert found.findings == []
    assert found.answers
    return wanted_of(found.answers, before, author="a", date=TODAY).document


def without_nothing(value: Any) -> Any:
    """A record without what is empty: to a form it is the same whether that stands there or not."""
    if isinstance(value, dict):
        return {key: found for key, one in value.items() if (found := without_nothing(one)) not in ({}, [])}
    return value


def test_the_issue_says_of_a_new_record_what_its_file_would(node: Scripts) -> None:
    said = 0
    for category, text in OURS:
        document = {
            key: value for key, value in json.loads(text).items() if key not in {"$schema", "legacy", "withdrawn"}
        }
        issue = issue_of(node, category, None, document)
        if not isinstance(issue, str):
            assert meant(issue, None) == document
            said += 1
    assert said > 150


@settings(max_examples=400, deadline=None)
@given(stated=ANY_CATEGORY.flatmap(lambda name: st.tuples(st.just(name), *[documents(name)] * 2)))
def test_a_change_is_meant_as_it_was_or_the_issue_cannot_say_it(
    node: Scripts, stated: tuple[str, dict[str, Any], dict[str, Any]]
) -> None:
    category, before, after = stated
    after = {**before, **{key: after[key] for key in list(after)[1:4]}, "name": before["name"]}
    issue = issue_of(node, category, before, after)
    if not isinstance(issue, str) and before != after:
        if issue["template"] == "remove-model.yml":  # the day of a withdrawal is that of the issue, which the page says
            after["withdrawn"] = {**after["withdrawn"], "date": TODAY}
        assert without_nothing(meant(issue, before)) == without_nothing(after)
