"""From a folder of records to its history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.log import Walk, blobs, is_modified, walk
from horde_reference.corpus import Corpus
from horde_reference.edition import History
from horde_reference.errors import NoHistory
from horde_reference.finding import Finding, Severity
from horde_reference.formats.paths import path_of
from horde_reference.history.derive import events, records_touched
from horde_reference.history.log import parse
from horde_reference.history.reuse import reused
from horde_reference.workflows.progress import Progress, quiet

NAME_REUSED: Final = "name-reused"
HISTORY_ABSENT: Final = "history-absent"
HISTORY_SHALLOW: Final = "history-shallow"
HISTORY_MODIFIED: Final = "history-modified"

_HINTS: Final = {
    HISTORY_ABSENT: "Times, audit trail and changes are published empty. Build in a full clone to have them.",
    HISTORY_SHALLOW: "Fetch the rest: git fetch --unshallow, or fetch-depth: 0 in a workflow.",
    HISTORY_MODIFIED: "Commit them: what is published then has times and events for all of it.",
}


@dataclass(frozen=True, slots=True)
class Memory:
    """What git says of a folder of records, as far as it goes."""

    data: Path
    """The folder."""
    walked: Walk | None
    """The log; `None` where there is none, or not all of it."""
    is_modified: bool
    """Whether the records are not those of the last commit."""
    findings: list[Finding]
    """Warnings where the history does not say all."""

    def require(self) -> None:
        """Refuse to go on without the whole history.

        Raises:
            NoHistory: it does not say all.
        """
        for finding in self.findings:
            raise NoHistory(f"{finding.message} {finding.hint}")

    def digest(self) -> str:
        """What the history depends on, in a word."""
        return f"{self.walked.mainline[-1][0]} {self.is_modified}" if self.walked else "none"

    def history(self, progress: Progress = quiet) -> History | None:
        """What happened; `None` where git does not say.

        Raises:
            CannotRun: the repository is damaged.
        """
        if self.walked is None:
            return None
        return replace(_history(self.data, self.walked, progress), is_modified=self.is_modified)


def recall(data: Path) -> Memory:
    """What git says of a folder of records."""
    try:
        walked = walk(data)
        modified = is_modified(data)
    except NoHistory as error:
        return Memory(data, None, False, [_finding(HISTORY_ABSENT, f"There is no history to read: {error}.")])
    if walked.is_shallow:
        shallow = _finding(HISTORY_SHALLOW, "This is a shallow clone: it lacks older commits.")
        return Memory(data, None, modified, [shallow])
    message = f"Records in {data} differ from those of the last commit."
    return Memory(data, walked, modified, [_finding(HISTORY_MODIFIED, message)] if modified else [])


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
    """Warnings of records whose name was another model's before; paths relative to the folder of records."""
    for gone, event in reused(history.events):
        if event.name in corpus[event.category]:
            message = f"Until {gone.commit.hash[:10]} this was the name of another model."
            path = path_of(event.category, event.name)
            yield Finding(path, 0, "/name", NAME_REUSED, Severity.WARNING, message, "Give this model another name.")


def _finding(rule: str, message: str) -> Finding:
    return Finding("", 0, "", rule, Severity.WARNING, message, _HINTS[rule])
