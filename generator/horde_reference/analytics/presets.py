"""Selections of models at risk, and what a selection comes to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from horde_reference.analytics.risk import FLAGS, Risk, raised
from horde_reference.analytics.thresholds import PRESET_LOW_PERCENTAGE


@dataclass(frozen=True, slots=True)
class Preset:
    """A selection."""

    summary: str
    """Which models it takes, in a sentence."""
    takes: Callable[[Risk], bool]
    """Whether it takes a model."""


def _is_little_used(risk: Risk) -> bool:
    share = risk.usage_percentage_of_category
    return share is not None and share < PRESET_LOW_PERCENTAGE


def _is_candidate(risk: Risk) -> bool:
    return risk.at_risk or _is_little_used(risk) or risk.worker_count == 0


def _lacks_data(risk: Risk) -> bool:
    return risk.deletion_risk_flags.missing_description or risk.deletion_risk_flags.missing_baseline


def _lies_badly(risk: Risk) -> bool:
    flags = risk.deletion_risk_flags
    return flags.has_multiple_hosts or flags.has_non_preferred_host or flags.has_unknown_host


PRESETS: Final[Mapping[str, Preset]] = MappingProxyType(
    {
        "deletion_candidates": Preset("Whatever any flag, hardly any use or no worker speaks against.", _is_candidate),
        "zero_usage": Preset("Nobody asked for it within a month.", lambda risk: risk.usage_month == 0),
        "no_workers": Preset("No worker offers it.", lambda risk: risk.worker_count == 0),
        "missing_data": Preset("A description or a baseline is missing.", _lacks_data),
        "host_issues": Preset("Its files lie on several hosts, or on one that is not preferred.", _lies_badly),
        "critical": Preset("Hardly anybody asks for it and nobody offers it.", lambda risk: risk.is_critical),
        "low_usage": Preset(f"Less than {PRESET_LOW_PERCENTAGE} % of the category's requests.", _is_little_used),
    }
)
"""Name of a selection → what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a selection comes to, in the form of the live service."""

    total_models: int
    """Models, or groups, in the answer."""
    models_at_risk: int
    """Those with any flag."""
    models_critical: int
    """Those that hardly anybody asks for and nobody offers."""
    models_with_warnings: int
    """Those whose files lie badly, or that have none."""
    models_with_zero_day_usage: int
    """Those that nobody asked for within a day."""
    models_with_zero_month_usage: int
    """Those that nobody asked for within a month."""
    models_with_zero_total_usage: int
    """Those that nobody ever asked for."""
    models_with_no_active_workers: int
    """Those that no worker offers."""
    models_with_no_downloads: int
    """Those without a file to download."""
    models_with_non_preferred_hosts: int
    """Those with a file on a host that is not preferred."""
    models_with_multiple_hosts: int
    """Those with files on several hosts."""
    models_with_low_usage: int
    """Those with a very small share of the category's requests."""
    average_risk_score: float
    """Mean number of flags, to 2 places."""
    category_total_month_usage: int
    """Requests of a month for those in the answer."""


def summary(risks: Sequence[Risk]) -> Summary:
    """What these come to; averages of nothing are 0."""
    marks = zip(*(raised(risk.deletion_risk_flags) for risk in risks), strict=True)
    count = dict.fromkeys(FLAGS, 0) | dict(zip(FLAGS, map(sum, marks), strict=False))
    return Summary(
        total_models=len(risks),
        models_at_risk=sum(risk.at_risk for risk in risks),
        models_critical=sum(risk.is_critical for risk in risks),
        models_with_warnings=sum(risk.has_warning for risk in risks),
        models_with_zero_day_usage=count["zero_usage_day"],
        models_with_zero_month_usage=count["zero_usage_month"],
        models_with_zero_total_usage=count["zero_usage_total"],
        models_with_no_active_workers=count["no_active_workers"],
        models_with_no_downloads=count["no_download_urls"],
        models_with_non_preferred_hosts=count["has_non_preferred_host"],
        models_with_multiple_hosts=count["has_multiple_hosts"],
        models_with_low_usage=count["low_usage"],
        average_risk_score=round(sum(count.values()) / len(risks), 2) if risks else 0.0,
        category_total_month_usage=sum(risk.usage_month or 0 for risk in risks),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReport:
    """The models of a category, or a selection of them, and what they come to."""

    category: str
    """Name of the category."""
    category_total_month_usage: int
    """Requests of a month for all models of the category."""
    total_count: int
    """Models of the category."""
    returned_count: int
    """Models, or groups, in the answer."""
    offset: int
    """Always 0: an answer has all of them."""
    limit: int | None
    """Always null: an answer has all of them."""
    usage_as_of: int | None
    """Seconds since 1970 when usage was fetched; `None` where it never was, or nobody counts it."""
    usage_missing: Sequence[str]
    """What the AI-Horde did not say then."""
    models: Sequence[Risk]
    """The models, or groups, those that are asked for most first."""
    summary: Summary
    """What they come to."""
