"""Records in words: as a table for a terminal, as CSV and JSON for programs, as lines for a reader."""

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final
from unicodedata import combining, east_asian_width

import click
import msgspec

from horde_reference.cli.show import visible
from horde_reference.query.fields import PRIVATE, Field, field_of
from horde_reference.records.base import Record

_TELLING: Final = (
    "name", "parameters", "baseline", "controlnet_style", "control_types", "style", "nsfw", "size", "description"
)  # fmt: skip
_BYTES: Final = frozenset({"size", "size_on_disk_bytes", "size_bytes"})
_ROUNDED: Final = _BYTES | {"parameters"}
_BILLION: Final = 10**9
_MILLION: Final = 10**6
_GAP: Final = "  "


def path_of(text: str) -> str:
    """The path of a field as people write it, with dots or with underscores."""
    return text.strip().replace(".", "__")


def named_fields(kind: type[Record], paths: str) -> list[Field]:
    """The fields that a list of paths, parted by commas, names.

    Raises:
        UnknownField: the records have none there.
    """
    return [field_of(kind, path_of(path)) for path in paths.split(",") if path.strip()]


def all_fields(kind: type[Record]) -> list[Field]:
    """Every field that published records have."""
    return [field_of(kind, field.name) for field in fields(kind) if field.name not in PRIVATE]


def telling_fields(kind: type[Record], records: Iterable[Record]) -> list[Field]:
    """Those fields of a kind that tell most at a glance, without those that none of the records states."""
    known = {field.name for field in fields(kind)} | {"size"}
    found = [field_of(kind, name) for name in _TELLING if name in known]
    seen = list(records)
    return [field for field in found if field.path == "name" or any(_cell(field, one) for one in seen)]


def published(record: Record) -> dict[str, Any]:
    """A record as it is published, without what it does not state."""
    stated: dict[str, Any] = msgspec.to_builtins(record)
    return {name: _stated(value) for name, value in stated.items() if name not in PRIVATE and value is not None}


def _stated(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {name: _stated(inner) for name, inner in value.items() if inner is not None}
    return [_stated(inner) for inner in value] if isinstance(value, tuple | list) else value


def show(form: str, kind: type[Record], records: Sequence[Record], columns: Sequence[Field]) -> None:
    """Print records in one of the forms `table`, `json`, `csv`, `names`; with no columns, those that suit it."""
    match form:
        case "json":
            click.echo(as_json([picked(one, columns) if columns else published(one) for one in records]))
        case "csv":
            # With colours, as click would take away whatever looks like one.
            click.echo(as_csv(records, columns or all_fields(kind)), nl=False, color=True)
        case "names":
            click.echo("".join(f"{visible(one.name)}\n" for one in records), nl=False)
        case _:
            click.echo("\n".join(as_table(records, columns or telling_fields(kind, records))))


def as_json(documents: object) -> str:
    """JSON for programs, which people can read."""
    return json.dumps(documents, indent=2, ensure_ascii=False)


def picked(record: Record, columns: Sequence[Field]) -> dict[str, Any]:
    """Some fields of a record, where it states them."""
    values = ((column.path, column.read(record)) for column in columns)
    return {path: _stated(msgspec.to_builtins(value)) for path, value in values if value is not None}


def as_csv(records: Iterable[Record], columns: Sequence[Field]) -> str:
    """RFC 4180 with a header; lists, flags and parts are written as JSON."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.path for column in columns])
    writer.writerows([_csv_cell(column.read(record)) for column in columns] for record in records)
    return text.getvalue()


def _csv_cell(value: object) -> object:
    plain = _stated(msgspec.to_builtins(value))
    return plain if isinstance(plain, str) or plain is None else json.dumps(plain, ensure_ascii=False)


def as_table(records: Sequence[Record], columns: Sequence[Field]) -> Iterator[str]:
    """Lines of a table with a header, no wider than the terminal, if there is one."""
    rows = [[_cell(column, record) for column in columns] for record in records]
    return aligned([[column.path for column in columns], *rows])


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns; what is too long for the terminal is cut off at the end."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    room = shutil.get_terminal_size((0, 0)).columns
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield _cut(_GAP.join(cells).rstrip(), room)


def _cut(line: str, room: int) -> str:
    if not room or _width(line) <= room:
        return line
    end, used = 0, 1  # the mark of what was cut off takes a place
    while (used := used + _width(line[end])) <= room:
        end += 1
    return f"{line[:end]}…"


def _width(text: str) -> int:
    """Places that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def _cell(field: Field, record: Record) -> str:
    value = field.read(record)
    return visible(_said(field.path.rpartition("__")[2], value))


def _said(name: str, value: object) -> str:
    """A value as people write it."""
    match _stated(msgspec.to_builtins(value)):
        case bool(flag):
            return "yes" if flag else "no"
        case int(number) if name in _ROUNDED:
            return _gigabytes(number) if name in _BYTES else _parameters(number)
        case [*values]:
            return ", ".join(_said(name, one) for one in values)
        case dict(parts):
            return json.dumps(parts, ensure_ascii=False) if parts else ""
        case other:
            return "" if other is None else str(other)


def _gigabytes(number: int) -> str:
    return f"{number / _BILLION:.1f} GB"


def _parameters(number: int) -> str:
    """A number of parameters: `7B`, `1.5B`, `350M`."""
    size, unit = (_BILLION, "B") if number >= _BILLION else (_MILLION, "M")
    return f"{round(number / size, 2):g}{unit}"


def as_lines(record: Record) -> Iterator[str]:
    """All of a record, one `key: value` a line; keys of parts are joined by dots."""
    yield f"category: {record.category}"
    for key, name, value in _leaves("", published(record)):
        said = _said(name, value)
        yield visible(f"{key}: {value} ({said})" if name in _ROUNDED else f"{key}: {said}")


def _leaves(above: str, parts: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Every value that has no parts: its whole key, the last part of it, and the value."""
    for name, value in parts.items():
        if isinstance(value, dict):
            yield from _leaves(f"{above}{name}.", value)
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for number, one in enumerate(value, 1):
                yield from _leaves(f"{above}{name}.{number}.", one)
        elif value != []:
            yield f"{above}{name}", name, value
