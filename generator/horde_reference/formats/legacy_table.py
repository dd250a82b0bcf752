"""`models.csv` of the text repository, which people edit: its columns, and what a row states in our words."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

BILLION: Final = 10**9

Row = dict[str, str]
"""Cells of a row by column."""


class BadCell(ValueError):
    """A cell does not hold what its column asks for."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of the table and a field of the record say the same."""

    field: str
    """Name of the record's field."""
    read: Callable[[str], Any] = lambda cell: cell or None
    """Cell → value; `None` for an empty cell."""
    write: Callable[[Any], str] = str
    """Value → cell."""


def _read_billions(cell: str) -> int | None:
    if not cell.strip():
        return None
    try:
        return int(Decimal(cell.strip()) * BILLION)
    except (ArithmeticError, ValueError):
        raise BadCell(f"parameters_bn is {cell!r}, not a number of billions") from None


def _write_billions(parameters: int) -> str:
    return f"{Decimal(parameters) / BILLION:f}"


def _read_tags(cell: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in cell.split(",") if tag.strip())


def _read_settings(cell: str) -> dict[str, Any] | None:
    if not cell.strip():
        return None
    try:
        settings = json.loads(cell)
    except json.JSONDecodeError as error:
        raise BadCell(f"settings is not JSON: {error.msg} (column {error.colno})") from None
    if not isinstance(settings, dict):
        raise BadCell("settings is not a JSON object")
    return settings


COLUMNS: Final[Mapping[str, Column]] = {
    "name": Column("name", str.strip),
    "parameters_bn": Column("parameters", _read_billions, _write_billions),
    "display_name": Column("display_name"),
    "url": Column("url"),
    "baseline": Column("baseline"),
    "description": Column("description"),
    "style": Column("style"),
    "tags": Column("tags", _read_tags, ", ".join),
    "instruct_format": Column("instruct_format"),
    "settings": Column("settings", _read_settings, json.dumps),
}
"""Columns of `models.csv`, in their order."""


def read_table(text: str) -> Iterator[tuple[int, Row | BadCell]]:
    """Rows of the table with the line that each begins at: the cells of our columns. Empty lines are passed over.

    Raises:
        BadCell: the header lacks a column of ours or has one twice, or a quotation mark is never closed, so that no
            row can be trusted.
    """
    reader = csv.reader(_lines(text), strict=True)
    header = next(reader, [])
    if not COLUMNS.keys() <= set(header) or len(set(header)) < len(header):
        raise BadCell(f"the header is {','.join(header)}, not {','.join(COLUMNS)}")
    line = reader.line_num + 1
    try:
        for cells in reader:
            if cells:
                yield line, _row(header, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"the row from line {line} on cannot be read ({error}); is a quotation mark not closed?"
        raise BadCell(message) from None


def unknown_columns(text: str) -> list[str]:
    """Columns of a table that are not ours."""
    return [name for name in next(csv.reader(_lines(text)), []) if name not in COLUMNS]


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text.removeprefix("\ufeff"), newline="")


def _row(header: list[str], cells: list[str]) -> Row | BadCell:
    if len(cells) != len(header):
        return BadCell(f"it has {len(cells)} cells instead of {len(header)}; is a quotation mark missing?")
    row = dict(zip(header, cells, strict=True))
    return {name: row[name] for name in COLUMNS}


def stated_of(row: Row) -> dict[str, Any]:
    """What a row states of its model, as a JSON object of ours.

    Raises:
        BadCell: a cell does not hold what its column asks for.
    """
    values = {column.field: column.read(row[name]) for name, column in COLUMNS.items()}
    return {field: value for field, value in values.items() if value not in (None, ())}
