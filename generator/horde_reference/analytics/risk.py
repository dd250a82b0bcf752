"""Which models are at risk of being deleted, and why.

What is published of each model has no slots: it is written four times as fast so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Final

from horde_reference.analytics.counting import host_of, percentage
from horde_reference.analytics.matching import Seen
from horde_reference.analytics.thresholds import PREFERRED_HOSTS, THRESHOLDS, Thresholds
from horde_reference.records.base import Record

_GIB: Final = 2**30


@dataclass(frozen=True, kw_only=True)
class Flags:
    """What speaks for deleting a model. What nobody knows raises no flag."""

    zero_usage_day: bool = False
    """Nobody asked for it within a day."""
    zero_usage_month: bool = False
    """Nobody asked for it within a month."""
    zero_usage_total: bool = False
    """Nobody ever asked for it."""
    no_active_workers: bool = False
    """No worker offers it."""
    has_multiple_hosts: bool = False
    """Its files lie on several hosts."""
    has_non_preferred_host: bool = False
    """A file lies on a host that is not preferred."""
    has_unknown_host: bool = False
    """The address of a file names no host."""
    no_download_urls: bool = False
    """There is nothing to download."""
    missing_description: bool = False
    """Nothing says what it is."""
    missing_baseline: bool = False
    """Nothing says what it was made from."""
    low_usage: bool = False
    """Its share of the category's requests is very small."""


FLAGS: Final = tuple(one.name for one in fields(Flags))
"""Names of the flags."""

raised: Final = attrgetter(*FLAGS)
"""Flags → which of them are raised, in the order of `FLAGS`."""


def raised_names(flags: Flags) -> list[str]:
    """Names of the flags that are raised."""
    return list(compress(FLAGS, raised(flags)))


@dataclass(frozen=True)
class Trend:
    """How a shorter time compares with a longer one; `None` where there is nothing to compare with."""

    day_to_month_ratio: float | None
    """Requests of a day in those of a month."""
    month_to_total_ratio: float | None
    """Requests of a month in all ever."""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """One model, or one group of them, in the form of the live service. What is not known is `None`."""

    name: str
    """Name of the model, or of the group."""
    category: str
    """Name of the category."""
    deletion_risk_flags: Flags
    """What speaks for deleting it."""
    at_risk: bool
    """Whether any flag is raised."""
    risk_score: int
    """Number of flags that are raised."""
    worker_count: int | None
    """Workers that offer it; of a group, of its most offered model."""
    usage_day: int | None
    """Requests of the last day."""
    usage_month: int | None
    """Requests of the last month."""
    usage_total: int | None
    """Requests since counting began."""
    usage_hour: None = None
    """The AI-Horde does not count hours."""
    usage_minute: None = None
    """The AI-Horde does not count minutes."""
    usage_percentage_of_category: float | None
    """Share of the category's requests of a month, in percent, to 4 places."""
    usage_trend: Trend
    """How recent requests compare with earlier ones."""
    cost_benefit_score: float | None
    """Requests a month for each GiB that it takes."""
    size_gb: float | None
    """GiB that its files take."""
    baseline: str
    """Empty where it states none."""
    nsfw: bool
    """Whether it is not safe for work."""
    has_description: bool
    """Whether something says what it is; of a group, of every model."""
    download_count: int
    """Files to download."""
    download_hosts: Sequence[str]
    """Hosts that they lie on."""
    backend_variations: None = None
    """Where `with-stats` has them, this answer does not."""
    is_critical: bool
    """Whether hardly anybody asks for it and nobody offers it."""
    has_warning: bool
    """Whether something is wrong with where its files lie."""


WARNINGS: Final = ("has_multiple_hosts", "has_non_preferred_host", "has_unknown_host", "no_download_urls")
"""Flags that say so."""

_warned: Final = attrgetter(*WARNINGS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Flags, and what they come to."""

    flags: Flags
    at_risk: bool
    score: int
    has_warning: bool


def verdict(**marks: bool) -> Verdict:
    """What these flags come to.

    Args:
        marks: name of each flag → whether it is raised.
    """
    flags = Flags(**marks)
    found = raised(flags)
    return Verdict(flags, any(found), sum(found), any(_warned(flags)))


def risks(category: str, records: Mapping[str, Record], seen: Mapping[str, Seen]) -> list[Risk]:
    """Every model of a category, the most used of the last month first, equals by name.

    Args:
        category: name of the category.
        records: its records by name.
        seen: what is seen of each.
    """
    total = sum(one.month or 0 for one in seen.values())
    limits = THRESHOLDS[category]
    verdict_of = cache(verdict)  # a category has few that differ
    found = [_risk(record, seen[name], total, limits, verdict_of) for name, record in records.items()]
    return sorted(found, key=lambda risk: (-(risk.usage_month or 0), risk.name))


def _risk(record: Record, seen: Seen, total: int, limits: Thresholds, verdict_of: Callable[..., Verdict]) -> Risk:
    hosts = sorted({host_of(file.file_url) for file in record.config.download})
    share = percentage(seen.month, total, 4) if seen.month is not None else None
    found = verdict_of(**_marks(record, seen, hosts, share if total else None, limits))
    size, baseline = record.size_on_disk_bytes, getattr(record, "baseline", None)
    return Risk(
        name=record.name,
        category=record.category,
        deletion_risk_flags=found.flags,
        at_risk=found.at_risk,
        risk_score=found.score,
        worker_count=seen.workers,
        usage_day=seen.day,
        usage_month=seen.month,
        usage_total=seen.total,
        usage_percentage_of_category=share,
        usage_trend=Trend(ratio(seen.day, seen.month), ratio(seen.month, seen.total)),
        cost_benefit_score=per_gib(seen.month, size),
        size_gb=round(size / _GIB, 2) if size else None,
        baseline=str(baseline or ""),
        nsfw=getattr(record, "nsfw", False),
        has_description=not found.flags.missing_description,
        download_count=len(record.config.download),
        download_hosts=hosts,
        is_critical=is_critical(seen.month, seen.workers, limits),
        has_warning=found.has_warning,
    )


def _marks(
    record: Record, seen: Seen, hosts: Sequence[str], share: float | None, limits: Thresholds
) -> dict[str, bool]:
    rated = hosts if limits.rates_hosts else ()
    return {
        "zero_usage_day": seen.day == 0,
        "zero_usage_month": seen.month == 0,
        "zero_usage_total": seen.total == 0,
        "no_active_workers": seen.workers == 0,
        "has_multiple_hosts": len(rated) > 1,
        "has_non_preferred_host": any(host and not _is_preferred(host) for host in rated),
        "has_unknown_host": "" in rated,
        "no_download_urls": limits.rates_hosts and not hosts,
        "missing_description": not record.description,
        "missing_baseline": hasattr(record, "baseline") and not record.baseline,
        "low_usage": share is not None and share < limits.low_usage_percentage,
    }


def _is_preferred(host: str) -> bool:
    return any(host == preferred or host.endswith(f".{preferred}") for preferred in PREFERRED_HOSTS)


def ratio(part: int | None, whole: int | None) -> float | None:
    """A part of a whole; `None` where one is not known or there is no whole."""
    return part / whole if part is not None and whole else None


def per_gib(month: int | None, size: float | None) -> float | None:
    """Requests a month for each GiB, to 2 places; `None` where one is not known.

    Args:
        month: requests of a month.
        size: bytes.
    """
    return round(month / (size / _GIB), 2) if month is not None and size else None


def is_critical(month: int | None, workers: int | None, limits: Thresholds) -> bool:
    """Whether there are too few requests and too few workers. Nobody is called critical for what is not known."""
    if month is None or workers is None:
        return False
    return month < limits.critical_month and workers < limits.critical_workers
