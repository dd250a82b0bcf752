"""What is counted of a category, once for all pages that tell of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from horde_reference.analytics.risk import Risk, risks
from horde_reference.analytics.thresholds import THRESHOLDS
from horde_reference.analytics.trends import Trends, trends
from horde_reference.edition import Edition
from horde_reference.emit.site import labels


@dataclass(frozen=True, slots=True)
class Measured:
    """The use of a category's models, and what speaks for deleting each of them."""

    category: str
    """Name of the category."""
    trends: Trends
    """How their use went, day by day."""
    risks: Sequence[Risk]
    """The models, those that are asked for most first."""
    risk_of: Mapping[str, Risk]
    """The same by name."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of the use of a category's models."""

    state: Literal["known", "unasked", "uncounted"]
    """Whether the AI-Horde said anything, nobody asked it, or it counts nothing of the kind."""
    day: str | None
    """The day on which it was asked, in UTC."""
    missing: Sequence[str]
    """What it did not say then, in words."""


def measured(edition: Edition, category: str) -> Measured:
    """All of it for one category."""
    members = edition.published[category]
    found = risks(category, members, edition.seen(category))
    drawn = trends(category, members, edition.series, THRESHOLDS[category].domain)
    return Measured(category, drawn, found, {risk.name: risk for risk in found})


def counted(edition: Edition, category: str) -> Counted:
    """What is known of its use."""
    domain, as_of = THRESHOLDS[category].domain, edition.usage_as_of(category)
    if domain is None:
        return Counted("uncounted", None, ())
    if edition.usage is None or as_of is None:
        return Counted("unasked", None, ())
    return Counted("known", labels.day(as_of), edition.usage.missing_of(domain))
