"""The legacy files of the text repository: `models.csv`, which people edit, and `db.json`, made from it.

Column rules and the conversion to `db.json` follow the repository's own script; see `encode_database`.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, starmap
from typing import Any

from horde_reference.formats.json_writing import legacy_object, member
from horde_reference.formats.legacy_order import file_order
from horde_reference.formats.legacy_table import BILLION, COLUMNS, BadCell, Column, Row, stated_of
from horde_reference.formats.validating import adapter_of
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.backends import backend_names, short_name
from horde_reference.tree import Members


def decode(row: Row, position: float) -> TextGeneration:
    """The record of a row.

    Raises:
        BadCell: a cell does not hold what its column asks for.
        pydantic.ValidationError: a value is missing or out of bounds.
    """
    stated = stated_of(row)
    draft = _record(stated)
    by_hand = {name: cell for name, cell in row.items() if cell != _cell(draft, COLUMNS[name])}
    return _record({**stated, "legacy": {"position": position, "cells": by_hand}})


def _record(stated: Mapping[str, Any]) -> TextGeneration:
    record = adapter_of(TextGeneration.category).validate_json(json.dumps(stated))
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
