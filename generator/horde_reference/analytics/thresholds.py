"""The numbers that statistics and deletion risk turn on: one table."""

from dataclasses import dataclass
from typing import Final

from horde_reference.analytics.usage import Domain
from horde_reference.records.categories import CATEGORIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What makes a model of a category risky."""

    domain: Domain | None = None
    """Which of the AI-Horde's counts speak of the category; `None` where it counts nothing of the kind."""
    low_usage_percentage: float = 0.0065
    """Below this share of the category's requests of a month, in percent to 4 places, a model is little used."""
    critical_month: int = 1
    """With fewer requests a month, and too few workers, a model is critical."""
    critical_workers: int = 1
    """With fewer workers, and too few requests, a model is critical."""
    rates_hosts: bool = True
    """Whether it counts where files lie. Workers get text models from wherever they like."""


PREFERRED_HOSTS: Final = ("huggingface.co",)
"""Hosts that files should lie on: themselves and what is below them."""

PRESET_LOW_PERCENTAGE: Final = 0.01
"""Below this share, in percent, the presets `low_usage` and `deletion_candidates` take a model."""

SHOWN_TAGS: Final = 20
"""Tags, and styles, that statistics list."""

SHOWN_POPULAR: Final = 10
"""Models that lists of the most used show."""

SHOWN_DAYS: Final = 90
"""Days that trends show, the newest."""

BUCKET_EDGES: Final = (3, 6, 9, 13, 20, 35, 70)
"""Where buckets of parameters begin and end, in billions. A model on an edge is in the upper bucket."""

SIZE_EDGES: Final = (1, 2, 4, 8, 16, 32)
"""Where buckets of sizes on disk begin and end, in GB. A model on an edge is in the upper bucket."""

STALE_AFTER: Final = 7 * 24 * 60 * 60
"""Seconds by which a snapshot of usage may be older than the records that it is published with."""


_SPECIAL: Final = {
    "image_generation": Thresholds(domain="image"),
    "text_generation": Thresholds(domain="text", low_usage_percentage=0.02, critical_month=10, rates_hosts=False),
}

THRESHOLDS: Final = {name: _SPECIAL.get(name, Thresholds()) for name in CATEGORIES}
"""Name of a category → its thresholds."""
