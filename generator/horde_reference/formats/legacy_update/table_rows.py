"""`models.csv` of the text repository as it is written: rows of raw cells, with the quotation marks they have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from horde_reference.formats.legacy_table import COLUMNS
from horde_reference.formats.legacy_update.malformed import Malformed, decoded
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import TextGeneration

FILE: Final = str(CATEGORIES[TextGeneration.category].legacy_file)

_CELL: Final = re.compile(r'"[^"]*(?:""[^"]*)*"|(?!")[^,\r\n]*')
_END: Final = re.compile(r"\r\n|\r|\n|\Z")
_QUOTED: Final = re.compile(r'[,"\r\n]')


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it is written."""

    line: int
    """Line on which it begins, counted from 1."""
    cells: tuple[str, ...]
    """Its cells as they are written; none for an empty line."""
    end: str
    """What ends it; nothing for a last row without a line end."""

    @property
    def text(self) -> str:
        """The row without its end."""
        return ",".join(self.cells)


@dataclass(frozen=True)
class RawTable:
    """The table as it is written. Mark, header and rows one after the other are the file."""

    mark: str
    """Its byte order mark, or nothing."""
    header: RawRow
    """The row of column names."""
    columns: Mapping[str, int]
    """Column → place in a row, in the order of the file; ours and any other."""
    rows: tuple[RawRow, ...]
    """The other rows, empty lines among them."""

    @cached_property
    def newline(self) -> str:
        """What most of its rows end with."""
        ends = [row.end for row in (self.header, *self.rows) if row.end]
        return max(dict.fromkeys(ends), key=ends.count, default="\r\n")

    @cached_property
    def quotes_all(self) -> bool:
        """Whether every cell stands in quotation marks, needed or not."""
        return all(cell.startswith('"') for row in (self.header, *self.rows) for cell in row.cells)

    def value(self, row: RawRow, column: str) -> str:
        """What a cell says."""
        return unquoted(row.cells[self.columns[column]])

    def name(self, row: RawRow) -> str:
        """Name of the model that a row is about; empty for an empty line."""
        return self.value(row, "name").strip() if row.cells else ""

    def models(self) -> Iterator[RawRow]:
        """The rows that are not empty lines."""
        return (row for row in self.rows if row.cells)


def unquoted(cell: str) -> str:
    """What a raw cell says."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def quoted(value: str, *, always: bool = False) -> str:
    """The raw cell for a value; with quotation marks where it needs them."""
    if always or _QUOTED.search(value):
        return '"{}"'.format(value.replace('"', '""'))
    return value


def read_raw(raw: bytes) -> RawTable:
    """The table that the bytes hold.

    Raises:
        Malformed: it is not UTF-8, lacks a column of ours or has one twice, a quotation mark is not closed, or a row
            has another number of cells than the header, or no name.
    """
    mark, text = decoded(FILE, raw)
    header, *rows = _rows(text)
    columns = _columns(header)
    for row in rows:
        _refuse_unclear(row, columns)
    return RawTable(mark, header, columns, tuple(rows))


def _rows(text: str) -> Iterator[RawRow]:
    at, line = 0, 1
    while True:
        cells, behind = _cells(text, at, line)
        end = _END.match(text, behind)
        if end is None:
            reason = "something stands behind a closing quotation mark; is a quotation mark missing or not closed?"
            raise Malformed(FILE, line, f"the row cannot be read: {reason}")
        yield RawRow(line, () if behind == at else tuple(cells), end[0])
        line += len(re.findall(r"\r\n|\r|\n", text[at : end.end()]))
        at = end.end()
        if at == len(text):
            return


def _cells(text: str, at: int, line: int) -> tuple[list[str], int]:
    """The raw cells of the row that begins at a place, and where they end."""
    cells: list[str] = []
    while True:
        cell = _CELL.match(text, at)
        if cell is None:
            raise Malformed(FILE, line, f"the quotation mark before cell {len(cells) + 1} of the row is never closed")
        cells.append(cell[0])
        if text[cell.end() : cell.end() + 1] != ",":
            return cells, cell.end()
        at = cell.end() + 1


def _columns(header: RawRow) -> dict[str, int]:
    names = [unquoted(cell) for cell in header.cells]
    if missing := [name for name in COLUMNS if name not in names]:
        raise Malformed(FILE, 1, f"the header has no column {', '.join(missing)}; it has {', '.join(names) or 'none'}")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Malformed(FILE, 1, f"the header has the column {twice!r} twice")
    return {name: place for place, name in enumerate(names)}


def _refuse_unclear(row: RawRow, columns: Mapping[str, int]) -> None:
    if not row.cells:
        return
    if len(row.cells) != len(columns):
        reason = f"the row has {len(row.cells)} cells instead of {len(columns)}; is a quotation mark missing?"
        raise Malformed(FILE, row.line, reason)
    if not unquoted(row.cells[columns["name"]]).strip():
        raise Malformed(FILE, row.line, "the row has no name")
