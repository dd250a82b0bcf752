"""What the records of a category come to: how many there are of what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from horde_reference.analytics.counting import host_of, percentage
from horde_reference.analytics.thresholds import BUCKET_EDGES, SHOWN_TAGS
from horde_reference.records.base import Record
from horde_reference.records.kinds import TextGeneration

Unit = tuple[Record, ...]
"""What is counted as one: a single model, or the models of a group."""

_BILLION: Final = 10**9


@dataclass(frozen=True, slots=True)
class BaselineShare:
    """How many models have a baseline."""

    baseline: str
    """The baseline."""
    count: int
    """How many have it."""
    percentage: float
    """Share of all, in percent, to 2 places."""


@dataclass(frozen=True, slots=True)
class TagShare:
    """How many models have a tag, or a style."""

    tag: str
    """The tag, or the style."""
    count: int
    """How many have it."""
    percentage: float
    """Share of all, in percent, to 2 places."""


@dataclass(frozen=True, slots=True)
class BucketShare:
    """How many models have so many parameters: at least the one number, less than the other, in billions."""

    bucket_label: str
    """What the bucket is called, for example `3-6B`."""
    min_params: float
    """The least, in billions."""
    max_params: float | None
    """What it stays below, in billions; null for the last bucket."""
    count: int
    """How many have it."""
    percentage: float
    """Share of all, in percent, to 2 places."""


@dataclass(frozen=True, slots=True)
class DownloadStatistics:
    """What there is to download."""

    total_models_with_downloads: int
    """Models that name files to download."""
    total_download_entries: int
    """Files."""
    total_size_bytes: int
    """Bytes of all models whose size is stated."""
    models_with_size_info: int
    """Models whose size is stated."""
    average_size_bytes: float
    """Mean bytes of those, to 2 places."""
    hosts: Mapping[str, int]
    """Host → files on it, the most first."""


@dataclass(frozen=True, slots=True)
class CategoryStatistics:
    """What the records of a category come to, in the form of the live service."""

    category: str
    """Name of the category."""
    total_models: int
    """Models, or groups, that are counted."""
    returned_models: int
    """The same: an answer has all of them."""
    offset: int
    """Always 0: an answer has all of them."""
    limit: int | None
    """Always null: an answer has all of them."""
    nsfw_count: int
    """Those that are not safe for work."""
    baseline_distribution: Mapping[str, BaselineShare]
    """Baseline → how many have it, the most first."""
    download_stats: DownloadStatistics
    """What there is to download."""
    top_tags: Sequence[TagShare]
    """The most frequent tags, at most 20."""
    top_styles: Sequence[TagShare]
    """The most frequent styles, at most 20."""
    parameter_buckets: Sequence[BucketShare]
    """Text models by their parameters; empty for other categories."""
    models_without_param_info: int
    """Text models that do not state their parameters."""
    models_with_trigger_words: int
    """Those with trigger words."""
    models_with_inpainting: int
    """Those that fill in parts of a picture."""
    models_with_requirements: int
    """Those that ask for certain settings."""
    models_with_showcases: int
    """Those with showcase pictures."""
    computed_at: int | None
    """When a record of the category last changed, in seconds since 1970; null where no history was known."""


def units_of(records: Mapping[str, Record], group_of: Mapping[str, str] | None = None) -> list[Unit]:
    """What is counted as one: each record; or each group, where it is said which group each record is in."""
    if not group_of:
        return [(record,) for record in records.values()]
    groups: dict[str, list[Record]] = {}
    for name, record in records.items():
        groups.setdefault(group_of[name], []).append(record)
    return [tuple(group) for group in groups.values()]


def statistics(category: str, units: Sequence[Unit], *, computed_at: int | None) -> CategoryStatistics:
    """Count what there is; a group counts once for whatever any of its models has.

    Args:
        category: name of the category.
        units: its models, each alone or by groups.
        computed_at: seconds since 1970 of the state that is counted; `None` where nobody knows.
    """
    count = len(units)
    baselines = _ranked(units, _baselines)
    return CategoryStatistics(
        category=category,
        total_models=count,
        returned_models=count,
        offset=0,
        limit=None,
        nsfw_count=_having(units, "nsfw"),
        baseline_distribution={name: BaselineShare(name, held, percentage(held, count)) for name, held in baselines},
        download_stats=downloads([record for unit in units for record in unit]),
        top_tags=_shares(_ranked(units, _tags), count),
        top_styles=_shares(_ranked(units, _styles), count),
        parameter_buckets=_buckets(units),
        models_without_param_info=sum(_is_text(unit) and not any(_sizes(unit)) for unit in units),
        models_with_trigger_words=_having(units, "trigger"),
        models_with_inpainting=_having(units, "inpainting"),
        models_with_requirements=_having(units, "requirements"),
        models_with_showcases=_having(units, "showcases"),
        computed_at=computed_at,
    )


def _having(units: Sequence[Unit], name: str) -> int:
    """How many state something in a field."""
    if not (units and hasattr(units[0][0], name)):
        return 0
    return sum(any(getattr(record, name, None) for record in unit) for unit in units)


def _baselines(record: Any) -> Iterable[str]:  # noqa: ANN401 - a record of any kind, which may lack the field
    baseline = getattr(record, "baseline", None)
    return (str(baseline),) if baseline else ()


def _styles(record: Any) -> Iterable[str]:  # noqa: ANN401
    style = getattr(record, "style", None)
    return (str(style),) if style else ()


def _tags(record: Any) -> Iterable[str]:  # noqa: ANN401
    return getattr(record, "tags", ())


def _ranked(units: Iterable[Unit], words_of: Any) -> list[tuple[str, int]]:  # noqa: ANN401
    """Words and how many have them: the most frequent first, equals by name."""
    counts = Counter(word for unit in units for word in {word for record in unit for word in words_of(record)})
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _shares(ranked: Iterable[tuple[str, int]], count: int) -> list[TagShare]:
    return [TagShare(word, held, percentage(held, count)) for word, held in ranked][:SHOWN_TAGS]


def downloads(records: Sequence[Record]) -> DownloadStatistics:
    """What there is to download of these."""
    files = [file for record in records for file in record.config.download]
    sizes = [record.size_on_disk_bytes for record in records if record.size_on_disk_bytes is not None]
    hosts = Counter(host_of(file.file_url) for file in files)
    return DownloadStatistics(
        total_models_with_downloads=sum(bool(record.config.download) for record in records),
        total_download_entries=len(files),
        total_size_bytes=sum(sizes),
        models_with_size_info=len(sizes),
        average_size_bytes=round(sum(sizes) / len(sizes), 2) if sizes else 0.0,
        hosts=dict(sorted(hosts.items(), key=lambda one: (-one[1], one[0]))),
    )


def _is_text(unit: Unit) -> bool:
    return isinstance(unit[0], TextGeneration)


def _sizes(unit: Unit) -> list[int]:
    """Parameters of the models, where they are stated."""
    return [record.parameters for record in unit if isinstance(record, TextGeneration) and record.parameters]


def _buckets(units: Sequence[Unit]) -> list[BucketShare]:
    """Empty for categories whose records state no parameters."""
    if not any(map(_is_text, units)):
        return []
    found = [{_bucket(size) for size in _sizes(unit)} for unit in units]
    counts = Counter(place for places in found for place in places)
    ends = [0, *BUCKET_EDGES, None]
    return [
        BucketShare(_label(low or 0, high), low or 0, high, counts[place], percentage(counts[place], len(units)))
        for place, (low, high) in enumerate(pairwise(ends))
    ]


def _bucket(parameters: int) -> int:
    return sum(parameters >= edge * _BILLION for edge in BUCKET_EDGES)


def _label(low: int, high: int | None) -> str:
    if not low:
        return f"<{high}B"
    return f"{low}-{high}B" if high else f">{low}B"
