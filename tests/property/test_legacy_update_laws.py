"""Laws of bringing a legacy file up to date, for any records and any formatting.

Where people formatted a file by hand, a value that was changed and changed back is written as the file writes it, not
as they wrote it. A file that was emptied in between has lost its style. Else the order of edits does not matter.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import CHARACTERS, TEXT, records_of

from horde_reference.formats.legacy_database import database_of, encode_database
from horde_reference.formats.legacy_image import encode, encode_file
from horde_reference.formats.legacy_table import COLUMNS, stated_of
from horde_reference.formats.legacy_text import encode_table
from horde_reference.formats.legacy_update.difference import entries
from horde_reference.formats.legacy_update.image_file import update_file
from horde_reference.formats.legacy_update.json_level import is_level, read_level
from horde_reference.formats.legacy_update.malformed import Malformed
from horde_reference.formats.legacy_update.table_file import update_table
from horde_reference.records.base import ImageRepositoryRecord, LegacyEntry, Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import ImageGeneration, TextGeneration

CATEGORY = st.sampled_from([name for name, category in CATEGORIES.items() if category.repository == "image"])
NAMES = [f"{letter}{number}" for letter in "aBé/z" for number in range(3)]


def in_key_order(record: Record) -> Record:
    """The order of keys in an object says nothing, so an update keeps that of the file."""
    if isinstance(record, ImageGeneration) and record.requirements:
        return replace(record, requirements=dict(sorted(record.requirements.items())))
    if isinstance(record, TextGeneration) and record.settings:
        return replace(record, settings=dict(sorted(record.settings.items())))
    return record


def without_key(record: Record) -> Record:
    if isinstance(record, ImageRepositoryRecord) and record.legacy:
        record = replace(record, legacy=replace(record.legacy, key=None))
    return in_key_order(replace(record, aliases=()))


def several(category: str) -> st.SearchStrategy[list[Record]]:
    names = st.sampled_from(NAMES)
    found = st.lists(records_of(category, names), max_size=5, unique_by=lambda record: record.name)
    return found.map(lambda records: [without_key(record) for record in records])


@dataclass(frozen=True)
class Form:
    """How a file is written."""

    indent: str | None
    newline: str
    ascii: bool
    separators: tuple[str, str]
    end: str

    def of(self, records: list[Record]) -> bytes:
        text = json.dumps(
            json.loads(bytes(encode_file(records))),
            indent=self.indent,
            ensure_ascii=self.ascii,
            separators=self.separators,
        )
        return (text.replace("\n", self.newline) + self.end).encode()


FORMS = st.builds(
    Form,
    st.sampled_from(["    ", "  ", "\t", " ", "", None]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([(",", ": "), (",", ":"), (" ,", " : "), (", ", ": ")]),
    st.sampled_from(["", "\n", "\r\n", "\n\n"]),
)
STANDARD = Form("    ", "\n", ascii=True, separators=(",", ": "), end="\n")
TWO_STATES = CATEGORY.flatmap(lambda name: st.tuples(st.just(name), several(name), several(name)))


def said(raw: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(raw)
    return found


@given(TWO_STATES, FORMS)
def test_what_says_the_same_stays_to_the_byte(states: tuple[str, list[Record], list[Record]], form: Form) -> None:
    category, records, _ = states
    file = form.of(records)
    assert update_file(category, file, records) == file
    assert update_file(category, file, reversed(records), records) == file


@given(TWO_STATES, FORMS)
def test_an_updated_file_says_what_a_new_one_says(states: tuple[str, list[Record], list[Record]], form: Form) -> None:
    category, base, head = states
    updated = update_file(category, form.of(base), head, base)
    assert json.dumps(said(updated), sort_keys=True) == json.dumps(said(bytes(encode_file(head))), sort_keys=True)
    assert update_file(category, updated, head, head) == updated


@given(TWO_STATES, FORMS)
def test_what_did_not_change_is_not_touched(states: tuple[str, list[Record], list[Record]], form: Form) -> None:
    category, base, head = states
    file = form.of(base)
    before, after = entries("x.json", file), entries("x.json", update_file(category, file, head, base))
    for key, entry in before.items():
        if key in after and json.dumps(entry.fields, sort_keys=True) == json.dumps(after[key].fields, sort_keys=True):
            assert after[key].text == entry.text


@given(TWO_STATES)
def test_no_more_lines_change_than_those_of_the_records_and_commas(
    states: tuple[str, list[Record], list[Record]],
) -> None:
    category, base, head = states
    file = STANDARD.of(base)
    updated = update_file(category, file, head, base)
    before, after = entries("x.json", file), entries("x.json", updated)
    same = {key for key in before.keys() & after.keys() if before[key].text == after[key].text}
    if same:
        assert lines_of(file, before, same) == lines_of(updated, after, same)


def lines_of(raw: bytes, found: Any, keys: set[str]) -> list[str]:
    lines = raw.decode().splitlines()
    return [lines[line - 1].rstrip(",") for key in found if key in keys for line in found[key].lines]


Edit = tuple[str, int, Record]


def edits(category: str) -> st.SearchStrategy[list[Edit]]:
    kinds = st.sampled_from(["add", "remove", "change", "rename"])
    edit = st.tuples(kinds, st.integers(0, 10), records_of(category))
    return st.lists(edit, max_size=8)


def edited(records: dict[str, Record], edit: Edit, number: int) -> dict[str, Record]:
    """The records after an edit; a name is never used again."""
    what, which, other = edit
    new_name = f"{'Ab~'[which % 3]} new {number}"
    if what == "add" or not records:
        return {**records, new_name: placed(without_key(replace(other, name=new_name)), None)}
    name = sorted(records)[which % len(records)]
    record = records[name]
    rest = {key: one for key, one in records.items() if key != name}
    match what:
        case "remove":
            return rest or records
        case "rename":
            return {**rest, new_name: replace(record, name=new_name, aliases=(*record.aliases, record.name))}
    return {**rest, name: placed(replace(without_key(other), name=name, aliases=record.aliases), record)}


def placed(record: Record, like: Record | None) -> Record:
    if isinstance(record, ImageRepositoryRecord):
        position = like.legacy.position if isinstance(like, ImageRepositoryRecord) and like.legacy else None
        return replace(record, legacy=replace(record.legacy or LegacyEntry(), position=position))
    return record


HISTORY = CATEGORY.flatmap(lambda name: st.tuples(st.just(name), several(name).filter(len), edits(name)))


@given(HISTORY)
def test_edits_one_by_one_end_as_one_update(history: tuple[str, list[Record], list[Edit]]) -> None:
    category, base, steps = history
    base = [placed(record, replace(record, legacy=LegacyEntry(position=at))) for at, record in enumerate(base, 1)]  # type: ignore[call-arg]
    start = file = STANDARD.of(base)
    records = {record.name: record for record in base}
    for number, step in enumerate(steps):
        before, records = records, edited(records, step, number)
        file = update_file(category, file, records.values(), before.values())
    assert file == update_file(category, start, records.values(), base)


# The table

MODELS = several("text_generation")
ROWS_FORM = st.tuples(st.sampled_from(["\r\n", "\n"]), st.booleans(), st.booleans(), st.booleans())


def table_of(records: list[Record], form: tuple[str, bool, bool, bool]) -> bytes:
    """A table in the order of the records, formatted in another way."""
    newline, all_quoted, marked, ended = form
    text = newline.join([",".join(COLUMNS), *[row(record, all_quoted) for record in records]])
    return (("\ufeff" if marked else "") + text + newline * ended).encode()


def row(record: Record, all_quoted: bool) -> str:
    raw = encode_table(models([record])).decode().partition("\r\n")[2].removesuffix("\r\n")
    (entry,) = entries("models.csv", ",".join(COLUMNS).encode() + b"\n" + raw.encode()).values()
    cells = ['"{}"'.format(str(cell).replace('"', '""')) for cell in entry.fields.values()]
    return ",".join(cells) if all_quoted else raw


def models(records: Any) -> list[TextGeneration]:
    return [record for record in records if isinstance(record, TextGeneration)]


def stated(raw: bytes) -> dict[str, str]:
    cells = {name: entry.fields for name, entry in entries("models.csv", raw).items()}
    return {name: json.dumps(stated_of(dict(found)), sort_keys=True) for name, found in cells.items()}


@given(MODELS, ROWS_FORM)
def test_rows_that_say_the_same_stay_to_the_byte(records: list[Record], form: tuple[str, bool, bool, bool]) -> None:
    table = table_of(records, form)
    assert update_table(table, models(reversed(records))) == table


@given(MODELS, MODELS, ROWS_FORM)
def test_an_updated_table_says_what_a_new_one_says(
    base: list[Record], head: list[Record], form: tuple[str, bool, bool, bool]
) -> None:
    table = table_of(base, form)
    updated = update_table(table, models(head))
    assert stated(updated) == stated(encode_table(models(head)))
    assert update_table(updated, models(head)) == updated
    before, after = entries("models.csv", table), entries("models.csv", updated)
    unchanged = stated(table).items() & stated(updated).items()
    assert all(before[name].text == after[name].text for name, _ in unchanged)
    assert updated.endswith(b"\n") == table.endswith(b"\n")


@given(MODELS, edits("text_generation"))
def test_edits_of_text_models_one_by_one_end_as_one_update(base: list[Record], steps: list[Edit]) -> None:
    start = table = update_table((",".join(COLUMNS) + "\r\n").encode(), models(base))
    records = {record.name: record for record in base}
    for number, step in enumerate(steps):
        records = edited(records, step, number)
        table = update_table(table, models(records.values()))
    assert table == update_table(start, models(records.values()))


@given(MODELS)
def test_the_database_of_a_table_is_that_of_its_records(records: list[Record]) -> None:
    found = json.loads(database_of(encode_table(models(records))))
    assert found == json.loads(bytes(encode_database(models(records))))


# Anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(CHARACTERS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)


@given(JSON, st.sampled_from([None, 0, 1, "\t"]), st.sampled_from([(" , ", " :\t"), (",", ":")]))
def test_a_level_is_its_text(value: Any, indent: Any, separators: tuple[str, str]) -> None:
    text = json.dumps(value, indent=indent, separators=separators)
    if is_level(text):
        level = read_level(text)
        assert str(level) == text
        inner = value.values() if isinstance(value, dict) else value
        assert [item.value for item in level.items] == list(inner)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    header = ",".join(COLUMNS).encode() + b"\n"
    assert emptied("x.json", lambda: update_file("clip", raw, []))
    assert emptied("models.csv", lambda: update_table(header + raw, []))


def emptied(file: str, update: Callable[[], bytes]) -> bool:
    """Whether an update that wants nothing leaves nothing, or says why not."""
    try:
        left = update()
    except Malformed as error:
        return error.line >= 1
    return not entries(file, left)


@given(TWO_STATES)
def test_keys_are_those_of_the_records(states: tuple[str, list[Record], list[Record]]) -> None:
    category, base, head = states
    updated = said(update_file(category, STANDARD.of(base), head, base))
    assert updated.keys() == {encode(record)[0] for record in head}
