"""What a selection of records gives."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from horde_reference.query.errors import UnknownName
from horde_reference.query.fields import called, field_of
from horde_reference.query.ordering import countable, distinct, grouped
from horde_reference.query.steps import Step
from horde_reference.records.base import Record

RecordT_co = TypeVar("RecordT_co", bound=Record, covariant=True)
DefaultT = TypeVar("DefaultT")


class Selection(Generic[RecordT_co]):
    """Records of one kind, read when they are asked for and anew each time.

    `list(selection)` evaluates a filter twice, as Python asks for the length first; a loop does not.
    """

    __slots__ = ("_kind", "_load", "_steps")

    def __init__(
        self,
        kind: type[RecordT_co],
        load: Callable[[], Mapping[str, RecordT_co]],
        steps: Iterable[Step[RecordT_co]] = (),
    ) -> None:
        """All records of a kind, taken through some steps.

        Args:
            kind: Type of the records.
            load: Gives them by name, in the order in which they are published. Called at each evaluation.
            steps: What to do with them.
        """
        self._kind = kind
        self._load = load
        self._steps = tuple(steps)

    @property
    def kind(self) -> type[RecordT_co]:
        """Type of the records."""
        return self._kind

    def __repr__(self) -> str:
        steps = "; ".join(step.said for step in self._steps) or "all"
        return f"<{type(self).__name__} of {getattr(self._kind, 'category', self._kind.__name__)}: {steps}>"

    def __iter__(self) -> Iterator[RecordT_co]:
        return self._run(self._steps)

    def __len__(self) -> int:
        return self.count()

    def __bool__(self) -> bool:
        return self.first() is not None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._find(name) is not None

    def __getitem__(self, name: str) -> RecordT_co:
        """The selected record of this name.

        Raises:
            UnknownName: there is none.
        """
        record = self._find(name)
        if record is None:
            sentence = f"There is no {called(self._kind).removesuffix('s')} {name!r}{' here' if self._steps else ''}."
            raise UnknownName(name, self.names(), sentence)
        return record

    def get(self, name: str, default: DefaultT | None = None) -> RecordT_co | DefaultT | None:
        """The selected record of this name, or the default where there is none."""
        record = self._find(name)
        return default if record is None else record

    def first(self) -> RecordT_co | None:
        """The first selected record; `None` where there is none."""
        return next(iter(self), None)

    def count(self) -> int:
        """Number of selected records."""
        steps = self._unordered()
        return sum(1 for _ in self._run(steps)) if steps else len(self._load())

    def names(self) -> list[str]:
        """Names of the selected records."""
        return [record.name for record in self]

    def to_dict(self) -> dict[str, RecordT_co]:
        """The selected records by name."""
        return {record.name: record for record in self}

    def values(self, field: str) -> list[object]:
        """The value of a field for each record; `None` where one does not state it.

        Raises:
            UnknownField: the records have no such field.
        """
        return list(map(field_of(self._kind, field).read, self))

    def distinct(self, field: str) -> list[object]:
        """Every value of a field once, in ascending order; of lists, every member.

        Raises:
            UnknownField: the records have no such field.
            Unsuitable: its values are dictionaries.
        """
        return distinct(self, countable(field_of(self._kind, field)))

    def group_by(self, field: str) -> dict[object, list[RecordT_co]]:
        """The records by the value of a field; with a list, in the group of each of its members.

        Those that do not state it are in the group of `None`, which is last.

        Raises:
            UnknownField: the records have no such field.
            Unsuitable: its values are dictionaries.
        """
        return grouped(self, countable(field_of(self._kind, field)))

    def _run(self, steps: Iterable[Step[RecordT_co]]) -> Iterator[RecordT_co]:
        records: Iterable[RecordT_co] = self._load().values()
        for step in steps:
            records = step.apply(records)
        return iter(records)

    def _cuts(self) -> bool:
        return any(step.effect == "cuts" for step in self._steps)

    def _unordered(self) -> list[Step[RecordT_co]]:
        """The steps that decide which records there are: their order does not, unless something is cut off."""
        return [step for step in self._steps if step.effect != "sorts" or self._cuts()]

    def _find(self, name: str) -> RecordT_co | None:
        if self._cuts():
            return next((record for record in self if record.name == name), None)
        record = self._load().get(name)
        tests = (test for step in self._steps for test in step.tests)
        return record if record is not None and all(test(record) for test in tests) else None
