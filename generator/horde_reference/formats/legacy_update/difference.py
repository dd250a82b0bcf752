"""What differs between two states of a legacy file, record by record, and on which lines."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from horde_reference.formats.legacy_update.image_file import read_file
from horde_reference.formats.legacy_update.table_rows import FILE, read_raw


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as a legacy file has it."""

    lines: range
    """Its lines, counted from 1; of a model with several rows, those of the last."""
    text: str
    """How it is written, without the comma or the line end behind it."""
    fields: Mapping[str, Any]
    """What it says: value by key, or cell by column."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Before and after of one key in a legacy file."""

    key: str
    """Key of the entry; name of the model in the table."""
    before: Entry | None
    """The entry before; `None` where it is new."""
    after: Entry | None
    """The entry after; `None` where it is gone."""

    @property
    def operation(self) -> Literal["create", "update", "delete"]:
        """What happened to the entry. One with another key now is gone, and new under that key."""
        if self.before is None:
            return "create"
        return "update" if self.after else "delete"

    def fields(self) -> list[str]:
        """Keys or columns of which the value differs, in the order of the file."""
        before = self.before.fields if self.before else {}
        after = self.after.fields if self.after else {}
        return [key for key in {**before, **after} if _said(before, key) != _said(after, key)]


def differences(file: str, before: bytes, after: bytes) -> list[Difference]:
    """The entries that are written otherwise in `after` than in `before`, in the order of the files.

    Args:
        file: name of the file in its repository, such as `clip.json` or `models.csv`.
        before: the file as it was.
        after: the file as it is.

    Raises:
        Malformed: one of the two cannot be read.
    """
    old, new = entries(file, before), entries(file, after)
    pairs = ((key, old.get(key), new.get(key)) for key in {**old, **new})
    return [
        Difference(key, one, other)
        for key, one, other in pairs
        if one is None or other is None or one.text != other.text
    ]


def entries(file: str, raw: bytes) -> dict[str, Entry]:
    """Every entry of a legacy file by its key.

    Raises:
        Malformed: the file cannot be read.
    """
    return dict(_rows(raw) if file == FILE else _members(file, raw))


def _members(file: str, raw: bytes) -> Iterator[tuple[str, Entry]]:
    read = read_file(file, raw)
    line = 1 + read.before.count("\n")
    for item in read.level.items:
        line += item.lead.count("\n")
        last = line + item.text.count("\n")
        yield str(item.key), Entry(range(line, last + 1), item.text, item.value)
        line = last + item.tail.count("\n")


def _rows(raw: bytes) -> Iterator[tuple[str, Entry]]:
    table = read_raw(raw)
    for row in table.models():
        cells = {column: table.value(row, column) for column in table.columns}
        lines = range(row.line, row.line + row.text.count("\n") + 1)
        yield table.name(row), Entry(lines, row.text, cells)


def _said(fields: Mapping[str, Any], key: str) -> str:
    return json.dumps(fields[key], sort_keys=True) if key in fields else ""
