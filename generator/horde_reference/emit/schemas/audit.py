"""JSON Schemas of the audit trail.

schemas/audit.json        its segments
schemas/audit_event.json  a line of a segment
"""

from collections.abc import Mapping
from typing import Final, get_args

from horde_reference.changes.diff import Operation
from horde_reference.emit.schemas.facts import CATEGORY, COMMIT, COMMIT_FACTS, HASH, TIME
from horde_reference.emit.schemas.shapes import SECONDS, Schema, by_key, flag, integer, keys, listed, text, titled
from horde_reference.records.categories import CATEGORIES

_OPERATIONS: Final = list(get_args(Operation))
_SEGMENT: Final = keys(
    "A file of the audit trail.",
    {
        "path": text("Its address, from the web root.", "/audit/v2/clip/audit-000001.jsonl"),
        "first_event_id": integer("Id of its first event.", 1),
        "last_event_id": integer("Id of its last event.", 1),
        "events": integer("How many events it holds.", 1),
        "size": integer("Its bytes.", 1),
        "sha256": HASH,
        "full": flag("Whether it never changes again."),
    },
)
_DELTA: Final = keys("A field that differs.", {"old": {"description": "Before."}, "new": {"description": "After."}})
_STATED: Final = {"type": "object", "description": "What the record's file stated, without `$schema`."}
_EVENT: Final = keys(
    "What happened to one record at one commit.",
    {
        "event_id": integer("Grows by one from event to event, over all categories.", 1),
        "timestamp": integer(f"When it was committed, {SECONDS}."),
        "domain": {"const": "v2", "description": "Format of the records."},
        "category": CATEGORY,
        "model_name": text("Name of the record.", "ViT-L/14"),
        "operation": {"enum": _OPERATIONS, "description": "What happened."},
        "logical_user_id": text("Who did it.", "Ada"),
        "commit": COMMIT_FACTS["commit"],
        "number": COMMIT_FACTS["number"],
        "subject": COMMIT_FACTS["subject"],
        "pull_request": COMMIT_FACTS["pull_request"],
        "proposed_by": text("Login of who proposed it, where the commit says so.", "ada"),
        "approved_by": listed("Logins of those who approved it, where the commit says so.", {"type": "string"}),
        "renamed_from": text("Name that the record had until then.", "ViT-L-14"),
        "payload": keys(
            "The record before and after, and what differs.",
            {"before": _STATED, "after": _STATED, "delta": by_key("Dotted path → old and new value.", _DELTA)},
            "before",
            "after",
            "delta",
        ),
    },
    "pull_request",
    "proposed_by",
    "approved_by",
    "renamed_from",
)

SCHEMAS: Final[Mapping[str, Schema]] = {
    "schemas/audit.json": titled(
        "Audit trail",
        keys(
            "Where the events are.",
            {
                "last_event_id": integer("Id of the last event of all; 0 where there is none."),
                "segments": by_key("Category → its segments.", listed("In order.", _SEGMENT), known=list(CATEGORIES)),
            },
        ),
        {"last_event_id": 0, "segments": {"clip": []}},
    ),
    "schemas/audit_event.json": titled(
        "Audit event", _EVENT,
        {
            "event_id": 1, "timestamp": TIME, "domain": "v2", "category": "clip", "model_name": "ViT-L/14",
            "operation": "create", "logical_user_id": "Ada", "commit": COMMIT, "number": 1,
            "subject": "Add a model (#12)", "pull_request": 12, "payload": {"after": {"name": "ViT-L/14"}},
        },
    ),
}  # fmt: skip
"""Path from the public root → schema."""
