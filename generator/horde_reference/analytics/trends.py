"""How the use of each model went, day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from horde_reference.analytics.matching import Seen, matched, total
from horde_reference.analytics.series import Day, Series
from horde_reference.analytics.thresholds import SHOWN_DAYS
from horde_reference.analytics.usage import Counted, Domain, Use
from horde_reference.records.base import Record


@dataclass(frozen=True, slots=True)
class ModelTrend:
    """A model: one number for each day, null where nobody knew."""

    requests: Sequence[int | None]
    """Requests of that day."""
    workers: Sequence[int | None]
    """Workers that offered it then."""


@dataclass(frozen=True, slots=True)
class Trends:
    """The models of a category over the last days."""

    category: str
    """Name of the category."""
    days: Sequence[str]
    """The days in UTC, oldest first, for example `2026-11-25`. There may be gaps between them."""
    models: Mapping[str, ModelTrend]
    """Name → how its use went; a model that was never used is left out."""


def trends(category: str, records: Mapping[str, Record], series: Series, domain: Domain | None) -> Trends:
    """The last days of a series, for the models of a category; none where the AI-Horde counts nothing of the kind."""
    days = series.days[-SHOWN_DAYS:] if domain else ()
    if not days:
        return Trends(category, (), {})
    seen = [matched(records.values(), _counted(day, domain)) for day in days if domain]
    models = {name: _trend([of[name] for of in seen]) for name in records}
    used = {name: one for name, one in models.items() if any(one.requests) or any(one.workers)}
    return Trends(category, [day.date for day in days], used)


def total_requests(found: Trends) -> list[int | None]:
    """Requests of each day for all of the models together; `None` for a day on which those of any are not known."""
    return [total(day) for day in zip(*(model.requests for model in found.models.values()), strict=True)]


def _trend(seen: Sequence[Seen]) -> ModelTrend:
    return ModelTrend([one.day for one in seen], [one.workers for one in seen])


def _counted(day: Day, domain: Domain) -> Counted:
    uses = {
        name: Use(day=counts.day, month=counts.month, total=counts.total, workers=counts.workers)
        for name, counts in day.of(domain).items()
    }
    return Counted(models=uses)
