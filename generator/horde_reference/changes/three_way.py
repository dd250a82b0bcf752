"""Records of two places that both were edited since they were the same: whose word holds for which record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from horde_reference.changes.diff import Change, same
from horde_reference.corpus import Corpus
from horde_reference.records.base import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A record that was edited in the other place."""

    category: str
    name: str
    before: Record | None
    """As it was when both places were the same; `None` where there was none."""
    ours: Record | None
    """As it is here."""
    theirs: Record | None
    """As it is there."""

    @property
    def is_conflict(self) -> bool:
        """Whether it was edited here as well, into something else."""
        return not is_same(self.before, self.ours)

    @property
    def change(self) -> Change:
        """What the other place did to it."""
        return Change(self.before, self.theirs)


Known = Callable[[Edit], bool]
"""Whether what stands in the other place once stood here, so that nobody edited it there."""


def edits(base: Corpus, ours: Corpus, theirs: Corpus, is_known: Known) -> tuple[Edit, ...]:
    """What was edited in the other place, and does not stand here, by category and name.

    Args:
        base: the records when both places were the same.
        ours: the records here.
        theirs: the records there.
        is_known: asked about what looks like an edit: a record may have been adopted here and edited again.
    """
    return tuple(one for one in _different(base, ours, theirs) if not is_known(one))


def is_same(one: Record | None, other: Record | None) -> bool:
    """Whether two records state the same, or are both absent."""
    if one is None or other is None:
        return one is other
    return same(one, other)


def _different(base: Corpus, ours: Corpus, theirs: Corpus) -> Iterator[Edit]:
    for category, there in theirs.categories.items():
        before, here = base[category], ours[category]
        for name in sorted({*before, *here, *there}):
            edit = Edit(
                category=category, name=name, before=before.get(name), ours=here.get(name), theirs=there.get(name)
            )
            if not is_same(edit.theirs, edit.before) and not is_same(edit.theirs, edit.ours):
                yield edit
