"""From a folder of records to its history."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.log import Walk, blobs, walk
from horde_reference.corpus import Corpus
from horde_reference.edition import History
from horde_reference.errors import NoHistory
from horde_reference.finding import Finding, Severity
from horde_reference.formats.head import Head
from horde_reference.formats.paths import path_of
from horde_reference.history.derive import document, events, key_of, records_touched, replay, same
from horde_reference.history.event import Document, Key
from horde_reference.history.log import parse
from horde_reference.history.reuse import reused
from horde_reference.tree import File
from horde_reference.workflows.progress import Progress, quiet

NAME_REUSED: Final = "name-reused"
HISTORY_ABSENT: Final = "history-absent"
HISTORY_SHALLOW: Final = "history-shallow"
HISTORY_MODIFIED: Final = "history-modified"
HISTORY_REWRITTEN: Final = "history-rewritten"

_HINTS: Final = {
    HISTORY_ABSENT: "Times, audit trail and changes are published empty. Build in a full clone to have them.",
    HISTORY_SHALLOW: "Fetch the rest: git fetch --unshallow, or fetch-depth: 0 in a workflow.",
    HISTORY_REWRITTEN: "Bring main back to it and merge by pull request, or start anew in an empty folder.",
    HISTORY_MODIFIED: "Commit them: what is published then has times and events for all of it.",
}


@dataclass(frozen=True, slots=True)
class Memory:
    """What git says of a folder of records, as far as it goes."""

    data: Path
    """The folder."""
    walked: Walk | None
    """The log; `None` where there is none, or not all of it."""
    findings: list[Finding]
    """Warnings where the history does not say all."""

    def history(self, files: Iterable[File], progress: Progress = quiet) -> History | None:
        """What happened; `None` where git does not say. A warning if that does not come to these files.

        Raises:
            CannotRun: the repository is damaged.
        """
        if self.walked is None:
            return None
        history = _history(self.data, self.walked, progress)
        if not differing(replay(history.events), files):
            return history
        message = f"Records in {self.data} are not those of the last commit."
        self.findings.append(_finding(HISTORY_MODIFIED, message))
        return replace(history, is_modified=True)

    def compare(self, published: Head | None) -> None:
        """Add a warning if what was published before is not part of this history."""
        if self.walked is None or published is None or published.commit is None:
            return
        mainline = [name for name, _ in self.walked.mainline]
        if mainline[published.number - 1 : published.number] != [published.commit]:
            message = f"Commit {published.commit[:10]}, published as number {published.number}, is not number "
            message += f"{published.number} of this mainline."
            self.findings.append(_finding(HISTORY_REWRITTEN, message))

    def require(self) -> None:
        """Refuse to go on without the whole history.

        Raises:
            NoHistory: it does not say all.
        """
        for finding in self.findings:
            raise NoHistory(f"{finding.message} {finding.hint}")


def recall(data: Path) -> Memory:
    """What git says of a folder of records."""
    try:
        walked = walk(data)
    except NoHistory as error:
        return Memory(data, None, [_finding(HISTORY_ABSENT, f"There is no history to read: {error}.")])
    if walked.is_shallow:
        return Memory(data, None, [_finding(HISTORY_SHALLOW, "This is a shallow clone: it lacks older commits.")])
    return Memory(data, walked, [])


def differing(told: Mapping[Key, Document], files: Iterable[File]) -> list[str]:
    """Paths of records that are not what a history tells, or of which it tells nothing, or that are not there."""
    keyed = ((key_of(path), document(raw)) for path, raw in files)
    held = {key: known for key, known in keyed if key is not None and known is not None}
    return sorted(path_of(*key) for key in {*told, *held} if not same(told.get(key), held.get(key)))


def history_at(data: Path, revision: str, progress: Progress = quiet) -> History:
    """The whole history of a folder of records up to a revision.

    Raises:
        NoHistory: git has none, or not all of it.
        CannotRun: there is no such revision, or the repository is damaged.
    """
    walked = walk(data, revision)
    if walked.is_shallow:
        raise NoHistory(f"The repository around {data} is a shallow clone. {_HINTS[HISTORY_SHALLOW]}")
    return _history(data, walked, progress)


def _history(data: Path, walked: Walk, progress: Progress) -> History:
    numbers = {name: number for number, (name, _) in enumerate(walked.mainline, 1)}
    touched = records_touched(parse(walked.log, numbers), walked.prefix)
    wanted = [blob for _, found in touched for blob in found.values() if blob]
    contents = progress(blobs(data, wanted), "Remembering", len(wanted))
    commit, time = walked.mainline[-1]
    return History(commit, time, len(numbers), tuple(events(touched, iter(contents))))


def reused_names(history: History, corpus: Corpus) -> Iterator[Finding]:
    """Warnings of records whose name, or an alias, was another model's before; paths relative to `data/`."""
    names = {
        (record.category, name): (record.category, record.name)
        for record in corpus
        for name in (*record.aliases, record.name)
    }
    for gone, holder in reused(history.events, names):
        message = f"{gone.name!r} was the name of another model until commit {gone.commit.hash[:10]}."
        where, hint = "/name" if holder == gone.key else "/aliases", "Give this model another name."
        yield Finding(path_of(*holder), 0, where, NAME_REUSED, Severity.WARNING, message, hint)


def _finding(rule: str, message: str) -> Finding:
    return Finding("", 0, "", rule, Severity.WARNING, message, _HINTS[rule])
