"""`db.json` of the text repository, as its own script, `convert.py`, makes it from `models.csv`.

- Each column becomes a field, also one that we do not know; empty cells are dropped and defaults filled in.
- `parameters` is the number of billions, multiplied as a floating point number.
- `tags` are those of the cell, the style, and the billions as in `8B`, in order.
- `display_name` is the cell, or the name without its author with blanks for `-` and `_`.
- Each model stands there three times: under its name, and under each backend's name for it. Of several with one key
  the last counts, in the place of the first.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, starmap
from math import isfinite
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from horde_reference.formats.json_writing import legacy_object, member
from horde_reference.formats.legacy_order import file_order
from horde_reference.formats.legacy_table import BILLION, COLUMNS, BadCell, Row
from horde_reference.formats.legacy_text import encode
from horde_reference.formats.legacy_update.malformed import Malformed
from horde_reference.formats.legacy_update.table_rows import FILE, RawRow, RawTable, read_raw
from horde_reference.records.kinds import TextGeneration
from horde_reference.records.settings import SETTINGS
from horde_reference.records.vocabulary import TextBackend
from horde_reference.tree import Members

DEFAULTS: Final[Mapping[str, Any]] = MappingProxyType(
    {"baseline": "", "parameters": None, "description": "", "version": "1", "style": "generalist", "nsfw": False}
)
"""What the repository's `defaults.json` holds."""


def database_of(table: bytes, defaults: Mapping[str, Any] = DEFAULTS) -> bytes:
    """`db.json` made from `models.csv`, to the byte.

    Raises:
        Malformed: the table cannot be read, or the conversion would stop at one of its cells.
    """
    raw = read_raw(table)
    rows = list(raw.models())
    entries = [_entry_of(raw, row, defaults) for row in rows]
    members = _members([raw.value(row, "name") for row in rows], entries.__getitem__)
    return (json.dumps(dict(members), indent=4) + "\n").encode()


def encode_database(records: Iterable[TextGeneration]) -> Members:
    """`db.json` made from the table that the records make."""
    placed = sorted(records, key=file_order)
    members = _members([record.name for record in placed], lambda place: entry_of(encode(placed[place])))
    return legacy_object(starmap(member, members))


def _members(names: Sequence[str], entry_at: Callable[[int], dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Keys and entries of the rows with these names."""
    rows: dict[str, int] = {}
    for place, name in enumerate(names):
        for key in (name, f"{TextBackend.APHRODITE}/{name}", f"{TextBackend.KOBOLDCPP}/{_model_name(name)}"):
            rows[key] = place
    for place, run in groupby(rows.items(), key=itemgetter(1)):
        entry = entry_at(place)
        for key, _ in run:
            yield key, {**entry, "name": key}


def _entry_of(table: RawTable, row: RawRow, defaults: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return entry_of({column: table.value(row, column) for column in table.columns}, defaults)
    except BadCell as fault:
        raise Malformed(FILE, row.line, str(fault)) from None


def entry_of(row: Row, defaults: Mapping[str, Any] = DEFAULTS) -> dict[str, Any]:
    """The entry of a row under the model's own name.

    Raises:
        BadCell: the conversion would stop at a cell.
    """
    name, billions = row["name"], _billions(row["parameters_bn"])
    fields: dict[str, Any] = {key: cell for key, cell in row.items() if key not in ("name", "parameters_bn")}
    fields["parameters"] = int(billions * BILLION)
    fields["tags"] = _tags(row, billions)
    fields["settings"] = _settings(row["settings"])
    fields["display_name"] = row["display_name"] or _readable(_model_name(name))
    stated = {key: value for key, value in fields.items() if value}
    return {"name": name, "model_name": _model_name(name), **defaults, **stated}


def _model_name(name: str) -> str:
    return name.split("/")[1] if "/" in name else name


def _billions(cell: str) -> float:
    try:
        billions = float(cell)
    except ValueError:
        raise BadCell(f"parameters_bn is {cell!r}, not a number of billions") from None
    if not isfinite(billions):
        raise BadCell(f"parameters_bn is {cell!r}, which is no number of parameters")
    return billions


def _tags(row: Row, billions: float) -> list[str]:
    tags = {tag.strip() for tag in row["tags"].split(",")} if row["tags"] else set()
    if row["style"]:
        tags.add(row["style"])
    return sorted({*tags, f"{round(billions)}B"})


def _settings(cell: str) -> dict[str, Any]:
    if not cell:
        return {}
    settings: dict[str, Any] = COLUMNS["settings"].read(cell) or {}
    if unknown := settings.keys() - SETTINGS.keys():
        raise BadCell(f"settings has {', '.join(sorted(unknown))}, which the text repository does not know")
    return settings


def _readable(name: str) -> str:
    return " ".join(part for part in name.replace("-", " ").replace("_", " ").split(" ") if part).strip()
