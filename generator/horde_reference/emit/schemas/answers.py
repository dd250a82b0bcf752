"""JSON Schemas of answers that are not records."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.emit.fixed import ANSWERS
from horde_reference.emit.schemas.shapes import Schema, flag, integer, keys, listed, number, or_null, text, titled
from horde_reference.records.categories import CATEGORIES

_AI_HORDE: Final = keys(
    "The AI-Horde, as the live service sees it: files never ask it.",
    {
        "degraded": flag("Whether it answers badly."),
        "consecutive_failures": integer("Requests to it that failed in a row."),
        "seconds_until_retry": or_null(number("When it will be asked again; null if at once.")),
    },
)

SCHEMAS: Final[Mapping[str, Schema]] = MappingProxyType(
    {
        "schemas/model_categories.json": titled(
            "Categories",
            {**listed("Names of the categories.", {"enum": list(CATEGORIES)}), "uniqueItems": True, "minItems": 1},
            ["image_generation", "text_generation"],
        ),
        "schemas/info.json": titled(
            "Information",
            keys("What the API is.", {"message": text("A sentence for people.")}),
            {"message": "The model reference."},
        ),
        "schemas/heartbeat.json": titled(
            "Heartbeat",
            keys("Whether all is well.", {"status": text("The tree is there.", enum=["ok"]), "ai_horde": _AI_HORDE}),
            ANSWERS["api/heartbeat.json"],
        ),
        "schemas/replicate_mode.json": titled(
            "Part",
            keys(
                "What part this instance plays.",
                {
                    "replicate_mode": text("A primary instance is where others get their records.", enum=["PRIMARY"]),
                    "canonical_format": text("Version of the API that carries all of a record.", enum=["v2"]),
                    "writable": flag("Whether requests can change records. They cannot: changes are pull requests."),
                },
            ),
            ANSWERS["api/replicate_mode.json"],
        ),
        "schemas/error.json": titled(
            "Error", keys("Why there is no other answer.", {"detail": text("What is wrong.")}), ANSWERS["404.json"]
        ),
    }
)
"""Path from the public root → schema."""
