"""What the AI-Horde says of each model, under all its names together and of each backend.

These values have no slots: they are written four times as fast so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from horde_reference.analytics.matching import Seen, Variation, total
from horde_reference.records.base import Record
from horde_reference.records.kinds import TextGeneration


@dataclass(frozen=True)
class Requests:
    """How often a model was asked for."""

    day: int | None
    """Requests of the last day."""
    month: int | None
    """Requests of the last month."""
    total: int | None
    """Requests since counting began."""


@dataclass(frozen=True, kw_only=True)
class BackendVariation:
    """The same model as one backend offers it. What the AI-Horde did not say is `None`."""

    backend: str
    """`canonical` for the model's own name, or the backend."""
    variant_name: str
    """The name under which it is offered."""
    worker_count: int | None
    """Workers that offer it so."""
    performance: float | None
    """Speed of these workers: megapixelsteps of images or tokens of text a second."""
    queued: float | None
    """Work that waits: megapixelsteps or tokens."""
    queued_jobs: float | None
    """Requests that wait."""
    eta: int | None
    """Seconds until the queue is worked off."""
    usage_day: int | None
    """Requests of the last day."""
    usage_month: int | None
    """Requests of the last month."""
    usage_total: int | None
    """Requests since counting began."""


@dataclass(frozen=True, kw_only=True)
class Combined:
    """A model, in the form of the live service. What the AI-Horde did not say is `None`."""

    queued_jobs: float | None
    """Requests that wait."""
    performance: float | None
    """Speed of its workers: megapixelsteps of images or tokens of text a second."""
    eta: int | None
    """Seconds until the queue is worked off."""
    queued: float | None
    """Work that waits: megapixelsteps or tokens."""
    usage_stats: Requests | None
    """How often it was asked for, under all its names."""
    worker_summaries: None = None
    """Nothing is published of single workers."""
    backend_variations: Mapping[str, BackendVariation] | None
    """Backend → the model as it offers it; only for text models."""
    worker_count: int | None
    """Workers that offer it: of the name that most of them use."""
    usage_as_of: int | None
    """Seconds since 1970 when all this was asked."""


def combined(records: Mapping[str, Record], seen: Mapping[str, Seen], as_of: int | None) -> dict[str, Combined]:
    """Name of each record → what the AI-Horde says of it.

    Args:
        records: records by name.
        seen: what is seen of each.
        as_of: seconds since 1970 when that was asked.
    """
    return {name: _combined(record, seen[name], as_of) for name, record in records.items()}


def rank_by(found: Mapping[str, Combined], what: str = "workers") -> list[str]:
    """Names of the models that are used at all, the most used first; equals by requests of a month, then by name.

    Args:
        found: name → what the AI-Horde says.
        what: what counts, `workers` or requests of a `day`, `month` or of all time, `total`.
    """
    ranks = {name: (_number(one, what), _number(one, "month")) for name, one in found.items()}
    used = [name for name, rank in ranks.items() if any(rank)]
    return sorted(used, key=lambda name: (*(-number for number in ranks[name]), name))


def _number(one: Combined, what: str) -> int:
    if what == "workers":
        return one.worker_count or 0
    return int(getattr(one.usage_stats, what) or 0) if one.usage_stats else 0


def _combined(record: Record, seen: Seen, as_of: int | None) -> Combined:
    busiest = seen.busiest
    return Combined(
        queued_jobs=_plain(busiest.jobs),
        performance=busiest.performance,
        eta=busiest.eta,
        queued=_plain(busiest.queued),
        usage_stats=_requests(seen),
        backend_variations=_by_backend(seen.variations) if isinstance(record, TextGeneration) else None,
        worker_count=seen.workers,
        usage_as_of=as_of,
    )


def _requests(seen: Seen) -> Requests | None:
    numbers = seen.day, seen.month, seen.total
    return None if numbers == (None, None, None) else Requests(*numbers)


def _by_backend(variations: Sequence[Variation]) -> dict[str, BackendVariation]:
    """One for each backend; where it has several names for the model, the one with the most workers lends its own."""
    found: dict[str, list[Variation]] = {}
    for variation in variations:
        found.setdefault(variation.backend, []).append(variation)
    return {backend: _backend(backend, some) for backend, some in found.items()}


def _backend(backend: str, some: Sequence[Variation]) -> BackendVariation:
    main = max(some, key=lambda one: one.use.workers or 0) if len(some) > 1 else some[0]
    return BackendVariation(
        backend=backend,
        variant_name=main.variant_name,
        worker_count=main.use.workers,
        performance=main.use.performance,
        queued=_plain(main.use.queued),
        queued_jobs=_plain(main.use.jobs),
        eta=main.use.eta,
        usage_day=total([one.use.day for one in some]),
        usage_month=total([one.use.month for one in some]),
        usage_total=total([one.use.total for one in some]),
    )


def _plain(number: float | None) -> float | None:
    """A whole number without a fraction, as the live service writes it."""
    return int(number) if number is not None and float(number).is_integer() else number
