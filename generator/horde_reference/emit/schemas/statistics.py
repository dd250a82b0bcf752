"""JSON Schemas of statistics, usage and deletion risk.

schemas/statistics.json     how many records there are of what
schemas/with_stats.json     what the AI-Horde says of each model of a category
schemas/trends.json         how the use of each model went
schemas/popular.json        the models that most workers offer
schemas/deletion_risk.json  models at risk
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from horde_reference.analytics.combined import Combined, combined
from horde_reference.analytics.matching import matched
from horde_reference.analytics.presets import RiskReport, summary
from horde_reference.analytics.risk import risks
from horde_reference.analytics.statistics import CategoryStatistics, statistics
from horde_reference.analytics.trends import ModelTrend, Trends
from horde_reference.analytics.usage import Counted, Use
from horde_reference.emit.schemas.answered import schema_of
from horde_reference.emit.schemas.shapes import Schema, keys, listed, text, titled
from horde_reference.records.kinds import TextGeneration

_EXAMPLE: Final = TextGeneration(name="example-author/Lantern-12B", description="Tells stories.", parameters=12 * 10**9)
_USED: Final = Counted(
    models={"koboldcpp/Lantern-12B": Use(day=3, month=90, total=700, workers=2, jobs=1, queued=512, eta=4)}
)
_SEEN: Final = matched([_EXAMPLE], _USED)
_TIME: Final = 1_764_000_000


def _described(schema: Schema, words: str) -> Schema:
    return {**schema, "description": words}


def _with_stats() -> Schema:
    found = combined({_EXAMPLE.name: _EXAMPLE}, _SEEN, _TIME)
    schema = schema_of(dict[str, Combined], "Models with their use", found)
    return _described(schema, "Name of each model of a category → what the AI-Horde says of it.")


def _deletion_risk() -> Schema:
    found = risks(_EXAMPLE.category, {_EXAMPLE.name: _EXAMPLE}, _SEEN)
    report = RiskReport(
        category=_EXAMPLE.category, category_total_month_usage=90, total_count=1, returned_count=1, offset=0,
        limit=None, usage_as_of=_TIME, usage_missing=(), models=found, summary=summary(found),
    )  # fmt: skip
    return schema_of(RiskReport, "Models at risk", report)


def _popular() -> Schema:
    record: Schema = {"type": "object", "description": "The record as it is published.", "required": ["name"]}
    stats: Schema = {"type": "object", "description": "What the AI-Horde says of it; what it did not say is left out."}
    one = keys("A model.", {"name": text("Its name."), "record": record, "stats": stats})
    example: list[dict[str, Any]] = [
        {"name": _EXAMPLE.name, "record": {"name": _EXAMPLE.name}, "stats": {"worker_count": 2, "usage_as_of": _TIME}}
    ]
    return titled("Popular models", listed("The models that most workers offer, at most ten.", one), example)


SCHEMAS: Final[Mapping[str, Schema]] = MappingProxyType(
    {
        "schemas/statistics.json": schema_of(
            CategoryStatistics, "Statistics", statistics(_EXAMPLE.category, [(_EXAMPLE,)], computed_at=_TIME)
        ),
        "schemas/with_stats.json": _with_stats(),
        "schemas/trends.json": schema_of(
            Trends, "Trends", Trends(_EXAMPLE.category, ["2026-11-25"], {_EXAMPLE.name: ModelTrend([3], [2])})
        ),
        "schemas/popular.json": _popular(),
        "schemas/deletion_risk.json": _deletion_risk(),
    }
)
"""Path from the public root → schema."""
