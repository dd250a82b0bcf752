"""The steps of a selection: each takes records and passes on some of them, or all in another order."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Generic, Literal, TypeVar

from horde_reference.records.base import Record

RecordT = TypeVar("RecordT", bound=Record)
Effect = Literal["filters", "sorts", "cuts"]


class Step(Generic[RecordT]):
    """One step of a selection."""

    __slots__ = ("apply", "effect", "said", "tests")

    def __init__(
        self,
        said: str,
        effect: Effect,
        apply: Callable[[Iterable[RecordT]], Iterable[RecordT]],
        tests: Sequence[Callable[[RecordT], bool]] = (),
    ) -> None:
        self.said = said
        """What it does, for people."""
        self.effect = effect
        """Whether it looks at each record alone, only changes their order, or depends on it."""
        self.apply = apply
        """Does it."""
        self.tests = tests
        """What a filter asks of each record."""


def filtering(said: str, tests: Sequence[Callable[[RecordT], bool]]) -> Step[RecordT]:
    """The step that passes on the records which pass all tests."""

    def apply(records: Iterable[RecordT]) -> Iterable[RecordT]:
        for test in tests:
            records = filter(test, records)
        return records

    return Step(said, "filters", apply, tests)


def cutting(said: str, start: int, stop: int | None) -> Step[RecordT]:  # pyright: ignore[reportInvalidTypeVarUse] - callers know it
    """The step that passes on the records from one place to another.

    Raises:
        ValueError: a place is negative.
    """
    if start < 0 or (stop is not None and stop < 0):
        raise ValueError(f"{said}: a number of records is not negative")
    return Step(said, "cuts", lambda records: islice(records, start, stop))
