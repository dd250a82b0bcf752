"""Our records: as they are, as a commit has them, and what a record once was."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.log import tip
from horde_reference.adapters.git.merging import place_of, read_file
from horde_reference.adapters.git.past import history, is_part, versions
from horde_reference.adapters.git.revisions import read_revision
from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun
from horde_reference.finding import has_errors
from horde_reference.formats.canonical import load
from horde_reference.formats.paths import path_of
from horde_reference.records.base import Record
from horde_reference.workflows.gather import gather, read
from horde_reference.workflows.sync.state import Unsayable, fixed, projected

_MOST_NAMED: Final = 5


@dataclass(frozen=True)
class Ours:
    """The records of a folder."""

    data: Path
    """The folder."""

    @cached_property
    def current(self) -> Corpus:
        """The records that are offered, as the folder has them.

        Raises:
            CannotRun: the records have faults, and a sync would spread them.
        """
        checked = gather(self.data)
        if has_errors(checked.findings):
            raise CannotRun(f"The records in {self.data} have faults. Run horde-reference check, then sync again.")
        return checked.corpus.offered()

    @cached_property
    def commit(self) -> str | None:
        """The commit that the folder is at; `None` where it is in no repository."""
        found = tip(self.data)
        return found[0] if found else None

    def stated_commit(self) -> str:
        """The commit that holds the records as they are.

        Raises:
            CannotRun: there is none.
        """
        if self.commit is None:
            raise CannotRun(f"{self.data} is in no git repository, so no commit says where the records came from.")
        before, now = dict(read_revision(self.commit, self.data)), dict(read(self.data).files)
        if changed := sorted(path for path in {*before, *now} if before.get(path) != now.get(path)):
            more = f" and {len(changed) - _MOST_NAMED} more" if len(changed) > _MOST_NAMED else ""
            raise CannotRun(
                f"{self.data} differs from its commit in {', '.join(changed[:_MOST_NAMED])}{more}. "
                "Commit first: what is synced must have a commit to come from."
            )
        return self.commit

    def at(self, commit: str) -> Corpus:
        """The records that were offered at an earlier commit.

        Raises:
            CannotRun: what the folder is at did not come from that commit.
        """
        if self.commit is None or not is_part(self.data, commit):
            raise CannotRun(
                f"{commit} is no commit in the history of {self.data}, so nobody knows what both sides were when they "
                "were last the same. Fetch all of it (git fetch --unshallow), or name another commit with --base."
            )
        return load(read_revision(commit, self.data)).corpus.offered()

    def comes_before(self, commit: str) -> bool:
        """Whether what the folder is at came before a commit, which may be empty or not be here."""
        if self.commit is None or commit in {"", self.commit}:
            return False
        return is_part(self.data, self.commit, commit)

    def came_from(self, commit: str) -> bool:
        """Whether what the folder is at came from a commit."""
        return self.commit is not None and commit in self._commits

    def versions(self, category: str, name: str, since: str) -> Iterator[Record | None]:
        """What a record was after each commit since one that touched it; `None` where none was offered.

        As its legacy file would say it, and as it is after every safe fix. What that cannot say is left out.
        """
        path = path_of(category, name)
        for raw in versions(self.data, path, since):
            yield from _said(path, raw)

    def at_commit(self, commit: str, category: str, names: Iterable[str]) -> list[Record | None]:
        """What `versions` gives of the first of these names that stood there at a commit: one, or none."""
        last: list[Record | None] = [None]
        for name in names:
            path = path_of(category, name)
            last = list(_said(path, read_file(self.data, commit, place_of(self.data) + path)))
            if last != [None]:
                return last
        return last

    @cached_property
    def _commits(self) -> frozenset[str]:
        return history(self.data)


def _said(path: str, raw: bytes | None) -> Iterator[Record | None]:
    """The record that a file held; `None` where it held none that was offered; nothing where no legacy file says it."""
    loaded = load([(path, raw)] if raw is not None else [])
    record = next(iter(loaded.corpus.offered()), None)
    if record is None:
        yield from () if has_errors(loaded.findings) else (None,)
        return
    with suppress(Unsayable):
        yield fixed(projected(record))
