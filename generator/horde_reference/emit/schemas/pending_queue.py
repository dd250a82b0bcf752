"""JSON Schemas of the pending queue.

schemas/pending_changes.json  every change that pull requests propose
schemas/pending_change.json   one change with its difference
schemas/batches.json          batches of proposals
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.emit.schemas.answered import schema_of
from horde_reference.emit.schemas.facts import COMMIT, TIME
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.pending.answers import (
    Batches,
    PendingChange,
    PendingChanges,
    batches_of,
    pending_change,
    pending_changes,
)
from horde_reference.pending.proposal import Proposal, RecordChange
from horde_reference.pending.snapshot import Queue

_PROPOSAL: Final = Proposal(
    number=57, title="Add ViT-L/14", url="https://github.com/example/reference/pull/57", author="ada", state="open",
    created_at=TIME, updated_at=TIME, head=COMMIT, labels=("batch: encoders",),
    changes=(RecordChange("clip", "ViT-L/14", None, {"name": "ViT-L/14"}),),
)  # fmt: skip
_QUEUE: Final = Queue(repository="example/reference", fetched_at=TIME, proposals=(_PROPOSAL,))

SCHEMAS: Final[Mapping[str, Schema]] = MappingProxyType(
    {
        "schemas/pending_changes.json": schema_of(PendingChanges, "Pending changes", pending_changes(_QUEUE)),
        "schemas/pending_change.json": schema_of(PendingChange, "Pending change", pending_change(_PROPOSAL)[0]),
        "schemas/batches.json": schema_of(Batches, "Batches", batches_of(_QUEUE, "open")),
    }
)
"""Path from the public root → schema."""
