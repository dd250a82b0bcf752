"""JSON Schemas of what the site's pages load.

schemas/search.json       every model, column by column
schemas/risk_index.json   what speaks for deleting the models of a category, column by column
schemas/stated.json       every record of a category as its file states it
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.emit.schemas.answered import schema_of
from horde_reference.emit.schemas.shapes import Schema, by_key, titled
from horde_reference.emit.site.search_index import SearchIndex
from horde_reference.emit.site.understanding.risk_index import RiskIndex

_EXAMPLE: Final = SearchIndex(
    categories={"text_generation": 1},
    titles={"text_generation": "Text generation"},
    names=["example-author/Lantern-12B-Q4_K_M"],
    paths={},
    called={"0": ["Lantern 12B"]},
    descriptions=["Tells stories."],
    baselines={},
    spellings={},
    baseline=[-1],
    styles={"roleplay": "Roleplay"},
    style=[0],
    quantisations={"Q4_K_M": "Q4_K_M"},
    quantisation=[0],
    tags=["stories"],
    tagged={"0": [0]},
    nsfw=[0],
    size=[0],
    parameters=[12_000],
    month=[90],
    workers=[2],
)

_STATED: Final = titled(
    "Records as their files state them",
    by_key(
        "Name of each record of a category → what its file says: what equals its default is left out.",
        {
            "type": "object",
            "description": "The record, which keeps to `schemas/record/<category>.json`.",
            "required": ["name"],
        },
    ),
    {"ViT-L/14": {"name": "ViT-L/14", "description": "Reads pictures."}},
)

_RISK_EXAMPLE: Final = RiskIndex(
    flags=["unused today", "unused this month"],
    presets=["deletion_candidates", "zero_usage"],
    names=["example-author/Lantern-12B-Q4_K_M"],
    paths={},
    raised=[3],
    taken=[3],
    critical=[0],
    nsfw=[0],
    month=[0],
    workers=[2],
    size=[0],
)

SCHEMAS: Final[Mapping[str, Schema]] = MappingProxyType(
    {
        "schemas/search.json": schema_of(SearchIndex, "Search index", _EXAMPLE),
        "schemas/risk_index.json": schema_of(RiskIndex, "Risk index", _RISK_EXAMPLE),
        "schemas/stated.json": _STATED,
    }
)
"""Path from the public root → schema."""
