"""Pydantic's readers and writers of records: strict, and telling all faults of a file at once."""

from functools import cache

from pydantic import TypeAdapter

from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES


@cache
def adapter_of(category: str) -> TypeAdapter[Record]:
    """The reader and writer of a category's records. Made when first asked for: each takes milliseconds."""
    return TypeAdapter(CATEGORIES[category].record)
