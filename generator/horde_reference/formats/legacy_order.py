"""Places in the legacy files: what keeps each record where the file's maintainers put it."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from horde_reference.records.base import ImageRepositoryRecord, Record
from horde_reference.records.kinds import TextGeneration

_PLACED = (ImageRepositoryRecord, TextGeneration)


def position_of(record: Record) -> float | None:
    """Place of a record in its legacy file; `None` for one that did not come from there."""
    legacy = record.legacy if isinstance(record, _PLACED) else None
    return legacy.position if legacy else None


def file_order(record: Record) -> tuple[float, str]:
    """Sort key that gives records their place in the legacy files; new ones come last, by name."""
    position = position_of(record)
    return (float("inf") if position is None else position, record.name)


def positions(names: Sequence[str], known: Mapping[str, float]) -> dict[str, float]:
    """A place for each name, in the order of the names, that keeps as many of the known places as it can.

    A name that moved or is new gets a place between its neighbours', a fraction where there is no whole number:
    one record more or less in the legacy file touches no other record's file.
    """
    kept = [-1, *longest_rising([known.get(name) for name in names]), len(names)]
    places: dict[str, float] = {}
    for before, after in pairwise(kept):
        low = known[names[before]] if before >= 0 else 0
        high = known[names[after]] if after < len(names) else None
        between = names[before + 1 : after]
        places |= zip(between, _spread(low, high, len(between)), strict=True)
        if high is not None:
            places[names[after]] = high
    return places


def _spread(low: float, high: float | None, number: int) -> list[float]:
    """So many rising places between two; whole ones where the room allows."""
    if high is None:
        return [int(low) + step for step in range(1, number + 1)]
    whole = [int(low) + step for step in range(1, number + 1)]
    if not whole or whole[-1] < high:
        return list(whole)
    return [low + (high - low) * step / (number + 1) for step in range(1, number + 1)]


def longest_rising(values: Sequence[Any], find: Callable[[list[Any], Any], int] = bisect_left) -> list[int]:
    """Indexes of a longest strictly rising run of the values that are not `None`; with `bisect_right`, not falling."""
    tails: list[Any] = []
    ends: list[int] = []
    previous: dict[int, int] = {}
    for index, value in enumerate(values):
        if value is None:
            continue
        length = find(tails, value)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [index]
        previous[index] = ends[length - 1] if length else -1
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(index)
        index = previous[index]
    return run[::-1]
