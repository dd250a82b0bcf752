"""Laws of the spreadsheet: out and back changes nothing, and one cell changes one field."""

import csv
import io
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import TEXT, records_of

from horde_reference.formats.canonical import encode
from horde_reference.formats.json_reading import loads
from horde_reference.proposals.cells import read_cell, write_cell
from horde_reference.proposals.places import Kind, places_of
from horde_reference.proposals.table import columns_of
from horde_reference.proposals.table import encode as encode_table
from horde_reference.proposals.table_edits import Edits, Table
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES

CATEGORY = st.sampled_from(list(CATEGORIES))
RECORDS = CATEGORY.flatmap(
    lambda name: st.lists(records_of(name), min_size=1, max_size=4, unique_by=lambda one: one.name)
)


def edits(records: list[Record], text: str) -> Edits:
    documents: dict[str, Any] = {record.name: loads(encode(record)[1]) for record in records}
    table = Table("t.csv", records[0].category, {record.name: record for record in records}, documents)
    return table.edits(text.encode())


def exported(records: list[Record]) -> str:
    category = records[0].category
    return encode_table(records, category, list(columns_of(category)))


@given(RECORDS, st.booleans())
def test_out_and_back_changes_nothing(records: list[Record], bom: bool) -> None:
    found = edits(records, ("\ufeff" if bom else "") + exported(records))
    assert (found.wanted, found.findings) == ([], [])


@given(RECORDS)
def test_no_cell_begins_like_a_formula(records: list[Record]) -> None:
    for row in csv.reader(io.StringIO(exported(records), newline="")):
        for cell in row:
            assert cell[:1] not in {"=", "@", "\t", "\r"}
            assert cell[:1] not in {"+", "-"} or cell.lstrip("-").isdecimal()


@given(RECORDS, TEXT, st.data())
def test_one_cell_changes_one_field_and_nothing_else(records: list[Record], text: str, data: st.DataObject) -> None:
    category = records[0].category
    rows = list(csv.reader(io.StringIO(exported(records), newline="")))
    at = data.draw(st.integers(0, len(records) - 1))
    column = data.draw(st.sampled_from([one for one in ("description", "version") if one in rows[0]]))
    place = columns_of(category)[column]
    cell = write_cell(place, text)
    value = read_cell(place, cell)
    record = records[at]
    assume(value != getattr(record, column) and "\r" not in f"{getattr(record, column)}{text}")
    rows[at + 1][rows[0].index(column)] = cell
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=data.draw(st.sampled_from(",;\t"))).writerows(rows)
    found = edits(records, written.getvalue())
    assert found.findings == []
    (wanted,) = found.wanted
    assert wanted.name == record.name
    assert wanted.document == {**loads(encode(record)[1]), column: text}


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"name,style,tags\r\n{text}".encode()))
def test_whatever_a_table_holds_is_read_or_faulted(raw: bytes) -> None:
    found = Table("t.csv", "text_generation", {}, {}).edits(raw)
    assert all(one.line >= 1 and one.message and one.hint for one in found.findings)
    assert all(wanted.name for wanted in found.wanted)


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_a_list_survives_its_cell(texts: list[str]) -> None:
    place = next(one for one in places_of("text_generation") if one.kind is Kind.LINES)
    assert read_cell(place, write_cell(place, texts)) == [*texts]
