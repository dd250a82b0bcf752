"""When a record was last the same on both sides: what one sync leaves, a later one must not take for settled."""

from dataclasses import replace

from horde_reference.adapters.git.failures import NoRevision
from horde_reference.changes.three_way import Edit, is_same
from horde_reference.corpus import Corpus
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.sync.ours import Ours
from horde_reference.workflows.sync.state import projected, state_of
from horde_reference.workflows.sync.targets import Sync, Target

_NOTHING = Corpus.of(())


class Past:
    """The last syncs of a legacy repository."""

    def __init__(self, ours: Ours, target: Target) -> None:
        self._ours = ours
        self._target = target
        self._read: dict[tuple[str, str], Corpus] = {}

    def since_same(self, edit: Edit) -> Edit:
        """An edit, with the record as it was at the newest sync after which it was the same on both sides."""
        for sync in self._target.syncs:
            before = self._ours.record_at(sync.source, edit.category, edit.name, projected)
            if is_same(before, self._there(sync, edit.category)[edit.category].get(edit.name)):
                return replace(edit, before=before)
        return edit

    def _there(self, sync: Sync, category: str) -> Corpus:
        key = sync.commit, category
        if key not in self._read:
            self._read[key] = self._said(sync, category)
        return self._read[key]

    def _said(self, sync: Sync, category: str) -> Corpus:
        row, remote = CATEGORIES[category], self._target.remote
        if remote is None:
            return _NOTHING
        try:
            files = dict(remote.read(sync.commit, [str(row.legacy_file)]))
        except NoRevision:  # it had no such file
            return _NOTHING
        return state_of([row], files, _NOTHING).bare()
