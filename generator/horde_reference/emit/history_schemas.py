"""JSON Schemas of what is published of the past: metadata, removed models, changes, audit trail, head.

schemas/metadata.json              what happened in one category
schemas/metadata_by_category.json  in all of them
schemas/last_updated.json          when anything last changed
schemas/removed.json               models that are no longer offered
schemas/changes.json               every change
schemas/change.json                one change
schemas/audit.json                 segments of the audit trail
schemas/audit_event.json           a line of a segment
schemas/head.json                  commit and files of a published tree
"""

from collections.abc import Mapping
from typing import Any, Final, get_args

from horde_reference.changes.diff import Operation
from horde_reference.records.categories import CATEGORIES

Schema = dict[str, Any]

_OPERATIONS: Final = list(get_args(Operation))
_TIME: Final = 1795392627
_COMMIT: Final = "4f1c0a9d2b7e8c3f5a6d1e0b9c8d7f6a5b4c3d2e"


def _object(what: str, properties: Mapping[str, Schema], *optional: str) -> Schema:
    """An object that has all of these keys but the optional ones, and no others."""
    required = [key for key in properties if key not in optional]
    described = {"type": "object", "description": what, "properties": dict(properties)}
    return {**described, "required": required, "additionalProperties": False}


def _map(what: str, values: Schema, *, keys: list[str] | None = None) -> Schema:
    names = {"propertyNames": {"enum": keys}} if keys else {}
    return {"type": "object", "description": what, **names, "additionalProperties": values}


def _list(what: str, items: Schema) -> Schema:
    return {"type": "array", "description": what, "items": items}


def _text(what: str, *examples: str, **more: Any) -> Schema:  # noqa: ANN401 - keywords of JSON Schema
    return {"type": "string", "description": what, **more, **({"examples": list(examples)} if examples else {})}


def _integer(what: str, least: int = 0) -> Schema:
    return {"type": "integer", "minimum": least, "description": what}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


_SECONDS: Final = "in seconds since 1970"
_HASH: Final = _text("SHA-256 of the file's bytes.", "e2cd4703ab14f4d0" * 4, pattern="^[0-9a-f]{64}$")
_CATEGORY: Final = _text("Name of the category.", "clip", enum=list(CATEGORIES))
_COMMIT_FACTS: Final = {
    "number": _integer("Place of the commit in the history; grows with every commit.", 1),
    "commit": _text("Id of the commit.", _COMMIT),
    "time": _integer(f"When it was committed, {_SECONDS}."),
    "author": _text("Who wrote it.", "Ada"),
    "subject": _text("First line of its message.", "Add a model (#12)"),
    "pull_request": _integer("Number of its pull request, where its message says so.", 1),
}
_CHANGED_AT: Final = _or_null(_integer(f"When something last changed, {_SECONDS}; null where no history was known."))

_METADATA: Final = _object(
    "What happened in a category.",
    {
        "category": _CATEGORY,
        "last_updated": _CHANGED_AT,
        "last_operation_type": {"enum": [*_OPERATIONS, None], "description": "What happened last."},
        "last_operation_model": _or_null(_text("Name of the record to which it happened.", "ViT-L/14")),
        "total_creates": _integer("How many records ever came."),
        "total_updates": _integer("How often a record was changed."),
        "total_deletes": _integer("How many records went."),
        "total_models": _integer("How many records are published."),
        "initialization_time": _or_null(_integer(f"When the first record of all came, {_SECONDS}.")),
        "last_successful_operation": _CHANGED_AT,
        "error_count": _integer("Always 0: what has errors is not published."),
        "metadata_schema_version": {"const": "1.0.0", "description": "Version of this form."},
        "backend_type": {"const": "git", "description": "What keeps the records."},
    },
)
_METADATA_EXAMPLE: Final = {
    "category": "clip", "last_updated": _TIME, "last_operation_type": "create", "last_operation_model": "ViT-L/14",
    "total_creates": 2, "total_updates": 0, "total_deletes": 0, "total_models": 2, "initialization_time": _TIME,
    "last_successful_operation": _TIME, "error_count": 0, "metadata_schema_version": "1.0.0", "backend_type": "git",
}  # fmt: skip
_REMOVED: Final = _object(
    "Why a name is no longer published.",
    {
        "reason": _text("Why, in a sentence.", "The author took it down."),
        "date": _text("Since when, as year-month-day.", "2026-11-23", format="date"),
        "replaced_by": _text("Name of the record of the same category to use instead.", "ViT-L/14"),
    },
    "date",
    "replaced_by",
)
_SIDES: Final = _object(
    "What a commit did in one category.",
    {
        "added": _list("Names of records that came.", {"type": "string"}),
        "changed": _map("Record → dotted paths of the fields that changed.", _list("Paths.", {"type": "string"})),
        "removed": _list("Names of records that went.", {"type": "string"}),
        "renamed": _map("New name → old name, of those that only got another.", {"type": "string"}),
    },
)
_CHANGE: Final = _object(
    "What one commit changed; this file never changes again.",
    {**_COMMIT_FACTS, "categories": _map("Category → what changed in it.", _SIDES, keys=list(CATEGORIES))},
    "pull_request",
)
_LISTED: Final = _object(
    "A commit that changed records.",
    {
        **_COMMIT_FACTS,
        "path": _text("Address of the change, from the web root.", "/changes/1.json"),
        "records": _integer("How many records it changed.", 1),
    },
    "pull_request",
)
_SEGMENT: Final = _object(
    "A file of the audit trail.",
    {
        "path": _text("Its address, from the web root.", "/audit/v2/clip/audit-000001.jsonl"),
        "first_event_id": _integer("Id of its first event.", 1),
        "last_event_id": _integer("Id of its last event.", 1),
        "events": _integer("How many events it holds.", 1),
        "size": _integer("Its bytes.", 1),
        "sha256": _HASH,
        "full": {"type": "boolean", "description": "Whether it never changes again."},
    },
)
_DELTA: Final = _object("A field that differs.", {"old": {"description": "Before."}, "new": {"description": "After."}})
_STATED: Final = {"type": "object", "description": "What the record's file stated, without `$schema`."}
_EVENT: Final = _object(
    "What happened to one record at one commit.",
    {
        "event_id": _integer("Grows by one from event to event, over all categories.", 1),
        "timestamp": _integer(f"When it was committed, {_SECONDS}."),
        "domain": {"const": "v2", "description": "Format of the records."},
        "category": _CATEGORY,
        "model_name": _text("Name of the record.", "ViT-L/14"),
        "operation": {"enum": _OPERATIONS, "description": "What happened."},
        "logical_user_id": _text("Who did it.", "Ada"),
        "commit": _COMMIT_FACTS["commit"],
        "number": _COMMIT_FACTS["number"],
        "subject": _COMMIT_FACTS["subject"],
        "pull_request": _COMMIT_FACTS["pull_request"],
        "renamed_from": _text("Name that the record had until then.", "ViT-L-14"),
        "payload": _object(
            "The record before and after, and what differs.",
            {"before": _STATED, "after": _STATED, "delta": _map("Dotted path → old and new value.", _DELTA)},
            "before",
            "after",
            "delta",
        ),
    },
    "pull_request",
    "renamed_from",
)
_FINGERPRINT: Final = _object("How to know that a file arrived whole.", {"sha256": _HASH, "size": _integer("Bytes.")})
_HEAD: Final = _object(
    "Which commit a published tree is, and what its files are. The only file that changes when nothing else does.",
    {
        "schema_version": {"const": "1.0.0", "description": "Version of this form."},
        "number": _integer("Place of the commit in the history; grows with every commit. 0 where none was known."),
        "commit": _or_null(_text("Id of the commit; null where no history was known.", _COMMIT)),
        "time": _or_null(_integer(f"When it was committed, {_SECONDS}; null where no history was known.")),
        "modified": {"type": "boolean", "description": "Whether the records are not those of the commit."},
        "records": _map("Category → how many records are published.", _integer("Number."), keys=list(CATEGORIES)),
        "files": _map("Path from the web root → fingerprint, of every file but this one.", _FINGERPRINT),
    },
)
_STEP_EXAMPLE: Final = {"number": 1, "commit": _COMMIT, "time": _TIME, "author": "Ada", "subject": "Add a model (#12)"}


def _titled(title: str, schema: Schema, example: object) -> Schema:
    return {"title": title, **schema, "examples": [example]}


HISTORY_SCHEMAS: Final[Mapping[str, Schema]] = {
    "schemas/metadata.json": _titled("Metadata of a category", _METADATA, _METADATA_EXAMPLE),
    "schemas/metadata_by_category.json": _titled(
        "Metadata", _map("Category → what happened in it.", _METADATA, keys=list(CATEGORIES)),
        {"clip": _METADATA_EXAMPLE},
    ),
    "schemas/last_updated.json": _titled(
        "Last change",
        _object("When anything last changed.", {"category": _CATEGORY, "last_updated": _CHANGED_AT}, "category"),
        {"category": "clip", "last_updated": _TIME},
    ),
    "schemas/removed.json": _titled(
        "Removed models",
        _map("Category → name → why it is gone.", _map("Name → why it is gone.", _REMOVED), keys=list(CATEGORIES)),
        {"clip": {"ViT-L-14": {"reason": "It is called ViT-L/14 now.", "replaced_by": "ViT-L/14"}}},
    ),
    "schemas/changes.json": _titled(
        "Changes",
        _object(
            "Every change, oldest first. Whoever has seen number N reads those with a greater one.",
            {"number": _integer("Number of the last; 0 where there is none."), "changes": _list("Changes.", _LISTED)},
        ),
        {"number": 1, "changes": [{**_STEP_EXAMPLE, "path": "/changes/1.json", "records": 1}]},
    ),
    "schemas/change.json": _titled(
        "Change", _CHANGE,
        {
            **_STEP_EXAMPLE,
            "categories": {"clip": {"added": ["ViT-L/14"], "changed": {}, "removed": [], "renamed": {}}},
        },
    ),
    "schemas/audit.json": _titled(
        "Audit trail",
        _object(
            "Where the events are.",
            {
                "last_event_id": _integer("Id of the last event of all; 0 where there is none."),
                "segments": _map("Category → its segments.", _list("Oldest first.", _SEGMENT), keys=list(CATEGORIES)),
            },
        ),
        {"last_event_id": 0, "segments": {"clip": []}},
    ),
    "schemas/audit_event.json": _titled(
        "Audit event", _EVENT,
        {
            "event_id": 1, "timestamp": _TIME, "domain": "v2", "category": "clip", "model_name": "ViT-L/14",
            "operation": "create", "logical_user_id": "Ada", "commit": _COMMIT, "number": 1,
            "subject": "Add a model (#12)", "pull_request": 12, "payload": {"after": {"name": "ViT-L/14"}},
        },
    ),
    "schemas/head.json": _titled(
        "Head", _HEAD,
        {
            "schema_version": "1.0.0", "number": 1, "commit": _COMMIT, "time": _TIME, "modified": False,
            "records": {"clip": 2}, "files": {"404.json": {"sha256": "e2cd4703ab14f4d0" * 4, "size": 23}},
        },
    ),
}  # fmt: skip
"""Path from the public root → schema."""
