"""What the pages of statistics say: how many models there are of what, how they grew, and how much they are used."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from horde_reference.analytics.counting import percentage
from horde_reference.analytics.presets import summary
from horde_reference.analytics.sizes import SizeShare, sizes
from horde_reference.analytics.statistics import (
    CategoryStatistics,
    DownloadStatistics,
    TagShare,
    downloads,
    statistics,
    units_of,
)
from horde_reference.analytics.thresholds import SHOWN_TAGS
from horde_reference.analytics.trends import total_requests
from horde_reference.edition import Edition
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import CATALOGUE, model_href, statistics_folder
from horde_reference.emit.site.understanding.charts import Bar, Column, Line, bars, columns, line
from horde_reference.emit.site.understanding.measured import Counted, Measured, counted
from horde_reference.history.growth import Growth
from horde_reference.records.base import Record

SHOWN_BARS: Final = 15
"""Baselines and hosts that are shown; those behind them stand together in one bar."""
SHOWN_BUSIEST: Final = 10
"""Models that it shows of those that are asked for most."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A category, in numbers and drawings."""

    title: str
    href: str
    """Its page of statistics, behind the way to the web root."""
    counts: CategoryStatistics
    baselines: Sequence[Bar]
    styles: Sequence[Bar]
    tags: Sequence[Bar]
    hosts: Sequence[Bar]
    parameters: Sequence[Column]
    sizes: Sequence[Column]
    growth: Line | None
    busiest: Sequence[Bar]
    month: int
    """Requests of the last month for all of its models."""
    requests: Line | None
    """Requests a day, likewise."""
    use: Counted


@dataclass(frozen=True, slots=True)
class Whole:
    """All categories together."""

    models: int
    files: DownloadStatistics
    categories: Sequence[Bar]
    hosts: Sequence[Bar]
    growth: Line | None
    began: str | None
    """The day of the first record; `None` where no history is known."""


def figures(edition: Edition, found: Measured, past: Growth) -> Figures:
    """A category in numbers, from what is counted of it."""
    category = found.category
    members = edition.published[category]
    counts = statistics(category, units_of(members), computed_at=edition.last_updated(category))
    baselines = [(one.baseline, one.count, one.percentage) for one in counts.baseline_distribution.values()]
    styles, tags = map(_words, (counts.top_styles, counts.top_tags))
    return Figures(
        title=labels.TITLES[category],
        href=statistics_folder(category),
        counts=counts,
        baselines=bars(_alike(category, "baseline", baselines), SHOWN_BARS, "others"),
        styles=bars(_alike(category, "style", styles), SHOWN_TAGS),
        tags=bars(_alike(category, "q", tags, str), SHOWN_TAGS),
        hosts=_hosts(counts.download_stats),
        parameters=_parameters(counts),
        sizes=_sizes(members.values()),
        growth=line(past.days, past.counts.get(category, ())),
        busiest=_busiest(found),
        month=summary(found.risks).category_total_month_usage,
        requests=line(found.trends.days, total_requests(found.trends)),
        use=counted(edition, category),
    )


def whole(edition: Edition, found: Sequence[Figures], past: Growth) -> Whole:
    """All categories together, from the figures of each."""
    total = len(edition.published)
    filled = sorted((one for one in found if one.counts.total_models), key=lambda one: -one.counts.total_models)
    rows = [
        Bar(one.title, one.counts.total_models, percentage(one.counts.total_models, total), one.href) for one in filled
    ]
    files = downloads(list(edition.published))
    return Whole(
        models=total,
        files=files,
        categories=bars(rows, len(rows)),
        hosts=_hosts(files),
        growth=line(past.days, past.totals),
        began=None if edition.began is None else labels.day(edition.began),
    )


def _words(shares: Iterable[TagShare]) -> list[tuple[str, int, float]]:
    return [(one.tag, one.count, one.percentage) for one in shares]


def _alike(
    category: str, key: str, counts: Iterable[tuple[str, int, float]], label: Callable[[str], str] = labels.words
) -> list[Bar]:
    """Words and how many models have them; each leads to those models."""
    return [
        Bar(label(word), count, share, _in_catalogue({"category": category, key: word, "nsfw": "1"}))
        for word, count, share in counts
    ]


def _in_catalogue(asked: Mapping[str, str]) -> str:
    return f"{CATALOGUE}?{urlencode(asked)}"


def _hosts(files: DownloadStatistics) -> list[Bar]:
    """Hosts of files; those whose address names none as well."""
    total = files.total_download_entries
    rows = (Bar(host or "none that can be told", held, percentage(held, total)) for host, held in files.hosts.items())
    return bars(rows, SHOWN_BARS, "others")


def _parameters(counts: CategoryStatistics) -> list[Column]:
    return columns(
        [Column(one.bucket_label, one.bucket_label, one.count, one.percentage) for one in counts.parameter_buckets]
    )


def _sizes(records: Iterable[Record]) -> list[Column]:
    return columns([_size(one) for one in sizes(records)])


def _size(one: SizeShare) -> Column:
    if one.below is None:
        label, words = f">{one.least}", f"{one.least} GB and more"
    elif one.least:
        label, words = f"{one.least}-{one.below}", f"{one.least} to {one.below} GB"
    else:
        label, words = f"<{one.below}", f"under {one.below} GB"
    return Column(label, words, one.count, one.percentage)


def _busiest(found: Measured) -> list[Bar]:
    rows = (
        Bar(
            risk.name,
            risk.usage_month,
            risk.usage_percentage_of_category,
            model_href(risk.category, risk.name),
            "NSFW" if risk.nsfw else "",
        )
        for risk in found.risks[:SHOWN_BUSIEST]
        if risk.usage_month
    )
    return bars(rows, SHOWN_BUSIEST)
