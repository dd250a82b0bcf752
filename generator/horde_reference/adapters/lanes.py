"""Work in lanes: a few of them at a time, and within each one thing after the other."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event
from typing import Generic, TypeVar

LaneT = TypeVar("LaneT")
FoundT = TypeVar("FoundT")


@dataclass(frozen=True, slots=True)
class _Lanes(Generic[LaneT, FoundT]):
    work: Callable[[LaneT], Iterable[FoundT]]
    # What was found, each in a tuple of one, and `None` at the end of each lane.
    found: "SimpleQueue[tuple[FoundT] | None]" = field(default_factory=SimpleQueue)
    given_up: Event = field(default_factory=Event)

    def drive(self, lane: LaneT) -> None:
        try:
            for one in self.work(lane):
                self.found.put((one,))
                if self.given_up.is_set():
                    break
        finally:
            self.found.put(None)


def in_lanes(lanes: Iterable[LaneT], work: Callable[[LaneT], Iterable[FoundT]], at_once: int) -> Iterator[FoundT]:
    """What the work on all lanes gives, as it comes. Whoever stops listening stops the work.

    Args:
        lanes: what each piece of work is about.
        work: does one lane, and gives one thing after the other.
        at_once: lanes that are worked on at the same time.
    """
    run: _Lanes[LaneT, FoundT] = _Lanes(work)
    with ThreadPoolExecutor(at_once) as pool:
        driven = [pool.submit(run.drive, lane) for lane in lanes]
        try:
            left = len(driven)
            while left:
                one = run.found.get()
                if one is None:
                    left -= 1
                else:
                    yield one[0]
        finally:
            run.given_up.set()
            pool.shutdown(wait=False, cancel_futures=True)
        for ended in driven:
            ended.result()  # raises what ended a lane before its end
