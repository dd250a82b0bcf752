"""What is published of the queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from horde_reference.changes.report import is_critical
from horde_reference.pending.batches import Batch, batches
from horde_reference.pending.items import QueuedChange, items
from horde_reference.pending.proposal import Proposal
from horde_reference.pending.snapshot import Queue


@dataclass(frozen=True, slots=True)
class PendingChanges:
    """Every change that pull requests propose, or proposed lately."""

    repository: str | None
    """Repository of the pull requests, `owner/name`; null where nobody looked."""
    as_of: int | None
    """When they were looked at, in seconds since 1970; null where nobody did."""
    total_count: int
    """How many changes there are."""
    changes: Sequence[QueuedChange]
    """Those of the newest pull request first."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that differs."""

    field: str
    """Its dotted path."""
    old: Any
    """What it says now; null for nothing."""
    new: Any
    """What it will say; null for nothing."""
    critical: bool
    """Whether a reviewer must not miss it."""


@dataclass(frozen=True, slots=True)
class PendingChange:
    """One change, with its difference."""

    change: QueuedChange
    """The change."""
    diff: Sequence[FieldDifference]
    """The fields that differ, by path."""


@dataclass(frozen=True, slots=True)
class Batches:
    """Batches of proposals."""

    as_of: int | None
    """When they were looked at, in seconds since 1970; null where nobody did."""
    batches: Sequence[Batch]
    """Those that were applied last first."""


def pending_changes(queue: Queue | None) -> PendingChanges:
    """All changes of a queue."""
    if queue is None:
        return PendingChanges(None, None, 0, [])
    found = [item for proposal in queue.proposals for item in items(proposal)]
    return PendingChanges(queue.repository, queue.fetched_at, len(found), found)


def pending_change(proposal: Proposal) -> list[PendingChange]:
    """The changes of a proposal, each with its difference."""
    return [
        PendingChange(
            item,
            [
                FieldDifference(one.field, one.old, one.new, is_critical(change.category, one.field))
                for one in change.fields()
            ],
        )
        for item, change in zip(items(proposal), proposal.changes, strict=True)
    ]


def batches_of(queue: Queue | None, state: str) -> Batches:
    """The batches of proposals in a state, `open` or `merged`."""
    if queue is None:
        return Batches(None, [])
    return Batches(queue.fetched_at, batches(one for one in queue.proposals if one.state == state))
