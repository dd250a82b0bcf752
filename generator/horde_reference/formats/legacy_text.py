"""The legacy files of the text repository: `models.csv`, which people edit, and `db.json`, made from it.

Column rules and the conversion to `db.json` follow the repository's own script; see `encode_database`.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, starmap
from typing import Any, Final

from horde_reference.formats.canonical import ADAPTERS
from horde_reference.formats.json_writing import legacy_object, member
from horde_reference.formats.legacy_order import file_order
from horde_reference.records.kinds import TextGeneration
from horde_reference.records.vocabulary import TextBackend
from horde_reference.tree import Members

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
    """Rows of the table with the line that each begins at; empty lines are passed over.

    Raises:
        BadCell: the header is not ours, or a quotation mark is never closed, so that no row can be trusted.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    header = next(reader, [])
    if header != list(COLUMNS):
        raise BadCell(f"the header is {','.join(header)}, not {','.join(COLUMNS)}")
    line = reader.line_num + 1
    try:
        for cells in reader:
            if cells:
                yield line, _row(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"the row from line {line} on cannot be read ({error}); is a quotation mark not closed?"
        raise BadCell(message) from None


def _row(cells: list[str]) -> Row | BadCell:
    if len(cells) != len(COLUMNS):
        return BadCell(f"it has {len(cells)} cells instead of {len(COLUMNS)}; is a quotation mark missing?")
    return dict(zip(COLUMNS, cells, strict=True))


def decode(row: Row, position: float) -> TextGeneration:
    """The record of a row.

    Raises:
        BadCell: a cell does not hold what its column asks for.
        pydantic.ValidationError: a value is missing or out of bounds.
    """
    values = {column.field: column.read(row[name]) for name, column in COLUMNS.items()}
    stated = {field: value for field, value in values.items() if value not in (None, ())}
    draft = _record(stated)
    by_hand = {name: cell for name, cell in row.items() if cell != _cell(draft, COLUMNS[name])}
    return _record({**stated, "legacy": {"position": position, "cells": by_hand}})


def _record(stated: Mapping[str, Any]) -> TextGeneration:
    record = ADAPTERS[TextGeneration.category].validate_json(json.dumps(stated))
    if not isinstance(record, TextGeneration):  # the adapter's type is that of every record
        raise TypeError(type(record))
    return record


def _cell(record: TextGeneration, column: Column) -> str:
    value = getattr(record, column.field)
    return "" if value in (None, ()) else column.write(value)


def is_current(record: TextGeneration, name: str, cell: str) -> bool:
    """Whether a cell that was written by hand still says what the record says."""
    column = COLUMNS.get(name)
    try:
        return column is not None and _same(column.read(cell), getattr(record, column.field))
    except BadCell:
        return False


def _same(read: Any, stated: Any) -> bool:  # noqa: ANN401 - any value of a cell
    if isinstance(stated, dict):
        return bool(read == {key: list(one) if isinstance(one, tuple) else one for key, one in stated.items()})
    return bool(read == stated)


def encode(record: TextGeneration) -> Row:
    """The row of a record; a cell that was written by hand is kept while it says the same."""
    by_hand = record.legacy.cells if record.legacy else {}
    return {
        name: by_hand[name] if name in by_hand and is_current(record, name, by_hand[name]) else _cell(record, column)
        for name, column in COLUMNS.items()
    }


def encode_table(records: Iterable[TextGeneration]) -> bytes:
    """`models.csv`: CRLF, quotation marks only where needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(encode(record).values() for record in sorted(records, key=file_order))
    return text.getvalue().encode()


def encode_database(records: Iterable[TextGeneration]) -> Members:
    """`db.json`: three entries a model, one under its name and one under each backend's name for it."""
    return legacy_object(starmap(member, chain.from_iterable(map(_entries, sorted(records, key=file_order)))))


def _entries(record: TextGeneration) -> Iterator[tuple[str, dict[str, Any]]]:
    entry = database_entry(record)
    for name in (record.name, *backend_names(record.name)):
        yield name, {**entry, "name": name}


def short_name(name: str) -> str:
    """The part of a model's name behind its author."""
    return name.partition("/")[2] or name


def backend_names(name: str) -> tuple[str, str]:
    """Names under which the text backends know a model."""
    return f"{TextBackend.APHRODITE}/{name}", f"{TextBackend.KOBOLDCPP}/{short_name(name)}"


def database_entry(record: TextGeneration) -> dict[str, Any]:
    """The entry of `db.json` under the model's own name, as the repository's conversion makes it from the table.

    Empty cells are dropped and defaults filled in; the table has no column for version and nsfw. Billions are
    multiplied as floating point numbers, as there.
    """
    billions = float(encode(record)["parameters_bn"])
    tags = {*record.tags, f"{round(billions):.0f}B"}
    if record.style:
        tags.add(record.style)
    entry = {
        "name": record.name,
        "model_name": short_name(record.name),
        "baseline": record.baseline or "",
        "parameters": int(billions * BILLION),
        "description": record.description or "",
        "version": "1",
        "style": record.style or "generalist",
        "nsfw": False,
        "display_name": record.display_name or _readable(short_name(record.name)),
        "url": record.url,
        "tags": sorted(tags),
        "instruct_format": record.instruct_format,
        "settings": record.settings,
    }
    return {key: value for key, value in entry.items() if value is not None}


def _readable(name: str) -> str:
    return re.sub(" +", " ", re.sub("[-_]", " ", name))
