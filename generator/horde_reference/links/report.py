"""A report on downloads: how many were looked at, which do not work, and since when. It is a file between two runs."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import msgspec

from horde_reference.formats.json_reading import NotJson, loads
from horde_reference.formats.json_writing import pretty
from horde_reference.pending.patience import ONE_BAD_DAY

Fault: TypeAlias = Literal["absent", "no-host", "hash-differs", "size-differs"]
Outcome: TypeAlias = Literal["good", "gated", "unknown", "broken"]

VERSION: Final = 1


class Link(msgspec.Struct, frozen=True):
    """A download of a record."""

    category: str
    name: str
    """Of the record."""
    url: str
    sha256: str | None = None
    """As the record states it."""
    size: int | None = None
    """Likewise."""

    @property
    def place(self) -> tuple[str, str, str]:
        """By what links are ordered."""
        return self.category, self.name, self.url


class Seen(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was seen of a download."""

    link: Link
    outcome: Outcome
    why: str = ""
    """In a sentence."""
    fault: Fault | None = None
    """What is wrong with one that is broken."""


class Broken(msgspec.Struct, frozen=True):
    """A download that does not work."""

    link: Link
    fault: Fault
    why: str
    since: int
    """When it was first seen broken, in seconds since 1970; it was never seen whole since."""
    is_confirmed: bool
    """Whether it was broken on two checks, a day or more between them; one that was not is not reported."""


class Report(msgspec.Struct, frozen=True):
    """All of it."""

    checked_at: int
    """Seconds since 1970."""
    looked_at: int
    """Downloads; each is counted once, below."""
    good: int
    gated: int
    """Those whose hosts want a login first."""
    unknown: tuple[Seen, ...]
    """Those whose hosts did not answer, or not to the question."""
    broken: tuple[Broken, ...]
    """Those that do not work, and those that did not when last seen and that nobody answers for now."""
    version: int = VERSION

    @property
    def confirmed(self) -> list[Broken]:
        """Those that are reported."""
        return [one for one in self.broken if one.is_confirmed]


class ReportUnsound(ValueError):
    """A file is no report."""


def report(seen: Iterable[Seen], now: int, known: Report | None, *, at_once: bool) -> Report:
    """The report on what was seen.

    Args:
        seen: every download.
        now: seconds since 1970.
        known: the report before.
        at_once: whether what is broken is reported the first time.
    """
    found = sorted(seen, key=lambda one: one.link.place)
    before = {one.link: one for one in known.broken} if known else {}
    broken = {one.link: made for one in found if (made := _broken(one, now, before.get(one.link), at_once=at_once))}
    counts = Counter(one.outcome for one in found)
    return Report(
        checked_at=now,
        looked_at=len(found),
        good=counts["good"],
        gated=counts["gated"],
        unknown=tuple(one for one in found if one.outcome == "unknown" and one.link not in broken),
        broken=tuple(broken.values()),
    )


def _broken(one: Seen, now: int, before: Broken | None, *, at_once: bool) -> Broken | None:
    if one.outcome == "unknown":
        return before and msgspec.structs.replace(before, is_confirmed=before.is_confirmed or at_once)
    if one.fault is None:
        return None
    since = before.since if before else now
    is_confirmed = at_once or (before is not None and (before.is_confirmed or now - since >= ONE_BAD_DAY))
    return Broken(one.link, one.fault, one.why, since, is_confirmed)


def encode(found: Report) -> bytes:
    """The report as a file."""
    return pretty(msgspec.to_builtins(found))


def decode(raw: bytes) -> Report:
    """The report that a file holds.

    Raises:
        ReportUnsound: it holds none.
    """
    try:
        found = msgspec.convert(loads(raw), Report)
    except (NotJson, msgspec.ValidationError) as error:
        raise ReportUnsound(str(error)) from None
    if found.version != VERSION:
        raise ReportUnsound(f"it is of version {found.version}")
    return found
