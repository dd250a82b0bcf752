"""How many records there were, as time went by."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from horde_reference.changes.diff import Operation
from horde_reference.history.event import Event

MOST_DAYS: Final = 120
"""Days at which records are counted, at most; they lie evenly in the time that is told of."""

_STEPS: Final[Mapping[Operation | None, int]] = {"create": 1, "delete": -1, "update": 0, None: 0}


@dataclass(frozen=True, slots=True)
class Growth:
    """Records that were offered, on some days."""

    days: Sequence[date]
    """The days in UTC, oldest first: the first and the last that is told of, and some between them."""
    counts: Mapping[str, Sequence[int]]
    """Category → how many records it had at the end of each day; a category that never had any is left out."""

    @property
    def totals(self) -> list[int]:
        """How many there were in all categories together."""
        return [sum(day) for day in zip(*self.counts.values(), strict=True)]


def growth(events: Sequence[Event]) -> Growth:
    """Count the records from the first event to the last.

    Args:
        events: all that happened, oldest first.
    """
    steps: dict[str, _Steps] = {}
    for event in events:
        if (step := _STEPS[event.effect]) != 0:
            steps.setdefault(event.category, _Steps([], [])).add(event.commit.when.date(), step)
    if not steps:
        return Growth((), {})
    told = [day for one in steps.values() for day in (one.days[0], one.days[-1])]
    days = _days(min(told), max(*told, events[-1].commit.when.date()))
    return Growth(days, {category: [one.at(day) for day in days] for category, one in steps.items()})


@dataclass(frozen=True, slots=True)
class _Steps:
    """The days on which a number changed, and what it was then. Days never go back, whatever the clocks of commits."""

    days: list[date]
    numbers: list[int]

    def add(self, day: date, step: int) -> None:
        self.numbers.append((self.numbers[-1] if self.numbers else 0) + step)
        self.days.append(max(day, self.days[-1]) if self.days else day)

    def at(self, day: date) -> int:
        place = bisect_right(self.days, day)
        return self.numbers[place - 1] if place else 0


def _days(first: date, last: date) -> list[date]:
    """The two days and some between them, none twice."""
    span = (last - first).days
    number = min(span, MOST_DAYS - 1)
    return [first + timedelta(days=span * place // max(number, 1)) for place in range(number + 1)]
