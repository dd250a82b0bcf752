"""What a build publishes and does not ask for: usage and the queue, read from files that were fetched before."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from horde_reference.adapters.plain_files import read_plain
from horde_reference.adapters.usage_files import read_series, read_snapshot
from horde_reference.analytics.series import Series
from horde_reference.analytics.series import encode as encode_day
from horde_reference.analytics.thresholds import STALE_AFTER
from horde_reference.analytics.usage import Usage, encode
from horde_reference.errors import NotThere, Unsound
from horde_reference.finding import Finding, Severity
from horde_reference.pending.snapshot import Queue, QueueUnsound
from horde_reference.pending.snapshot import decode as decode_queue
from horde_reference.pending.snapshot import encode as encode_queue

ABSENT, UNREADABLE, PARTIAL, STALE = "usage-absent", "usage-unreadable", "usage-partial", "usage-stale"
QUEUE_UNREADABLE = "queue-unreadable"

MAX_QUEUE_BYTES: Final = 64 * 2**20
"""A file of the queue may have this many bytes."""

_HOUR, _DAY = 60 * 60, 24 * 60 * 60
_FETCH = "Fetch it anew: horde-reference usage fetch --into FILE."


@dataclass(frozen=True, slots=True)
class FetchedFiles:
    """Where it was fetched into."""

    snapshot: Path | None = None
    """File of a snapshot of usage."""
    series: Path | None = None
    """Folder of a series of usage."""
    queue: Path | None = None
    """File of the pending queue."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known, and what is wrong with that."""

    usage: Usage | None = None
    series: Series = field(default_factory=Series)
    queue: Queue | None = None
    findings: list[Finding] = field(default_factory=list)

    def digest(self) -> str:
        """SHA-256 over all of it, in hexadecimal."""
        digest = sha256(encode(self.usage) if self.usage else b"")
        for day in self.series.days:
            digest.update(encode_day(day))
        digest.update(encode_queue(self.queue) if self.queue else b"")
        return digest.hexdigest()

    def aged(self, now: int | None) -> list[Finding]:
        """All findings, with one if usage was old when the records were committed, at `now` in seconds since 1970."""
        if self.usage is None or now is None or now - self.usage.fetched_at <= STALE_AFTER:
            return self.findings
        message = f"Usage was fetched {_span(now - self.usage.fetched_at)} before the records were committed."
        return [*self.findings, Finding("", 0, "", STALE, Severity.WARNING, message, _FETCH)]


def known_from(files: FetchedFiles) -> Known:
    """What the files say. One that cannot be used is a warning: the tree is published without it.

    Raises:
        CannotRun: a file is there but the system does not let it be read, or there is no folder of a series.
    """
    findings: list[Finding] = []
    problems: list[str] = []
    usage = _snapshot(files.snapshot, findings) if files.snapshot else None
    series = _series(files.series, problems, findings) if files.series else Series()
    findings += [_warning(UNREADABLE, problem, "Remove the file, or fetch that day's anew.") for problem in problems]
    queue = _queue(files.queue, findings) if files.queue else None
    return Known(usage, series, queue, findings)


def _series(folder: Path, problems: list[str], findings: list[Finding]) -> Series:
    if folder.exists():
        return read_series(folder, problems)
    findings.append(_warning(ABSENT, f"There is no series of usage at {folder}.", f"Trends are left out. {_FETCH}"))
    return Series()


def _snapshot(path: Path, findings: list[Finding]) -> Usage | None:
    try:
        usage = read_snapshot(path)
    except NotThere as error:
        findings.append(_warning(ABSENT, str(error), f"Statistics are published without. {_FETCH}"))
        return None
    except Unsound as error:
        findings.append(_warning(UNREADABLE, str(error), f"Statistics are published without. {_FETCH}"))
        return None
    if usage.missing:
        message = f"Usage is not complete: {', '.join(usage.missing)}."
        findings.append(_warning(PARTIAL, message, "What is missing is published as unknown, not as zero."))
    return usage


def _queue(path: Path, findings: list[Finding]) -> Queue | None:
    try:
        return decode_queue(read_plain(path, MAX_QUEUE_BYTES))
    except FileNotFoundError:
        message = f"There is no file of the queue at {path}."
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
    except (QueueUnsound, Unsound) as error:
        message = f"{path} cannot be used: {error}."
    hint = "The queue is published as empty. Fetch it anew: horde-reference queue fetch --into FILE."
    findings.append(_warning(QUEUE_UNREADABLE, message, hint))
    return None


def _warning(rule: str, message: str, hint: str) -> Finding:
    return Finding("", 0, "", rule, Severity.WARNING, message, hint)


def _span(seconds: int) -> str:
    return f"{seconds // _DAY} days" if seconds >= 2 * _DAY else f"{seconds // _HOUR} hours"
