"""`models.csv` of the text repository, which people edit; `legacy_database` makes `db.json` from it."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from horde_reference.formats.legacy_order import file_order
from horde_reference.formats.legacy_table import COLUMNS, BadCell, Column, Row, stated_of
from horde_reference.formats.validating import adapter_of
from horde_reference.records.kinds import TextGeneration


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
        return json.dumps(read, sort_keys=True) == json.dumps(stated, sort_keys=True)  # to Python 1 == True
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
