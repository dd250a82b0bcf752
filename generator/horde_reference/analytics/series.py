"""Usage over time: of each day what trends need, as values and as files.

A file a day, `2026/2026-11-25.json` for what was fetched on that day (UTC), written once more if it is fetched once
more. The files belong on a branch of their own, which shares no commit with the main one: they change daily, and
neither the history of the records nor a clone of them should grow by that. `site/guides/usage.md` says how it is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

import msgspec

from horde_reference.analytics.usage import MOST, Domain, Usage, UsageUnsound, Use

VERSION: Final = 1
"""Version of the form of the files."""

LAST_SECOND: Final = 253_402_300_799
"""The end of the year 9999, after which there are no dates."""


class Counts(NamedTuple):
    """What is kept of one name; `None` where it was not known."""

    day: int | None
    month: int | None
    total: int | None
    workers: int | None


@dataclass(frozen=True, kw_only=True)
class Day:
    """What is kept of one day. Names that had nothing but zeros are left out."""

    fetched_at: int
    """Seconds since 1970 when it was fetched."""
    image: Mapping[str, Counts] = field(default_factory=dict)
    text: Mapping[str, Counts] = field(default_factory=dict)

    @property
    def date(self) -> str:
        """The day, in UTC: 2026-11-25."""
        return f"{datetime.fromtimestamp(self.fetched_at, UTC):%Y-%m-%d}".zfill(10)

    @property
    def path(self) -> str:
        """Path of its file, from the folder of the series."""
        return f"{self.date[:4]}/{self.date}.json"

    def of(self, domain: Domain) -> Mapping[str, Counts]:
        """What is kept of a domain."""
        return self.image if domain == "image" else self.text


def day_of(usage: Usage) -> Day:
    """What is kept of a snapshot."""
    return Day(fetched_at=usage.fetched_at, image=_kept(usage.of("image").models), text=_kept(usage.of("text").models))


def _kept(models: Mapping[str, Use]) -> dict[str, Counts]:
    counted = {name: Counts(use.day, use.month, use.total, use.workers) for name, use in models.items()}
    return {name: counts for name, counts in counted.items() if any(number != 0 for number in counts)}


@dataclass(frozen=True)
class Series:
    """Days, oldest first, none of them twice. There may be gaps between them."""

    days: tuple[Day, ...] = ()

    @classmethod
    def of(cls, days: Iterable[Day]) -> "Series":
        """The series of days in any order; of two snapshots of a day the later counts."""
        by_date = {day.date: day for day in sorted(days, key=lambda day: day.fetched_at)}
        return cls(tuple(by_date.values()))


class _File(msgspec.Struct, kw_only=True):
    """The file of a day."""

    version: Literal[1]
    fetched_at: int
    image: dict[str, Counts]
    text: dict[str, Counts]


def decode(raw: bytes) -> Day:
    """The day that a file holds.

    Raises:
        UsageUnsound: it holds none, or numbers that cannot be.
    """
    try:
        found = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageUnsound(f"it is not a day of usage: {error}") from None
    if not 0 <= found.fetched_at <= LAST_SECOND:
        raise UsageUnsound("it was fetched at a time that there is not")
    for counted in (found.image, found.text):
        if any(number is not None and not 0 <= number <= MOST for counts in counted.values() for number in counts):
            raise UsageUnsound("it has a number that cannot be")
    return Day(fetched_at=found.fetched_at, image=found.image, text=found.text)


def encode(day: Day) -> bytes:
    """The file of a day: compact, names in order."""
    said = _File(
        version=VERSION,
        fetched_at=day.fetched_at,
        image=dict(sorted(day.image.items())),
        text=dict(sorted(day.text.items())),
    )
    return msgspec.json.encode(said) + b"\n"
