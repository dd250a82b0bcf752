"""The records of a category as a table: a row a record, a column a place."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from horde_reference.finding import did_you_mean
from horde_reference.formats.canonical import document_of
from horde_reference.proposals.cells import write_cell
from horde_reference.proposals.places import Kind, Place, places_of
from horde_reference.proposals.wanted import value_at
from horde_reference.records.base import Record

NAME: Final = "name"
BOM: Final = "\ufeff"
"""What tells Excel that a file is UTF-8."""
_SEPARATORS: Final = (",", ";", "\t")
_OURS_ALONE: Final = "legacy"


class BadTable(ValueError):
    """No row of a table can be trusted. Attributes: line, of the fault, counted from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    line: int
    """Line of the file that it begins at, counted from 1."""
    cells: dict[str, str]
    """Column → cell."""
    problem: str = ""
    """Why its cells cannot be told apart; empty where they can."""


def column_of(place: Place) -> str:
    """Name of the column of a place: its path, joined by dots."""
    return ".".join(place.path)


def columns_of(category: str) -> dict[str, Place]:
    """Every column that a table of a category can have, in the order of the files."""
    return {column_of(place): place for place in places_of(category)}


def usual_columns(category: str) -> list[str]:
    """The columns that a table has unless others are asked for: all that people state."""
    return [name for name, place in columns_of(category).items() if place.path[0] != _OURS_ALONE]


def chosen_columns(category: str, names: Iterable[str]) -> list[str]:
    """These columns, with the name of the record as the first.

    Raises:
        BadTable: there is no such column.
    """
    known = columns_of(category)
    wanted = list(dict.fromkeys([NAME, *(name.strip() for name in names if name.strip())]))
    for name in wanted:
        if name not in known:
            raise BadTable(f"{category} has no column {name!r}. {did_you_mean(name, known)}")
    return wanted


def said_of(record: Record) -> dict[str, Any]:
    """What a record says as a JSON object, flags that it leaves out included."""
    flags = (place.path[0] for place in places_of(record.category) if place.kind is Kind.FLAG)
    return {**{name: getattr(record, name) for name in flags}, **document_of(record)}


def encode(records: Iterable[Record], category: str, columns: Sequence[str]) -> str:
    """The table of some records in CSV (RFC 4180), with a header."""
    known = columns_of(category)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for record in records:
        said = said_of(record)
        writer.writerow([write_cell(known[name], value_at(said, known[name].path)) for name in columns])
    return text.getvalue()


def decode(raw: bytes, category: str) -> tuple[list[str], Iterator[Row]]:
    """Columns and rows of a table that any spreadsheet program wrote.

    Raises:
        BadTable: it is not UTF-8, has no header of ours, or, while rows are read, a quotation mark is never closed.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadTable("the file is not UTF-8; save it as `CSV UTF-8`", line) from None
    skipped = 1 if text[:4].lower() == "sep=" else 0
    text = text.partition("\n")[2] if skipped else text
    rows = _rows(text, max(_SEPARATORS, key=text.partition("\n")[0].count), skipped)
    columns = [one.strip() for one in next(rows, (1, []))[1]]
    _refuse_header(columns, category)
    return columns, (_row(line, cells, columns) for line, cells in rows if any(cells))


def _rows(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that each begins at; `skipped` lines stood before the text."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    line = skipped + 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + skipped + 1
    except csv.Error as error:
        message = f"the rows from here on cannot be read ({error}); is a quotation mark not closed?"
        raise BadTable(message, line) from None


def _refuse_header(columns: Sequence[str], category: str) -> None:
    if NAME not in columns:
        raise BadTable(f"the first line has no column {NAME!r}, which says what record a row is about")
    chosen_columns(category, columns)
    twice = [one for one in columns if columns.count(one) > 1]
    if twice:
        raise BadTable(f"the column {twice[0]!r} stands twice")
    if "" in columns:
        raise BadTable("the first line has an empty cell between its columns")


def _row(line: int, cells: Sequence[str], columns: Sequence[str]) -> Row:
    given = list(cells)
    while len(given) > len(columns) and not given[-1]:  # programs add empty cells at the end of a row
        given.pop()
    if len(given) != len(columns):
        return Row(line, {}, f"it has {len(given)} cells instead of {len(columns)}; is a quotation mark missing?")
    return Row(line, dict(zip(columns, given, strict=True)))
