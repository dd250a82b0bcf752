"""The reference: all records that sources have, as typed queries."""

import time
from collections.abc import Iterator, Mapping
from operator import is_
from types import TracebackType
from typing import Self, cast

from horde_reference.client.cached import Cached
from horde_reference.client.guard import MAX_SHRINK
from horde_reference.client.layer import NOTHING, Layer, Loaded
from horde_reference.client.shortcuts import RecordT, Shortcuts
from horde_reference.client.source import Source
from horde_reference.client.status import CategoryStatus
from horde_reference.client.stores import MemoryStore
from horde_reference.errors import NotThere, Unread
from horde_reference.formats import head as heads
from horde_reference.formats.addresses import category_path
from horde_reference.formats.head import Head
from horde_reference.formats.v2.decoding import Problem
from horde_reference.query.query import Query
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES


class Reference(Shortcuts):
    """Records from one or more sources, read when they are asked for and kept in memory.

    Of several sources the first that has a record gives it: put your own before the public one. The last is the
    base, without which there is no answer. May be used by several threads.
    """

    def __init__(self, *sources: Source, ttl: float | None = 60.0, max_shrink: float = MAX_SHRINK) -> None:
        """A reference over sources.

        Args:
            sources: where records come from, those that take precedence first.
            ttl: seconds for which a category is given without asking its sources; `None` for until `refresh`.
            max_shrink: share of its records that a category may lose at once; what loses more is not believed.
        """
        if not sources:
            raise ValueError("A reference needs at least one source.")
        *over, base = sources
        self._ttl = ttl
        self._base = Layer(Cached(base, MemoryStore(), ttl=ttl, max_shrink=max_shrink))
        # What lies over the base may be taken away, to the last record.
        self._over = [
            Layer(Cached(one, MemoryStore(), ttl=ttl, max_shrink=1.0, forget_missing=True)) for one in reversed(over)
        ]
        self._merged: dict[str, tuple[list[Loaded], Mapping[str, Record]]] = {}

    def of(self, kind: type[RecordT]) -> Query[RecordT]:
        """All records of a type, for example `reference.of(ImageGeneration)`."""
        return Query(kind, lambda: cast("Mapping[str, RecordT]", self._records(kind.category)))

    def category(self, name: str) -> Query[Record]:
        """All records of a category that is known by name only; `KeyError` if there is no such."""
        return Query(CATEGORIES[name].record, lambda: self._records(name))

    def __iter__(self) -> Iterator[Record]:
        """Every record of every category."""
        for name in CATEGORIES:
            yield from self._records(name).values()

    def origin(self, record: Record) -> str:
        """Which source a record of this name comes from; `KeyError` if none has it."""
        for layer in reversed(self._layers):
            if record.name in layer.loaded.get(record.category, NOTHING).records:
                return str(layer.source)
        raise KeyError(record.name)

    def load(self, *kinds: type[Record]) -> Self:
        """Read these types of records now, or all of them; what follows then waits for nothing while it is fresh.

        Raises:
            Unread: a category can be had from nowhere.
        """
        for category in [kind.category for kind in kinds] or CATEGORIES:
            self._read(category)
        return self

    def refresh(self) -> bool:
        """Ask the sources now whether anything changed in what was read so far.

        Returns whether all could be asked; where not, what was read before stays.
        """
        start = time.time()
        for layer in self._layers:
            layer.source.expire()
        categories = list(self._merged)
        for category in categories:
            self._read(category)
        return all(self._is_checked(layer, category, start) for layer in self._layers for category in categories)

    def _is_checked(self, layer: Layer, category: str, since: float) -> bool:
        try:
            answer = layer.source.read(category_path(category))
        except Unread as failure:
            return isinstance(failure, NotThere) and layer is not self._base
        return answer.failure is None and answer.checked >= since

    @property
    def head(self) -> Head | None:
        """Number, commit and time of what the base publishes; `None` where it does not say."""
        try:
            return heads.decode(self._base.source.read(heads.PATH).body or b"")
        except NotThere:
            return None

    @property
    def problems(self) -> list[Problem]:
        """Records that could not be read and were passed over, of what was read so far."""
        return [one for layer in self._layers for found in layer.loaded.values() for one in found.problems]

    def age(self, kind: type[Record]) -> float:
        """Seconds since the base of a type of records was last known to be so."""
        return max(0.0, time.time() - self._base.source.read(category_path(kind.category)).checked)

    def status(self) -> list[CategoryStatus]:
        """What is known of each category; reads those that were not read yet."""
        return [self._status(category) for category in CATEGORIES]

    def _status(self, category: str) -> CategoryStatus:
        base, path = self._base.source, category_path(category)
        try:
            count = len(self._records(category))
            checked = base.read(path).checked
        except Unread as failure:
            return CategoryStatus(category, None, None, str(failure))
        failure_now = base.failure(path)
        return CategoryStatus(category, count, max(0.0, time.time() - checked), str(failure_now or ""))

    @property
    def _layers(self) -> list[Layer]:
        """From the base up: a later one takes precedence."""
        return [self._base, *self._over]

    def _records(self, category: str) -> Mapping[str, Record]:
        """The records of a category. Without a time to live only `refresh` asks again: nobody else waits for it."""
        if self._ttl is None and category in self._merged:
            return self._merged[category][1]
        return self._read(category)

    def _read(self, category: str) -> Mapping[str, Record]:
        states = [self._base.load(category), *(layer.load_if_there(category) for layer in self._over)]
        before = self._merged.get(category)
        if before is not None and all(map(is_, states, before[0])):
            return before[1]
        found = states[0].records
        if self._over:
            merged = {name: record for state in states for name, record in state.records.items()}
            found = dict(sorted(merged.items()))
        self._merged[category] = states, found
        return found

    def close(self) -> None:
        """Let go of connections; the reference may still be used."""
        for layer in self._layers:
            layer.source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def sources(self) -> list[str]:
        """What records are read from, those that take precedence first."""
        return [str(layer.source) for layer in reversed(self._layers)]

    def __repr__(self) -> str:
        return f"<Reference to {' over '.join(self.sources)}>"
