"""JSON Schemas of metadata and of removed models.

schemas/metadata.json              what happened in one category
schemas/metadata_by_category.json  in all of them
schemas/last_updated.json          when anything last changed
schemas/removed.json               models that are no longer offered
"""

from collections.abc import Mapping
from typing import Final, get_args

from horde_reference.changes.diff import Operation
from horde_reference.emit.schemas.facts import CATEGORY, TIME
from horde_reference.emit.schemas.shapes import SECONDS, Schema, by_key, integer, keys, or_null, text, titled
from horde_reference.records.categories import CATEGORIES

_OPERATIONS: Final = list(get_args(Operation))
_CHANGED_AT: Final = or_null(integer(f"When something last changed, {SECONDS}; null where no history was known."))
_METADATA: Final = keys(
    "What happened in a category.",
    {
        "category": CATEGORY,
        "last_updated": _CHANGED_AT,
        "last_operation_type": {"enum": [*_OPERATIONS, None], "description": "What happened last."},
        "last_operation_model": or_null(text("Name of the record to which it happened.", "ViT-L/14")),
        "total_creates": integer("How many records ever came."),
        "total_updates": integer("How often a record was changed."),
        "total_deletes": integer("How many records went."),
        "total_models": integer("How many records are published."),
        "initialization_time": or_null(integer(f"When the first record of all came, {SECONDS}.")),
        "last_successful_operation": _CHANGED_AT,
        "error_count": integer("Always 0: what has errors is not published."),
        "metadata_schema_version": {"const": "1.0.0", "description": "Version of this form."},
        "backend_type": {"const": "git", "description": "What keeps the records."},
    },
)
_METADATA_EXAMPLE: Final = {
    "category": "clip", "last_updated": TIME, "last_operation_type": "create", "last_operation_model": "ViT-L/14",
    "total_creates": 2, "total_updates": 0, "total_deletes": 0, "total_models": 2, "initialization_time": TIME,
    "last_successful_operation": TIME, "error_count": 0, "metadata_schema_version": "1.0.0", "backend_type": "git",
}  # fmt: skip
_REMOVED: Final = keys(
    "Why a name is no longer published.",
    {
        "reason": text("Why, in a sentence.", "The author took it down."),
        "date": text("Since when, as year-month-day.", "2026-11-23", format="date"),
        "replaced_by": text("Name of the record of the same category to use instead.", "ViT-L/14"),
    },
    "date",
    "replaced_by",
)

SCHEMAS: Final[Mapping[str, Schema]] = {
    "schemas/metadata.json": titled("Metadata of a category", _METADATA, _METADATA_EXAMPLE),
    "schemas/metadata_by_category.json": titled(
        "Metadata", by_key("Category → what happened in it.", _METADATA, known=list(CATEGORIES)),
        {"clip": _METADATA_EXAMPLE},
    ),
    "schemas/last_updated.json": titled(
        "Last change",
        keys("When anything last changed.", {"category": CATEGORY, "last_updated": _CHANGED_AT}, "category"),
        {"category": "clip", "last_updated": TIME},
    ),
    "schemas/removed.json": titled(
        "Removed models",
        by_key("Category → name → why it is gone.", by_key("Name → why it is gone.", _REMOVED), known=list(CATEGORIES)),
        {"clip": {"ViT-L-14": {"reason": "It is called ViT-L/14 now.", "replaced_by": "ViT-L/14"}}},
    ),
}  # fmt: skip
"""Path from the public root → schema."""
