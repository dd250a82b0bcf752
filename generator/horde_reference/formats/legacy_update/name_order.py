"""The order in which the text repository's people keep their table: that of an editor's "sort lines".

Case is ignored, and marks come before digits and letters, as in the collation of Unicode. A name is compared with
the comma that ends its cell: so `bloom-7b1` stands before `bloom`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from horde_reference.formats.legacy_order import longest_rising

_MARKS: Final = {mark: place for place, mark in enumerate(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$")}
_ASTRAY: Final = 10
"""One name in so many may stand elsewhere in a table that is still in order."""

SortKey = tuple[tuple[tuple[int, str], ...], str]


def sort_key(name: str) -> SortKey:
    """Sort key of a name; names that differ in case only stand in the order of their characters."""
    return tuple((_MARKS.get(mark, len(_MARKS)), mark) for mark in f"{name.casefold()},"), name


def in_order(names: Sequence[str | None]) -> list[SortKey | None] | None:
    """Sort key of each name, `None` for one that stands astray; `None` for names that are not in order at all."""
    keys = [None if name is None else sort_key(name) for name in names]
    run = set(longest_rising(keys, bisect_right))
    astray = sum(key is not None for key in keys) - len(run)
    if astray * _ASTRAY > len(keys):
        return None
    return [key if at in run else None for at, key in enumerate(keys)]
