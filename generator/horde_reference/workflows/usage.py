"""Fetch a snapshot of usage, without losing a better one; and say how old one is.

The only module besides the client that knows what time it is: a snapshot says when it was fetched.
"""

import time
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.horde import PARTS, PUBLIC_API, Enquiry, Part
from horde_reference.adapters.polite import Clock, Guest, Manners
from horde_reference.adapters.usage_files import read_snapshot
from horde_reference.analytics.series import day_of
from horde_reference.analytics.series import encode as encode_day
from horde_reference.analytics.usage import DOMAINS, Usage, encode
from horde_reference.errors import CannotRun, NotThere, Unsound, WouldShrink
from horde_reference.workflows.progress import Progress, quiet

MAX_SHRINK: Final = 0.5
"""Share of its names that a domain may lose from one snapshot to the next, unless it is allowed to lose more."""

TIMEOUT: Final = 120.0
"""Seconds that all of it may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a snapshot is to be fetched."""

    accept_partial: bool = False
    """Whether it may take the place of one that lacks less."""
    allow_shrink: bool = False
    """Whether it may take the place of one with more than twice as many names."""
    timeout: float = TIMEOUT
    """Seconds that all of it may take."""
    manners: Manners = field(default_factory=Manners)
    """How to ask."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched."""

    usage: Usage
    passed_over: tuple[str, ...]
    """What in the answers was no use, in words."""
    written: bool
    """Whether it was written. If not, it lacks something that the snapshot which is there does not lack."""


def fetch(
    into: Path,
    *,
    url: str = PUBLIC_API,
    series: Path | None = None,
    wishes: Wishes = Wishes(),
    progress: Progress = quiet,
) -> Fetched:
    """Ask an AI-Horde what is used, and keep the answers in a file; with `series` also those of the day in a folder.

    A part that could not be had is said to be missing; nothing of an older snapshot stands in for it.

    Raises:
        CannotRun: nothing could be had, `into` is no snapshot, or a file cannot be written.
        WouldShrink: a domain would lose more than half of its names. In every case `into` is as it was.
    """
    last = _last(into)
    enquiry = _asked(url, wishes, progress)
    if len(enquiry.missing) == len(PARTS):
        raise CannotRun(f"Nothing could be had from {enquiry.address}{_kept(into, last)}: {_all(enquiry)}.")
    usage = _usage(enquiry)
    found = tuple(f"{part}: {number} rows or numbers" for part, number in enquiry.passed_over.items())
    if last and not wishes.allow_shrink:
        _refuse_shrinking(last, usage, enquiry.missing.keys())
    if last and not wishes.accept_partial and _lacking(usage) - _lacking(last):
        return Fetched(usage, found, written=False)
    if series is not None:
        day = day_of(usage)
        write_file(series / day.path, encode_day(day))
    write_file(into, encode(usage))
    return Fetched(usage, found, written=True)


def recall(path: Path) -> tuple[Usage, int]:
    """A snapshot, and how many seconds ago it was fetched.

    Raises:
        Unread: there is none.
        CannotRun: it cannot be read.
    """
    usage = read_snapshot(path)
    return usage, int(time.time()) - usage.fetched_at


def _last(into: Path) -> Usage | None:
    """The snapshot that is there. Any other file is not for us to replace."""
    try:
        return read_snapshot(into)
    except NotThere:
        return None
    except Unsound as error:
        raise CannotRun(f"{error} It would be replaced: remove it, or name another file.") from error


def _asked(url: str, wishes: Wishes, progress: Progress) -> Enquiry:
    with closing(Guest(Clock(time.monotonic, time.sleep), wishes.timeout, wishes.manners)) as guest:
        enquiry = Enquiry(url, guest)
        for part in progress(PARTS, "Asking", len(PARTS)):
            enquiry.ask(part)
    return enquiry


def _usage(enquiry: Enquiry) -> Usage:
    return Usage(
        fetched_at=int(time.time()),
        source=enquiry.address,
        image=enquiry.counted("image"),
        text=enquiry.counted("text"),
        missing=tuple(f"{part}: {why}" for part, why in enquiry.missing.items()),
    )


def _kept(into: Path, last: Usage | None) -> str:
    return f" ({into} was left as it was)" if last else ""


def _all(enquiry: Enquiry) -> str:
    return "; ".join(f"{part}: {why}" for part, why in enquiry.missing.items())


def _lacking(usage: Usage) -> set[str]:
    """Names of the parts that a snapshot lacks, but for the sums of workers, of which nothing is published."""
    return {name for one in usage.missing if not (name := one.partition(":")[0]).endswith(" workers")}


def _refuse_shrinking(last: Usage, usage: Usage, missing: AbstractSet[Part]) -> None:
    """Refuse what lost most names by mistake. Names that a missing part would have had are not lost."""
    whole = [domain for domain in DOMAINS if not missing & {Part(domain, "status"), Part(domain, "stats")}]
    counts = [(domain, len(last.of(domain).models), len(usage.of(domain).models)) for domain in whole]
    shrunk = [f"{domain} from {had} to {has}" for domain, had, has in counts if had - has > MAX_SHRINK * had]
    if shrunk:
        raise WouldShrink(
            f"The snapshot would lose more than {MAX_SHRINK:.0%} of its names: {', '.join(shrunk)}. "
            "If that is meant, say --allow-shrink. Nothing was changed."
        )
