"""Numbers over time as a line: the paths of a drawing, made when the page is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 120
_TOP: Final = 6
_LEAST: Final = 2
"""Days that make a line."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A line, and in words what it shows."""

    line: str
    """Path of the line, with gaps where nothing is known."""
    area: str
    """Path of what lies below it."""
    first: str
    """The first of the days."""
    last: str
    """The last of them."""
    highest: int
    """The largest number."""
    latest: int
    """The last that is known."""


def picture(days: Sequence[str], numbers: Sequence[int | None]) -> Picture | None:
    """The picture of a number a day; `None` where too few are known to make a line."""
    known = [number for number in numbers if number is not None]
    if len(known) < _LEAST:
        return None
    highest = max(known)
    runs = list(_runs(numbers, max(highest, 1)))
    return Picture(
        line="".join(map(_line, runs)),
        area="".join(f"{_line(run)}L{_place(run[-1][0])} {HEIGHT}L{_place(run[0][0])} {HEIGHT}Z" for run in runs),
        first=days[0],
        last=days[-1],
        highest=highest,
        latest=known[-1],
    )


_Run = list[tuple[float, float]]


def _runs(numbers: Sequence[int | None], highest: int) -> Iterator[_Run]:
    """Points of days that follow each other; a day alone becomes a short dash."""
    step = WIDTH / max(len(numbers) - 1, 1)
    run: _Run = []
    for place, number in enumerate([*numbers, None]):
        if number is not None:
            run.append((place * step, HEIGHT - number / highest * (HEIGHT - _TOP)))
        elif run:
            yield run if len(run) > 1 else [run[0], (run[0][0] + 1, run[0][1])]
            run = []


def _line(run: _Run) -> str:
    return "M" + "L".join(f"{_place(across)} {_place(down)}" for across, down in run)


def _place(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
