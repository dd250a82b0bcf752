"""What the pages on deletion risk load: the models of a category, column by column.

search/risk/<category>.json   the columns

The rows stand in the order of the published table, `deletion-risk.csv`, so that the page can hand out its lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

from horde_reference.analytics.presets import PRESETS
from horde_reference.analytics.risk import FLAGS, Risk, raised
from horde_reference.emit.site.links import odd_paths
from horde_reference.formats.json_writing import compact
from horde_reference.tree import File

FLAG_WORDS: Final[Mapping[str, str]] = {
    "zero_usage_day": "unused today",
    "zero_usage_month": "unused this month",
    "zero_usage_total": "never used",
    "no_active_workers": "no worker",
    "has_multiple_hosts": "several hosts",
    "has_non_preferred_host": "host not preferred",
    "has_unknown_host": "host unknown",
    "no_download_urls": "no files",
    "missing_description": "no description",
    "missing_baseline": "no baseline",
    "low_usage": "little used",
}
"""Flag → what a row says of it."""
NOTHING: Final = -1


@dataclass(frozen=True, slots=True)
class RiskIndex:
    """The models of a category: the nth entries of all columns are those of the nth line of the published table."""

    flags: Sequence[str]
    """What speaks for deleting a model, in words."""
    presets: Sequence[str]
    """Names of the selections."""
    names: Sequence[str]
    """Names."""
    paths: Mapping[str, str]
    """Position → folder of the page below `models/`, where that is not category and name with a slash between."""
    raised: Sequence[int]
    """Which flags are raised: the sum of 2 to the power of their positions in `flags`."""
    taken: Sequence[int]
    """Which presets take it, likewise."""
    critical: Sequence[int]
    """1 for models that hardly anybody asks for and nobody offers, 0 for others."""
    nsfw: Sequence[int]
    """1 for models that are not safe for work, 0 for others."""
    month: Sequence[int]
    """Requests of the last month; -1 where nobody counted."""
    workers: Sequence[int]
    """Workers that offer it now; -1 where nobody counted."""
    size: Sequence[float]
    """GiB on disk; 0 where nobody said."""


def path_of(category: str) -> str:
    """Path of the file of a category, from the web root."""
    return f"search/risk/{category}.json"


def file(category: str, risks: Sequence[Risk]) -> File:
    """The file of a category's columns."""
    return path_of(category), compact(risk_index(risks))


def risk_index(risks: Sequence[Risk]) -> RiskIndex:
    """The columns of these models."""
    return RiskIndex(
        flags=[FLAG_WORDS[flag] for flag in FLAGS],
        presets=list(PRESETS),
        names=[one.name for one in risks],
        paths=odd_paths((one.category, one.name) for one in risks),
        raised=[_bits(raised(one.deletion_risk_flags)) for one in risks],
        taken=[_bits(preset.takes(one) for preset in PRESETS.values()) for one in risks],
        critical=[int(one.is_critical) for one in risks],
        nsfw=[int(one.nsfw) for one in risks],
        month=[known(one.usage_month) for one in risks],
        workers=[known(one.worker_count) for one in risks],
        size=[one.size_gb or 0 for one in risks],
    )


def flags_in_words(risk: Risk) -> list[str]:
    """What speaks for deleting a model."""
    return [FLAG_WORDS[flag] for flag in compress(FLAGS, raised(risk.deletion_risk_flags))]


def known(number: int | None) -> int:
    """A number, or what stands for one that nobody knows."""
    return NOTHING if number is None else number


def _bits(marks: Iterable[bool]) -> int:
    return sum(mark << place for place, mark in enumerate(marks))
