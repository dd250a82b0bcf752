"""JSON Schemas of the change feed and of the head.

schemas/changes.json  every change
schemas/change.json   one change
schemas/head.json     commit and files of a published tree
schemas/files.json    its files of single records, groups and numbered changes
"""

from collections.abc import Mapping
from typing import Final

from horde_reference.emit.schemas.facts import COMMIT, COMMIT_FACTS, HASH, STEP, TIME
from horde_reference.emit.schemas.shapes import (
    SECONDS,
    Schema,
    by_key,
    flag,
    integer,
    keys,
    listed,
    or_null,
    text,
    titled,
)
from horde_reference.records.categories import CATEGORIES

_SIDES: Final = keys(
    "What a commit did in one category.",
    {
        "added": listed("Names of records that came.", {"type": "string"}),
        "changed": by_key("Record → dotted paths of the fields that changed.", listed("Paths.", {"type": "string"})),
        "removed": listed("Names of records that went.", {"type": "string"}),
        "renamed": by_key("New name → old name, of those that only got another.", {"type": "string"}),
    },
)
_CHANGE: Final = keys(
    "What one commit changed; this file never changes again.",
    {**COMMIT_FACTS, "categories": by_key("Category → what changed in it.", _SIDES, known=list(CATEGORIES))},
    "pull_request",
)
_LISTED: Final = keys(
    "A commit that changed records.",
    {
        **COMMIT_FACTS,
        "path": text("Address of the change, from the web root.", "/changes/1.json"),
        "records": integer("How many records it changed.", 1),
    },
    "pull_request",
)
_FINGERPRINT: Final = keys("How to know that a file arrived whole.", {"sha256": HASH, "size": integer("Bytes.")})
_FILES: Final = "Path from the web root → fingerprint"
_HEAD: Final = keys(
    "Which commit a published tree is, and what its files are. The only file that changes when nothing else does.",
    {
        "schema_version": {"const": "1.0.0", "description": "Version of this form."},
        "number": integer("Place of the commit in the history; grows with every commit. 0 where none was known."),
        "commit": or_null(text("Id of the commit; null where no history was known.", COMMIT)),
        "time": or_null(integer(f"When it was committed, {SECONDS}; null where no history was known.")),
        "modified": flag("Whether the records are not those of the commit."),
        "records": by_key("Category → how many records are published.", integer("Number."), known=list(CATEGORIES)),
        "files": by_key(f"{_FILES}, of all files but this one and those in files.json.", _FINGERPRINT),
    },
)

SCHEMAS: Final[Mapping[str, Schema]] = {
    "schemas/changes.json": titled(
        "Changes",
        keys(
            "Every change, oldest first. Whoever has seen number N reads those with a greater one.",
            {"number": integer("Number of the last; 0 where there is none."), "changes": listed("Changes.", _LISTED)},
        ),
        {"number": 1, "changes": [{**STEP, "path": "/changes/1.json", "records": 1}]},
    ),
    "schemas/change.json": titled(
        "Change", _CHANGE,
        {
            **STEP,
            "categories": {"clip": {"added": ["ViT-L/14"], "changed": {}, "removed": [], "renamed": {}}},
        },
    ),
    "schemas/files.json": titled(
        "Files",
        keys(
            "Fingerprints of the files that grow in number with records and history.",
            {"files": by_key(f"{_FILES}, of single records, groups and numbered changes.", _FINGERPRINT)},
        ),
        {"files": {"changes/1.json": {"sha256": "e2cd4703ab14f4d0" * 4, "size": 23}}},
    ),
    "schemas/head.json": titled(
        "Head", _HEAD,
        {
            "schema_version": "1.0.0", "number": 1, "commit": COMMIT, "time": TIME, "modified": False,
            "records": {"clip": 2}, "files": {"404.json": {"sha256": "e2cd4703ab14f4d0" * 4, "size": 23}},
        },
    ),
}  # fmt: skip
"""Path from the public root → schema."""
