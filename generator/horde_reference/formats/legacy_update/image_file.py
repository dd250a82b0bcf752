"""A JSON file of the image repository, brought up to date."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from horde_reference.formats.json_reading import NotJson, loads
from horde_reference.formats.legacy_entry import CARRIED
from horde_reference.formats.legacy_image import KEY_TYPES, encode
from horde_reference.formats.legacy_update.holding import holders, place_of, put_in, without
from horde_reference.formats.legacy_update.json_level import Item, Level, blanks_end, read_level, value_end
from horde_reference.formats.legacy_update.json_style import Style, indent_of, key_text, new_item, style_of
from horde_reference.formats.legacy_update.malformed import Malformed, decoded
from horde_reference.formats.legacy_update.revising import Ours, revised, said, settled
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES

_CONFIG: Final = Ours(
    frozenset({"files", "download"}),
    MappingProxyType(
        {
            "files": Ours(frozenset({"path", "md5sum", "sha256sum", "file_type"})),
            "download": Ours(frozenset({"file_name", "file_path", "file_url"})),
        }
    ),
)


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A legacy JSON file, taken apart. The texts one after the other are the file."""

    before: str
    """Blanks before the object."""
    level: Level
    """Its entries."""
    after: str
    """Blanks behind the object."""
    style: Style
    """How it is written."""


def update_file(category: str, existing: bytes, records: Iterable[Record], before: Iterable[Record] = ()) -> bytes:
    """The legacy file of a category, saying what the records say, with the smallest difference to what it is now.

    Entries that say the same stay as they are, to the byte. In others, only the lines of the fields that differ
    change, an added field stands where the order of the fields wants it, and what is new is written as its
    neighbours are. New records go behind all that have a place, by name; records that are not wanted go.

    Keys that no record has a field for are the work of people: they stay, unless a record of `before` said them.

    Args:
        category: name of the category.
        existing: the file as the legacy repository has it.
        records: every record that the file shall hold; those that are withdrawn are not among them.
        before: records as the file was last made from; they tell keys that we took out from those that people put in.

    Raises:
        Malformed: the file is not an object of objects, holds a key twice, or two records have the same key.
    """
    name = str(CATEGORIES[category].legacy_file)
    file = read_file(name, existing)
    update = _Update(file.level, file.style, _dropped(before))
    wanted = _by_key(name, records)
    return f"{file.before}{update.made(wanted)}{file.after}".encode()


def read_file(name: str, raw: bytes) -> JsonFile:
    """A legacy JSON file.

    Args:
        name: what to call it in an error.
        raw: its bytes.

    Raises:
        Malformed: it is not an object of objects, holds a key twice, or begins with a byte order mark.
    """
    mark, text = decoded(name, raw)
    if mark:
        raise Malformed(name, 1, "it begins with a byte order mark; save it as UTF-8 without one")
    try:
        value = loads(text.encode())
    except NotJson as fault:
        raise Malformed(name, fault.line, f"it is not JSON: {fault}") from None
    if not isinstance(value, dict):
        raise Malformed(name, 1, "it is not an object of entries by key")
    start = blanks_end(text, 0)
    end = value_end(text, start)
    level = read_level(text[start:end])
    _refuse_unclear(name, level, lambda item: text.count("\n", 0, start + item.at) + 1)
    return JsonFile(text[:start], level, text[end:], style_of(text, level))


def _refuse_unclear(name: str, level: Level, line_of: Callable[[Item], int]) -> None:
    seen: set[str | None] = set()
    for item in level.items:
        if item.key in seen:
            raise Malformed(name, line_of(item), f"the key {item.key!r} stands twice; keep one of the two entries")
        if not isinstance(item.value, dict):
            raise Malformed(name, line_of(item), f"{item.key!r} is not an object")
        seen.add(item.key)


def _by_key(name: str, records: Iterable[Record]) -> dict[str, tuple[Record, Any]]:
    wanted: dict[str, tuple[Record, Any]] = {}
    for record in records:
        key, entry = encode(record)
        if key in wanted:
            raise Malformed(name, 0, f"{record.name!r} and {wanted[key][0].name!r} have the same key {key!r}")
        wanted[key] = record, json.loads(json.dumps(entry))
    return wanted


def _dropped(before: Iterable[Record]) -> dict[str, frozenset[str]]:
    """Key → keys that its entry was made with."""
    return {key: frozenset(entry) for key, entry in map(encode, before)}


@cache
def _keys_of(category: str) -> frozenset[str]:
    return frozenset({*KEY_TYPES, *CARRIED[category][0]})


@dataclass(frozen=True, slots=True)
class _Update:
    level: Level
    style: Style
    made_with: Mapping[str, frozenset[str]]

    def made(self, wanted: Mapping[str, tuple[Record, Any]]) -> Level:
        """The level that holds what is wanted."""
        names = {str(item.key): str(item.value.get("name", item.key)) for item in self.level.items}
        held = holders({key: record for key, (record, _) in wanted.items()}, names)
        kept = [
            (place_of(wanted[held[item.key]][0]), self._revised(item, held[item.key], *wanted[held[item.key]]))
            for item in self.level.items
            if item.key in held
        ]
        fresh = without(wanted, held.values())
        new = [(place_of(wanted[key][0]), new_item(key, wanted[key][1], self.level, self.style, "")) for key in fresh]
        return settled(self.level, put_in(kept, new), self.style, "")

    def _revised(self, item: Item, key: str, record: Record, entry: Any) -> Item:  # noqa: ANN401 - any JSON value
        if key != item.key:
            item = replace(item, key_text=key_text(key, self.style))
        if said(item.value) == said(entry):
            return item
        ours = Ours(_keys_of(record.category) | self.made_with.get(str(item.key), frozenset()), {"config": _CONFIG})
        return replace(item, body=revised(item.body, entry, ours, self.style, indent_of(item.lead, "")))
