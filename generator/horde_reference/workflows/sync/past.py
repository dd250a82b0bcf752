"""When a record was last the same on both sides: what one sync leaves, a later one must not take for settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from horde_reference.adapters.git.failures import NoRevision
from horde_reference.changes.three_way import Edit, first_named, is_same
from horde_reference.corpus import Corpus
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.sync.ours import Ours
from horde_reference.workflows.sync.state import fixed, state_of
from horde_reference.workflows.sync.targets import MOST_SYNCS, Sync, Target

_NOTHING: Final[Mapping[str, Record]] = MappingProxyType({})


class Past:
    """The last syncs of a legacy repository that were made from a history of ours."""

    def __init__(self, ours: Ours, target: Target) -> None:
        self.ours = ours
        self.there = target
        self._read: dict[tuple[str, str], Mapping[str, Record] | None] = {}
        self.syncs: Sequence[Sync] = [one for one in target.syncs if ours.came_from(one.source)]
        """Those that were, newest first."""
        self.foreign: Sequence[Sync] = [*takewhile(lambda one: not ours.came_from(one.source), target.syncs)]
        """Those after all of them that say that they were made from something else."""

    def judged(self, edit: Edit, base: str, *, stated: bool) -> Edit | None:
        """An edit with what it was when it last was the same on both sides, so that it tells whether it was made there.

        Args:
            edit: what differs from the records of the base.
            base: the commit of ours that the last sync was made from.
            stated: whether people named that commit, and so say that both sides were the same then.

        Returns:
            `None` where it never was the same, and stands there as it stood at every sync: none carried it yet, so
            that ours counts as it does before a first sync.
        """
        plain = _fixed(edit)
        if not plain.is_made:
            return plain
        since, before = next(self._same(plain), (base, plain.before))
        if since == base and not stated and self._stands_since_ever(plain):
            return None
        judged = replace(plain, before=before)
        return replace(judged, before=judged.theirs) if self._stood_here(judged, since) else judged

    def _same(self, edit: Edit) -> Iterator[tuple[str, Record | None]]:
        """Commits of ours at which both sides were the same, newest first, and what they were."""
        for sync in self.syncs:
            here = self.ours.at_commit(sync.source, edit.category, edit.names)
            yield from ((sync.source, there) for there in self._at(sync.commit, edit) if _stands(there, here))

    def _stands_since_ever(self, edit: Edit) -> bool:
        """Whether it stands there as before the first sync and at each, as far as there are any, and all are known."""
        if not self.syncs or len(self.there.syncs) >= MOST_SYNCS:
            return False
        commits = [*(sync.commit for sync in self.syncs), self.syncs[-1].parent]
        return all(is_same(there, edit.theirs) for commit in commits for there in self._at(commit, edit))

    def _at(self, commit: str, edit: Edit) -> Iterator[Record | None]:
        """What stood there at a commit; nothing where its file could not be read."""
        records = self._there(commit, edit.category)
        if records is not None:
            record = first_named(records, edit.names)
            yield record and fixed(record)

    def _stood_here(self, edit: Edit, since: str) -> bool:
        """Whether what stands there stood here at some time since a commit, so that nobody edited it there."""
        # What has another name here is gone under the old one, which says nothing.
        names = edit.names if edit.theirs is not None else edit.names[:1]
        stood = (one for name in names for one in self.ours.versions(edit.category, name, since))
        return _stands(edit.theirs, stood)

    def _there(self, commit: str, category: str) -> Mapping[str, Record] | None:
        key = commit, category
        if key not in self._read:
            self._read[key] = self._said(commit, category)
        return self._read[key]

    def _said(self, commit: str, category: str) -> Mapping[str, Record] | None:
        row, remote = CATEGORIES[category], self.there.remote
        if remote is None or not commit:
            return _NOTHING
        try:
            files = dict(remote.read(commit, [str(row.legacy_file)]))
        except NoRevision:  # it had no such file
            return _NOTHING
        state = state_of([row], files, Corpus.of(()))
        return None if state.faults else state.bare()[category]


def _stands(one: Record | None, among: Iterable[Record | None]) -> bool:
    return any(is_same(one, other) for other in among)


def _fixed(edit: Edit) -> Edit:
    before, ours, theirs = (one and fixed(one) for one in (edit.before, edit.ours, edit.theirs))
    return replace(edit, before=before, ours=ours, theirs=theirs)
