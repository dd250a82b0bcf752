"""One level of a JSON text, taken apart into its items and the blanks between them, and put together again."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

_DECODER: Final = json.JSONDecoder()
_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_COLON: Final = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_CLOSING: Final = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Item:
    """A member of an object, or an item of a list, as it is written."""

    lead: str
    """Blanks before it."""
    key: str | None
    """Its key; `None` in a list."""
    key_text: str
    """Its key as it is written."""
    colon: str
    """The colon with the blanks around it."""
    body: str
    """Its value as it is written."""
    value: Any
    """Its value."""
    tail: str = ""
    """Blanks between it and the comma behind it."""
    at: int = 0
    """Where it begins in the text that it was read from, blanks not counted."""

    @property
    def text(self) -> str:
        """The item without the blanks around it."""
        return f"{self.key_text}{self.colon}{self.body}"


@dataclass(frozen=True, slots=True)
class Level:
    """An object or a list, as it is written. `str(read_level(text)) == text`."""

    opening: str
    """Its opening bracket."""
    items: Sequence[Item]
    """What stands in it."""
    closing: str
    """Blanks before its closing bracket."""

    def __str__(self) -> str:
        """The text."""
        items = ",".join(f"{item.lead}{item.text}{item.tail}" for item in self.items)
        return f"{self.opening}{items}{self.closing}{_CLOSING[self.opening]}"


def is_level(text: str) -> bool:
    """Whether the text of a value is that of an object or a list."""
    return text[0] in _CLOSING


def value_end(text: str, at: int) -> int:
    """Where the value that begins at a place of a valid JSON text ends."""
    return _DECODER.raw_decode(text, at)[1]


def blanks_end(text: str, at: int) -> int:
    """Where the blanks that begin at a place of a text end."""
    return _end(_BLANKS, text, at)


def read_level(text: str) -> Level:
    """The outermost level of a valid JSON text that begins with a bracket and ends with it."""
    if text[blanks_end(text, 1)] == _CLOSING[text[0]]:
        return Level(text[0], (), text[1:-1])
    items: list[Item] = []
    at = 1
    while True:
        item, end = _read_item(text, at, with_key=text[0] == "{")
        at = blanks_end(text, end)
        if text[at] != ",":
            return Level(text[0], (*items, item), text[end:at])
        tail = text[end:at]
        items.append(replace(item, tail=tail) if tail else item)
        at += 1


def _read_item(text: str, at: int, *, with_key: bool) -> tuple[Item, int]:
    start = begin = key_end = blanks_end(text, at)
    key = None
    if with_key:
        key, key_end = _DECODER.raw_decode(text, start)
        begin = _end(_COLON, text, key_end)
    value, end = _DECODER.raw_decode(text, begin)
    item = Item(text[at:start], key, text[start:key_end], text[key_end:begin], text[begin:end], value, at=start)
    return item, end


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
