"""What the records of each category come to, and how much they are used.

api/model_references/statistics/<category>.json             how many there are of what
api/model_references/statistics/<category>/grouped.json     the same of groups: text models by theirs, others singly
api/model_references/statistics/<category>/with-stats.json  what the AI-Horde says of each model
api/model_references/statistics/<category>/trends.json      how their use went, day by day
api/model_references/v2/<category>/popular.json             the models that most workers offer
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from horde_reference.analytics.combined import Combined, combined, rank_by
from horde_reference.analytics.statistics import statistics, units_of
from horde_reference.analytics.thresholds import SHOWN_POPULAR, THRESHOLDS
from horde_reference.analytics.trends import trends
from horde_reference.edition import Edition
from horde_reference.emit.api import published_record
from horde_reference.formats.addresses import STATISTICS_ROOT, popular_path
from horde_reference.formats.json_writing import compact
from horde_reference.records.base import Record
from horde_reference.tree import Emitted


def emit(edition: Edition) -> Iterator[Emitted]:
    """The statistics of every category."""
    for category, members in edition.published.categories.items():
        root, time = f"{STATISTICS_ROOT}/{category}", edition.last_updated(category)
        alone = compact(statistics(category, units_of(members), computed_at=time))
        yield f"{root}.json", alone
        groups = edition.group_of(category)
        grouped = statistics(category, units_of(members, groups), computed_at=time) if groups else None
        yield f"{root}/grouped.json", compact(grouped) if grouped else alone
        domain = THRESHOLDS[category].domain
        yield f"{root}/trends.json", compact(trends(category, members, edition.series, domain))
        found = combined(members, edition.seen(category), edition.usage_as_of(category))
        yield f"{root}/with-stats.json", compact(found)
        yield popular_path(category), compact(_popular(edition, members, found))


def _popular(edition: Edition, members: Mapping[str, Record], found: Mapping[str, Combined]) -> list[dict[str, Any]]:
    return [
        {"name": name, "record": orjson.Fragment(published_record(edition, members[name])), "stats": _said(found[name])}
        for name in rank_by(found)[:SHOWN_POPULAR]
    ]


def _said(one: Combined) -> dict[str, Any]:
    """What is known of a model's use, without what is not and without its backends."""
    said: dict[str, Any] = orjson.loads(orjson.dumps(one))
    return {key: value for key, value in said.items() if value is not None and key != "backend_variations"}
