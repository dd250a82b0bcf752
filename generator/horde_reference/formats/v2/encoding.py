"""From records to the v2 format."""

from collections.abc import Iterable, Mapping
from typing import Final

import orjson

from horde_reference.formats.validating import adapter_of
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.names import parse_name
from horde_reference.tree import Members

SCHEMA_VERSION: Final = "2.0.0"
"""Version of the record format that released clients expect in `metadata`."""

_PRIVATE: Final = {"legacy", "exceptions", "withdrawn", "aliases"}  # what the files in data/ say to us, not to clients


def _head(category: Category) -> bytes:
    return b'{"record_type":' + orjson.dumps(category.name) + b","


def _tail(category: Category) -> bytes:
    """The end of a record whose past nobody knows."""
    metadata = orjson.dumps({"schema_version": SCHEMA_VERSION})
    return b',"model_classification":' + orjson.dumps(category.classification) + b',"metadata":' + metadata + b"}"


_ENDS: Final[Mapping[str, tuple[bytes, bytes]]] = {
    name: (_head(category), _tail(category)) for name, category in CATEGORIES.items()
}


def encode(record: Record, past: Mapping[str, int | str] | None = None, group: str | None = None) -> bytes:
    """The published object of a record: compact, no nulls, lists and flags always present.

    Args:
        record: the record.
        past: what `metadata` says of it besides: created_at, updated_at, created_by, updated_by.
        group: the group that a text model belongs to, where it is known already.
    """
    head, tail = _ENDS[record.category]
    body = adapter_of(record.category).dump_json(record, exclude=_PRIVATE, exclude_none=True)
    if past:
        tail = tail[:-2] + b"," + orjson.dumps(past)[1:] + b"}"
    if isinstance(record, TextGeneration):
        tail = b',"text_model_group":' + orjson.dumps(group or parse_name(record.name).group) + tail
    return head + body[1:-1] + tail


def member_text(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Members of a category's file, from names and encoded records."""
    return b",".join([orjson.dumps(name) + b":" + body for name, body in entries])


def category_file(texts: Iterable[bytes]) -> Members:
    """The file of a category from the texts of its members."""
    return Members(tuple(texts), b"}\n")
