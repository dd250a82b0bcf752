"""Laws that hold for every record and every corpus."""

import json
from itertools import starmap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import CHARACTERS, NAMES, TEXT, corpora, documents, records, records_of, without_private

from horde_reference.changes.diff import apply, diff
from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit import api
from horde_reference.finding import Finding
from horde_reference.formats import canonical, legacy_image, legacy_text
from horde_reference.formats.addresses import category_path
from horde_reference.formats.json_reading import Layout, layout, loads
from horde_reference.formats.json_writing import legacy_object, member, pretty
from horde_reference.formats.legacy_entry import Unrepresentable
from horde_reference.formats.legacy_order import positions
from horde_reference.formats.legacy_table import read_table
from horde_reference.formats.paths import name_of, path_of
from horde_reference.formats.v2 import encoding as v2
from horde_reference.formats.v2.decoding import Problem, decode_category
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.check import check
from horde_reference.rules.fixes import fix_document
from horde_reference.rules.screens import SCREENS
from horde_reference.rules.table import RECORD_RULES
from horde_reference.workflows.gather import gather

DATA = Path(__file__).parent.parent.parent / "data"
IMAGE_CATEGORIES = [name for name, category in CATEGORIES.items() if category.repository == "image"]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(CHARACTERS, max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(NAMES | st.text(CHARACTERS))
def test_a_path_says_the_name_that_it_was_made_from(name: str) -> None:
    assert name_of(path_of("clip", name)) == ("clip", name)


@given(NAMES, NAMES)
def test_two_names_never_share_a_path_nor_does_one_lie_inside_the_other(one: str, other: str) -> None:
    assume(one != other)
    first, second = path_of("clip", one), path_of("clip", other)
    assert first != second
    assert not second.startswith(first + "/")


@given(NAMES | st.text(CHARACTERS))
def test_a_path_is_safe_on_every_system(name: str) -> None:
    parts = path_of("clip", name).split("/")
    assert not {"", ".", ".."}.intersection(parts)
    assert not any(part[0] in " ." or part[-1] in " ." for part in parts if part != ".json")
    assert not any(character in '<>:"\\|?*#' or character < " " for part in parts for character in part)


@given(records())
def test_a_record_survives_its_file(record: Record) -> None:
    path, body = canonical.encode(record)
    assert canonical.decode(record.category, body) == record
    assert path == path_of(record.category, record.name)


@given(records())
def test_the_formatter_rests_on_what_it_wrote(record: Record) -> None:
    _, body = canonical.encode(record)
    assert canonical.format_document(record.category, loads(body)) == body
    assert not canonical.load([canonical.encode(record)]).findings


@given(st.dictionaries(st.text(CHARACTERS, max_size=8), JSON, max_size=5))
def test_the_formatter_changes_no_value(document: dict[str, Any]) -> None:
    assume("$schema" not in document)
    written = loads(canonical.format_document("image_generation", document))
    assert {key: value for key, value in written.items() if key != "$schema"} == document


@given(records())
def test_a_record_survives_v2(record: Record) -> None:
    file = v2.category_file([v2.member_text([(record.name, v2.encode(record))])])
    problems: list[Problem] = []
    assert decode_category(record.category, bytes(file), problems) == {record.name: without_private(record)}
    assert not problems


@given(records())
def test_v2_has_no_nulls(record: Record) -> None:
    assert b"null" not in v2.encode(record) or "null" in str(record)


@given(corpora())
def test_a_corpus_comes_back_from_what_is_published(corpus: Corpus) -> None:
    tree = {path: bytes(body) for path, body in api.emit(Edition(corpus))}
    found = [record for name in CATEGORIES for record in decode_category(name, tree[category_path(name)], []).values()]
    assert Corpus.of(found) == Corpus.of(map(without_private, corpus.offered()))
    assert not any(record.withdrawn for record in corpus.offered())


@given(st.sampled_from(IMAGE_CATEGORIES).flatmap(records_of))
def test_what_a_legacy_record_says_is_adopted_whole_or_refused(record: Record) -> None:
    key, entry = legacy_image.encode(record)
    entry = json.loads(json.dumps(entry))
    try:
        back = legacy_image.decode(record.category, key, entry, 1)
    except (Unrepresentable, ValueError):
        return
    again = legacy_image.encode(back)
    assert (again[0], json.loads(json.dumps(again[1]))) == (key, entry)


@given(st.lists(records_of("text_generation", TEXT), max_size=5, unique_by=lambda record: record.name.strip()))
def test_a_text_model_survives_its_row(models: list[TextGeneration]) -> None:
    table = legacy_text.encode_table(models)
    rows = [row for _, row in read_table(table.decode()) if isinstance(row, dict)]
    assert len(rows) == len(models)
    for row, model in zip(rows, sorted(models, key=lambda model: model.name), strict=True):
        try:
            back = legacy_text.decode(row, 1)
        except ValueError:  # a name of blanks, settings that a cell cannot say
            continue
        assert legacy_text.encode(back) == row
        assert back.parameters == model.parameters


@given(st.dictionaries(st.text(CHARACTERS), JSON, max_size=4))
def test_legacy_text_is_that_of_the_standard_library(value: dict[str, Any]) -> None:
    theirs = json.dumps(value, indent=4) + "\n"
    ours = bytes(legacy_object(starmap(member, value.items()))).decode()
    assert json.loads(ours) == value
    if not any(mark in theirs for mark in ("e+", "e-")):  # very large and very small fractions are spelt otherwise
        assert ours == theirs


@given(JSON)
def test_every_value_has_a_line(value: Any) -> None:
    text = pretty(value).decode()
    found: Layout = layout(text)
    assert not found.duplicates
    assert set(found.lines.values()) <= set(range(1, text.count("\n") + 1))
    assert len(found.lines) == 1 + _inner_values(value)


def _inner_values(value: Any) -> int:
    match value:
        case dict():
            return sum(1 + _inner_values(inner) for inner in value.values())
        case list():
            return sum(1 + _inner_values(inner) for inner in value)
    return 0


@given(corpora(), corpora())
def test_applying_a_difference_gives_the_other_corpus(base: Corpus, head: Corpus) -> None:
    assert diff(base, base) == ()
    assert apply(diff(base, head), base) == head


@given(corpora(), corpora())
def test_a_change_names_each_field_that_differs(base: Corpus, head: Corpus) -> None:
    for change in diff(base, head):
        assert change.fields()
        assert all(field.old != field.new for field in change.fields())


@given(st.sampled_from(list(CATEGORIES)).flatmap(lambda name: st.tuples(st.just(name), documents(name))))
def test_fixes_rest_on_what_they_fixed(stated: tuple[str, dict[str, Any]]) -> None:
    category, document = stated
    once = fix_document(category, document)
    assert fix_document(category, loads(once)) == once


@given(corpora())
def test_checking_never_fails_and_says_where(corpus: Corpus) -> None:
    findings: list[Finding] = check(corpus)
    paths = {path_of(record.category, record.name) for record in corpus}
    assert all(finding.path in paths and finding.message and finding.hint for finding in findings)


@given(records())
def test_what_a_screen_passes_breaks_none_of_its_rules(record: Record) -> None:
    for screen, ids in SCREENS:
        if screen(record):
            rules = [rule for rule in RECORD_RULES if rule.id in ids and isinstance(record, rule.kinds)]
            assert not [problem for rule in rules for problem in rule.check(record)]


def test_every_screen_stands_before_rules_that_exist_and_passes_many_records() -> None:
    found = gather(DATA).corpus
    for screen, ids in SCREENS:
        assert ids <= {rule.id for rule in RECORD_RULES}
        assert sum(map(screen, found)) > 20


@given(st.binary(max_size=200), st.sampled_from(list(CATEGORIES)))
def test_loading_never_fails(raw: bytes, category: str) -> None:
    loaded = canonical.load([(f"{category}/a.json", raw)])
    assert len(loaded.corpus) + len(loaded.findings) >= 1


@given(JSON, st.sampled_from(list(CATEGORIES)))
def test_loading_any_json_never_fails(value: Any, category: str) -> None:
    loaded = canonical.load([(f"{category}/a.json", pretty(value))])
    assert len(loaded.corpus) + len(loaded.findings) >= 1


@given(
    st.lists(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=2), unique=True, max_size=12),
    st.dictionaries(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=2), st.integers(1, 20), max_size=12),
)
def test_places_rise_in_the_order_of_the_names_and_known_ones_stay(names: list[str], known: dict[str, int]) -> None:
    places = positions(names, known)
    assert list(places) == names
    assert all(one < other for one, other in zip(list(places.values()), list(places.values())[1:], strict=False))
    if list(names) == sorted(names, key=lambda name: known.get(name, 0)) and len({*known.values()}) == len(known):
        stay = [name for name in names if name in known]
        assert all(places[name] == known[name] for name in stay)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_one_record_less_moves_no_other(gone: int) -> None:
    names = ["a", "b", "c"]
    known = positions(names, {})
    del names[gone]
    assert positions(names, known) == {name: known[name] for name in names}
