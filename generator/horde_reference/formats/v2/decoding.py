"""From the v2 format to records, as a client reads it: quickly, and never losing a category to one bad record.

What is published was checked when it was published. So types are checked and bounds are not, and keys that we do not
know are passed over: a later version may have more of them.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import GenericAlias
from typing import Final, cast

import msgspec

from horde_reference.errors import Unsound
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES

NOT_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading JSON fails with, whatever the bytes: the last where it is nested without end."""

_MEMBERS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Problem:
    """A record that could not be read, and was passed over."""

    __slots__ = ("category", "message", "name")

    def __init__(self, category: str, name: str, message: str) -> None:
        self.category = category
        """Category of the record."""
        self.name = name
        """Name under which it stands."""
        self.message = message
        """What is wrong with it."""

    def __repr__(self) -> str:
        return f"{self.category} {self.name!r}: {self.message}"


def members(raw: bytes) -> Mapping[str, msgspec.Raw]:
    """The members of a JSON object, each as its text.

    Raises:
        Unsound: it is not a JSON object.
    """
    try:
        return _MEMBERS.decode(raw)
    except NOT_JSON as error:
        return _members_leniently(raw, error)


def _members_leniently(raw: bytes, error: Exception) -> Mapping[str, msgspec.Raw]:
    """The members where one holds what strict readers refuse, such as NaN or half of a surrogate pair."""
    json = import_module("json")  # rarely needed
    try:
        found = json.loads(raw.decode(errors="replace"))
        if isinstance(found, dict):
            return {name: msgspec.Raw(json.dumps(value).encode()) for name, value in found.items()}
    except (ValueError, RecursionError):
        pass
    raise Unsound(f"it is not a JSON object: {error}") from error


def decode_category(category: str, raw: bytes, problems: list[Problem]) -> dict[str, Record]:
    """The records of a published category by their own names, in the order in which they stand.

    Args:
        category: name of the category.
        raw: the file, `{name: record}`. A member that is a text says why there is no such record.
        problems: what cannot be read is added here.

    Raises:
        Unsound: it is not a JSON object.
    """
    try:
        found = _by_name(category).decode(raw)
    except NOT_JSON:
        return {record.name: record for record in _one_by_one(category, raw, problems)}
    return {record.name: record for record in found.values()}


def _one_by_one(category: str, raw: bytes, problems: list[Problem]) -> Iterator[Record]:
    for name, text in members(raw).items():
        try:
            yield _one(category).decode(text)
        except NOT_JSON as error:
            problems.append(Problem(category, name, _said(bytes(text)) or str(error)))


def _said(text: bytes) -> str:
    """Why there is no record, where its place holds a text that says so."""
    try:
        return msgspec.json.decode(text, type=str)
    except NOT_JSON:
        return ""


@cache
def _one(category: str) -> msgspec.json.Decoder[Record]:
    return msgspec.json.Decoder(CATEGORIES[category].record)


@cache
def _by_name(category: str) -> msgspec.json.Decoder[dict[str, Record]]:
    shape = GenericAlias(dict, (str, CATEGORIES[category].record))
    return msgspec.json.Decoder(cast("type[dict[str, Record]]", shape))
