"""A JSON text revised to say something else, changing as little of it as that takes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from types import MappingProxyType
from typing import Any, Final

from horde_reference.formats.legacy_update.json_level import Item, Level, is_level, read_level
from horde_reference.formats.legacy_update.json_style import Style, indent_of, is_one_line, new_item, written

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ours:
    """Which keys of an object are ours. What is not ours stays as people wrote it."""

    keys: frozenset[str] | None = None
    """The keys; `None` where all are."""
    inside: Mapping[str, "Ours"] = field(default_factory=lambda: MappingProxyType({}))
    """Key → the same for the object, or each object of the list, that is its value."""

    def owns(self, key: str) -> bool:
        """Whether a key is ours: without a value, it goes."""
        return self.keys is None or key in self.keys

    def within(self, key: str) -> "Ours":
        """The same for the value of a key."""
        return self.inside.get(key, ALL_OURS)


ALL_OURS: Final = Ours()
_IDENTITIES: Final = ("path", "file_name")
"""Keys that tell the objects of a list apart."""
_DIGITS: Final = frozenset({"sha256sum", "md5sum"})
"""Keys of hexadecimal digits, which say the same in any case."""


def revised(text: str, wanted: Any, ours: Ours, style: Style, indent: str) -> str:  # noqa: ANN401 - any JSON value
    """The text of a value that shall say `wanted`.

    Args:
        text: what is written now, and says something else.
        wanted: a JSON value without tuples.
        ours: keys that may be removed.
        style: how the file is written.
        indent: indentation of the line on which the value begins.
    """
    if not is_level(text):
        return written(wanted, style, indent)
    level = read_level(text)
    revision = _Revision(level, ours, style, indent)
    match level.opening, wanted:
        case "{", dict():
            return str(settled(level, revision.members(wanted), style, indent))
        case "[", list():
            return str(settled(level, list(revision.listed(wanted)), style, indent))
    return written(wanted, style, indent)


def settled(level: Level, items: Sequence[Item], style: Style, indent: str) -> Level:
    """The level with other items, its brackets and the first item's blanks as they should be."""
    if not items:
        return replace(level, items=(), closing="" if level.items else level.closing)
    closing = level.closing
    if is_one_line(level, style):
        first = level.items[0].lead if level.items else ""
        behind = [_behind(item, level, style) for item in items[1:]]
        return replace(level, items=(replace(items[0], lead=first), *behind))
    if not level.items:
        closing = style.newline + indent
    return replace(level, items=items, closing=closing)


def _behind(item: Item, level: Level, style: Style) -> Item:
    """An item of a line that does not come first, if it came first before."""
    if not level.items or item.at != level.items[0].at or not item.at:
        return item
    return replace(item, lead=level.items[1].lead if len(level.items) > 1 else style.gap)


@dataclass(frozen=True, slots=True)
class _Revision:
    level: Level
    ours: Ours
    style: Style
    indent: str

    def members(self, wanted: Object) -> list[Item]:
        """The members of an object, new ones behind the member that comes before them in `wanted`.

        Of a key that stands twice the last counts, as for every reader; the others stay as they are.
        """
        last = {item.key: item for item in self.level.items}
        items = [
            self._said_by(item, wanted) if last[item.key] is item else item
            for item in self.level.items
            if item.key in wanted or not self.ours.owns(str(item.key))
        ]
        before: str | None = None
        for key, value in wanted.items():
            if key not in last:
                at = 1 + max((place for place, item in enumerate(items) if item.key == before), default=-1)
                items.insert(at, new_item(key, value, self.level, self.style, self.indent))
            before = key
        return items

    def _said_by(self, item: Item, wanted: Object) -> Item:
        key = str(item.key)
        if key not in wanted or (key in _DIGITS and _digits(item.value) == _digits(wanted[key])):
            return item
        return self._as(item, wanted[key], self.ours.within(key))

    def listed(self, wanted: list[Any]) -> Iterator[Item]:
        """The items of a list: those that stay, those that say something else, new ones between them."""
        theirs, ours = [_identity(item.value) for item in self.level.items], [_identity(value) for value in wanted]
        steps = SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
        for _, start, end, begin, finish in steps:
            pairs = zip_longest(self.level.items[start:end], wanted[begin:finish], fillvalue=_NOTHING)
            for item, value in pairs:
                if item is _NOTHING:
                    yield new_item(None, value, self.level, self.style, self.indent)
                elif value is not _NOTHING:
                    yield self._as(item, value, self.ours)

    def _as(self, item: Item, wanted: Any, ours: Ours) -> Item:  # noqa: ANN401 - any JSON value
        if said(item.value) == said(wanted):
            return item
        body = revised(item.body, wanted, ours, self.style, indent_of(item.lead, self.indent))
        return replace(item, body=body, value=wanted)


_NOTHING: Final[Any] = object()


def _digits(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return value.lower() if isinstance(value, str) else value


def _identity(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """What makes an item of a list the same one in two states of the list."""
    if isinstance(value, dict):
        return next((said(value[key]) for key in _IDENTITIES if key in value), said(value))
    return said(value)


def said(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """What a value says, however it is written. To Python `1 == True`."""
    return json.dumps(value, sort_keys=True)
