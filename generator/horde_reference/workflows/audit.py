"""Read the audit trail from git: what happened, what was at a time, and whether both agree with the records."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import read_data
from horde_reference.changes.diff import Operation
from horde_reference.edition import History
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding
from horde_reference.formats.canonical import format_document
from horde_reference.formats.paths import path_of
from horde_reference.history.derive import replay
from horde_reference.history.event import Document, Event, Key, stated
from horde_reference.history.trail import decode, encode, segments
from horde_reference.tree import File
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.remember import differing, history_at

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are meant; what is `None` does not matter."""

    category: str | None = None
    name: str | None = None
    """Name of the record; a part of it is enough, in whatever case."""
    operation: Operation | None = None
    author: str | None = None
    """Name of who did it; a part of it is enough, in whatever case."""
    since: int | None = None
    """Seconds since 1970, this moment included."""
    until: int | None = None
    """Likewise."""

    def passes(self, event: Event) -> bool:
        """Whether an event is meant."""
        return (
            self.category in {None, event.category}
            and self.operation in {None, event.operation}
            and _holds(event.name, self.name)
            and _holds(event.commit.author, self.author)
            and (self.since is None or event.commit.time >= self.since)
            and (self.until is None or event.commit.time <= self.until)
        )


def _holds(text: str, part: str | None) -> bool:
    return part is None or part.casefold() in text.casefold()


def moment(text: str, *, end: bool) -> int | None:
    """Seconds since 1970 of a date, or date and time, of ISO 8601; `None` for any other text.

    A day alone means its beginning, or its end; a time without a zone is UTC.
    """
    if not _DATE.match(text):
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    if end and _DATE.fullmatch(text):
        when += timedelta(days=1, seconds=-1)
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def state_at(data: Path, at: str, progress: Progress = quiet) -> dict[Key, Document]:
    """Every record as it was at a revision or a moment.

    Args:
        data: folder of the records.
        at: a git revision; or a moment, as the current mainline was then.
        progress: told how far it is.

    Raises:
        NoHistory: git has none, or not all of it.
        CannotRun: there is no such revision.
    """
    until = moment(at, end=True)
    history = history_at(data, "HEAD" if until is not None else at, progress)
    if until is None:
        return replay(history.events)
    numbers = [event.commit.number for event in history.events if event.commit.time <= until]
    last = max(numbers, default=0)
    return replay(event for event in history.events if event.commit.number <= last)


def files_of(state: dict[Key, Document]) -> list[File]:
    """The files of a state, as they are written below `data/`."""
    return [
        (path_of(category, name), format_document(category, stated(known))) for (category, name), known in state.items()
    ]


def verify(data: Path, progress: Progress = quiet) -> tuple[History, list[str]]:
    """Whether the published trail, read back and replayed, gives the records in `data`.

    Returns:
        The history, and paths of records that differ; none where the trail says all.

    Raises:
        NoHistory: git has none, or not all of it.
        CannotRun: the trail contradicts itself.
    """
    history = history_at(data, "HEAD", progress)
    try:
        told = replay(decode(line) for segment in segments(map(encode, history.events)) for line in segment)
    except ValueError as error:
        raise CannotRun(f"The audit trail contradicts itself: {error}.") from error
    unread = list[Finding]()
    found = differing(told, read_data(data, unread))
    return history, sorted({*found, *(finding.path for finding in unread)})
