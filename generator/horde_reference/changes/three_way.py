"""Records of two places that both were edited since they were the same: whose word holds for which record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from horde_reference.changes.diff import Change, same
from horde_reference.corpus import Corpus
from horde_reference.records.base import Record

Formerly = Mapping[tuple[str, str], tuple[str, ...]]
"""Category and name of a record here → names that it had before, the first one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A record that is another in the other place."""

    category: str
    names: tuple[str, ...]
    """Its name here, and names that it had before, the last one first; where it is not here, its name there."""
    before: Record | None
    """As it was when both places were the same; `None` where there was none."""
    ours: Record | None
    """As it is here."""
    theirs: Record | None
    """As it is there, maybe under a name that it had before."""

    @property
    def name(self) -> str:
        """Its name here; where it is not here, its name there."""
        return self.names[0]

    @property
    def is_made(self) -> bool:
        """Whether the other place made it what it is there, and it does not stand here, under whatever name."""
        return not is_same(self.theirs, self.before) and not is_same(self._adopted, self.ours)

    @property
    def is_conflict(self) -> bool:
        """Whether it was edited here as well, into something else, or took a name there that it gave up here."""
        return not is_same(self.before, self.ours) or self._is_elsewhere

    @property
    def _is_elsewhere(self) -> bool:
        return self.theirs is not None and self.ours is not None and self.theirs.name != self.ours.name

    @property
    def _adopted(self) -> Record | None:
        """What stands there, under the name that it got here since: that it has none there yet is no edit."""
        if self.theirs is None or not self._is_elsewhere or (self.before and self.before.name == self.name):
            return self.theirs
        return replace(self.theirs, name=self.name)

    @property
    def change(self) -> Change:
        """What the other place did to it."""
        return Change(self.before, self.theirs)


def edits(base: Corpus, ours: Corpus, theirs: Corpus, formerly: Formerly) -> Iterator[Edit]:
    """What may have been edited in the other place, and does not stand here, by category and name.

    A record that got another name here is the same record, under whichever of its names the other places have it.

    Args:
        base: the records when both places were the same.
        ours: the records here.
        theirs: the records there.
        formerly: other names of those here.
    """
    for category, there in theirs.categories.items():
        places = base[category], ours[category], there
        for names in _names(category, places, formerly):
            before, here, other = (first_named(place, names) for place in places)
            edit = Edit(category=category, names=names, before=before, ours=here, theirs=other)
            if edit.is_made:
                yield edit


def is_same(one: Record | None, other: Record | None) -> bool:
    """Whether two records state the same, or are both absent."""
    if one is None or other is None:
        return one is other
    return same(one, other)


def first_named(records: Mapping[str, Record], names: Iterable[str]) -> Record | None:
    """The first record that has one of these names."""
    return next((records[name] for name in names if name in records), None)


def _names(category: str, places: tuple[Mapping[str, Record], ...], formerly: Formerly) -> Iterator[tuple[str, ...]]:
    """The names of each record, no name twice: those that a record here has are nobody else's."""
    here = places[1]
    taken = set(here)
    known: dict[str, tuple[str, ...]] = {}
    for name in here:
        free = [one for one in reversed(formerly.get((category, name), ())) if one not in taken]
        known[name] = (name, *_absorbed(name, free, places))
        taken.update(known[name])
    for name in sorted({*taken, *places[0], *places[2]}):
        if name in known or name not in taken:
            yield known.get(name, (name,))


def _absorbed(name: str, former: list[str], places: tuple[Mapping[str, Record], ...]) -> Iterator[str]:
    """Former names under which no second record stands beside this one: that would be another record."""
    base, _, theirs = places
    for one in former:
        if not any(name in place and one in place for place in (base, theirs)):
            yield one
