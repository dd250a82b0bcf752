"""How many models take how much of a disk."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from horde_reference.analytics.counting import percentage
from horde_reference.analytics.thresholds import SIZE_EDGES
from horde_reference.records.base import Record

_GIGABYTE: Final = 10**9


@dataclass(frozen=True, slots=True)
class SizeShare:
    """How many models take at least the one number of gigabytes, and less than the other."""

    least: int
    """The least, in GB."""
    below: int | None
    """What they stay below, in GB; `None` for the last bucket."""
    count: int
    """How many do."""
    percentage: float
    """Share of those whose size is stated, in percent, to 2 places."""


def sizes(records: Iterable[Record]) -> list[SizeShare]:
    """The models whose size is stated, by buckets; none where nothing is stated."""
    edges = [edge * _GIGABYTE for edge in SIZE_EDGES]
    stated = [record.size_on_disk_bytes for record in records if record.size_on_disk_bytes is not None]
    counts = Counter(bisect_right(edges, size) for size in stated)
    ends = pairwise((0, *SIZE_EDGES, None))
    found = [
        SizeShare(least or 0, below, counts[place], percentage(counts[place], len(stated)))
        for place, (least, below) in enumerate(ends)
    ]
    return found if stated else []
