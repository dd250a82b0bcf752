"""JSON Schemas of answers that are not records."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from horde_reference.emit.fixed import ANSWERS
from horde_reference.emit.record_schemas import Schema
from horde_reference.records.categories import CATEGORIES


def _text(description: str, *values: str) -> Schema:
    return {"type": "string", "description": description, **({"enum": list(values)} if values else {})}


def _flag(description: str) -> Schema:
    return {"type": "boolean", "description": description}


def _keys(**properties: Schema) -> Schema:
    """An object that has all of these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _answer(title: str, description: str, shape: Schema, *examples: Any) -> Schema:  # noqa: ANN401 - any JSON value
    return {"title": title, "description": description, **shape, "examples": list(examples)}


_AI_HORDE: Final = _keys(
    degraded=_flag("Whether it answers badly."),
    consecutive_failures={"type": "integer", "minimum": 0, "description": "Requests to it that failed in a row."},
    seconds_until_retry={"type": ["number", "null"], "description": "When it will be asked again; null if at once."},
)

SCHEMAS: Final[Mapping[str, Schema]] = MappingProxyType(
    {
        "schemas/model_categories.json": _answer(
            "Categories",
            "Names of the categories.",
            {"type": "array", "items": {"enum": list(CATEGORIES)}, "uniqueItems": True, "minItems": 1},
            ["image_generation", "text_generation"],
        ),
        "schemas/info.json": _answer(
            "Information",
            "What the API is.",
            _keys(message=_text("A sentence for people.")),
            {"message": "The model reference."},
        ),
        "schemas/heartbeat.json": _answer(
            "Heartbeat",
            "Whether all is well.",
            _keys(
                status=_text("The tree is there.", "ok"),
                ai_horde={**_AI_HORDE, "description": "The AI-Horde, as the live service sees it: files never ask it."},
            ),
            ANSWERS["api/heartbeat.json"],
        ),
        "schemas/replicate_mode.json": _answer(
            "Part",
            "What part this instance plays.",
            _keys(
                replicate_mode=_text("A primary instance is where others get their records.", "PRIMARY"),
                canonical_format=_text("Version of the API that carries all of a record.", "v2"),
                writable=_flag("Whether records can be changed by request. They cannot: changes are pull requests."),
            ),
            ANSWERS["api/replicate_mode.json"],
        ),
        "schemas/error.json": _answer(
            "Error",
            "Why there is no other answer.",
            _keys(detail=_text("What is wrong.")),
            ANSWERS["404.json"],
        ),
    }
)
"""Path → schema."""
