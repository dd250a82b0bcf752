"""The usage that a build publishes: read from files that were fetched before, never asked for."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from horde_reference.adapters.usage_files import read_series, read_snapshot
from horde_reference.analytics.series import Series
from horde_reference.analytics.series import encode as encode_day
from horde_reference.analytics.thresholds import STALE_AFTER
from horde_reference.analytics.usage import Usage, encode
from horde_reference.errors import NotThere, Unsound
from horde_reference.finding import Finding, Severity

ABSENT, UNREADABLE, PARTIAL, STALE = "usage-absent", "usage-unreadable", "usage-partial", "usage-stale"

_HOUR, _DAY = 60 * 60, 24 * 60 * 60
_FETCH = "Fetch it anew: horde-reference usage fetch --into FILE."


@dataclass(frozen=True, slots=True)
class UsageFiles:
    """Where usage was fetched into."""

    snapshot: Path | None = None
    """File of a snapshot."""
    series: Path | None = None
    """Folder of a series."""


@dataclass(frozen=True, slots=True)
class KnownUsage:
    """What is known of usage, and what is wrong with that."""

    usage: Usage | None = None
    series: Series = field(default_factory=Series)
    findings: list[Finding] = field(default_factory=list)

    def digest(self) -> str:
        """SHA-256 over all of it, in hexadecimal."""
        digest = sha256(encode(self.usage) if self.usage else b"")
        for day in self.series.days:
            digest.update(encode_day(day))
        return digest.hexdigest()

    def aged(self, now: int | None) -> list[Finding]:
        """All findings, with one if usage was old when the records were committed, at `now` in seconds since 1970."""
        if self.usage is None or now is None or now - self.usage.fetched_at <= STALE_AFTER:
            return self.findings
        message = f"Usage was fetched {_span(now - self.usage.fetched_at)} before the records were committed."
        return [*self.findings, Finding("", 0, "", STALE, Severity.WARNING, message, _FETCH)]


def known_usage(files: UsageFiles) -> KnownUsage:
    """What the files say. One that cannot be used is a warning: the tree is published without.

    Raises:
        CannotRun: a file is there but the system does not let it be read, or there is no folder of a series.
    """
    findings: list[Finding] = []
    problems: list[str] = []
    usage = _snapshot(files.snapshot, findings) if files.snapshot else None
    series = read_series(files.series, problems) if files.series else Series()
    findings += [_warning(UNREADABLE, problem, "Remove the file, or fetch that day's anew.") for problem in problems]
    return KnownUsage(usage, series, findings)


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


def _warning(rule: str, message: str, hint: str) -> Finding:
    return Finding("", 0, "", rule, Severity.WARNING, message, hint)


def _span(seconds: int) -> str:
    return f"{seconds // _DAY} days" if seconds >= 2 * _DAY else f"{seconds // _HOUR} hours"
