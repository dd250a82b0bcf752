"""Numbers as drawings: bars beside their labels, columns of a histogram, lines over time.

Bars stand in a table, so the table is the chart. Where something is drawn alone, a table with its numbers goes with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from horde_reference.analytics.counting import percentage
from horde_reference.emit.site.picture import Picture, picture

_GAP: Final = 0.18
"""Share of the room of a column that stays free."""
_SHOWN_ROWS: Final = 24
"""Rows of the table beside a line, at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: a label, a number, and a bar as long as the number is large."""

    label: str
    count: int
    share: float | None
    """Share of the whole, in percent; `None` where there is no whole to speak of."""
    href: str | None = None
    """Link behind the way to the web root."""
    note: str = ""
    """What else is said of it."""
    length: float = 0
    """Length of the bar, in percent of the longest."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a histogram. Places and sizes are in percent of the drawing."""

    label: str
    words: str
    """The label in full, as a sentence would have it."""
    count: int
    share: float
    """Share of the whole, in percent."""
    left: float = 0
    width: float = 0
    middle: float = 0
    height: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A number over time, and some of its values as a table."""

    picture: Picture
    rows: Sequence[tuple[str, int | None]]
    """Day and number, newest first: the first, the last, and some between them."""


def bars(rows: Iterable[Bar], most: int, others: str = "") -> list[Bar]:
    """Bars with their lengths, the longest as long as there is room for.

    Args:
        rows: the bars, those to be shown first.
        most: how many to show.
        others: what the rest is called, which becomes one more row without a bar; empty where it is not to be shown.
    """
    found = list(rows)
    shown, rest = found[:most], found[most:]
    longest = max((one.count for one in shown), default=0)
    drawn = [replace(one, length=percentage(one.count, longest)) for one in shown]
    if rest and others:
        share = round(sum(one.share or 0 for one in rest), 2)
        drawn.append(Bar(f"{len(rest)} {others}", sum(one.count for one in rest), share))
    return drawn


def columns(found: Sequence[Column]) -> list[Column]:
    """Columns with their places beside each other; none where all of them are empty."""
    highest = max((one.count for one in found), default=0)
    room = 100 / max(len(found), 1)
    return [
        replace(
            one,
            left=round((place + _GAP / 2) * room, 2),
            width=round((1 - _GAP) * room, 2),
            middle=round((place + 0.5) * room, 2),
            height=percentage(one.count, highest),
        )
        for place, one in enumerate(found)
        if highest
    ]


def line(days: Sequence[date | str], numbers: Sequence[int | None]) -> Line | None:
    """A number over time; `None` where too little is known to draw a line."""
    written = [str(day) for day in days]
    drawn = picture(written, numbers) if len(numbers) > 1 else None
    if drawn is None:
        return None
    step = -(-len(written) // _SHOWN_ROWS)
    shown = sorted({0, *range(len(written) - 1, 0, -step)}, reverse=True)
    return Line(drawn, [(written[place], numbers[place]) for place in shown])
