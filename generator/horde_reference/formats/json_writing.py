"""Writing JSON: for people, for machines, and as the legacy files have it."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec
import orjson

from horde_reference.tree import Members

ItemT = TypeVar("ItemT")


def pretty(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """A JSON text for people: two blanks a level, UTF-8, a newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def compact(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """A JSON text for machines: no blanks, UTF-8, a newline at the end."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


_NOT_ASCII: Final = re.compile("[^\x00-\x7e]")
CHUNK: Final = 1000
"""Members of a large object that are handled at a time: enough to be fast, few enough to stay small."""


def chunks(items: Iterable[ItemT]) -> Iterator[list[ItemT]]:
    """The items in lists of `CHUNK`, the last one shorter."""
    rest = iter(items)
    return iter(lambda: list(islice(rest, CHUNK)), [])


def member(key: str, value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """A member of an object, compact."""
    return orjson.dumps({key: value})[1:-1]


def legacy_object(members: Iterable[bytes]) -> Members:
    """A JSON object as the legacy files write it: four blanks a level, all but ASCII escaped, a newline at the end.

    The text of `json.dumps(value, indent=4)`, but for the spelling of very large and very small fractions.
    """
    return Members(tuple(map(_legacy_members, chunks(members))), b"\n}\n")


def _legacy_members(members: Iterable[bytes]) -> bytes:
    """The members of an object without its braces."""
    text = msgspec.json.format(b"{" + b",".join(members) + b"}", indent=4)[1:-2]
    return text if text.isascii() and b"\x7f" not in text else _NOT_ASCII.sub(_escape, text.decode()).encode()


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
