"""Each change of each proposal, in the form of the live service's pending queue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from horde_reference.changes.diff import Operation
from horde_reference.pending.proposal import Approval, Proposal, RecordChange, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedChange:
    """One record that a pull request changes."""

    change_id: str
    """Number of the pull request and place in it: `57-1`."""
    category: str
    """Name of the record's category."""
    model_name: str
    """Name of the record."""
    operation: Operation
    """What happens to it."""
    payload: Mapping[str, Any] | None
    """What its file will state; null where it goes."""
    status: Status
    """Whether it waits, was approved, was applied or rejected."""
    requested_by: str
    """Login of who proposed it."""
    requested_at: int
    """When it was proposed, in seconds since 1970."""
    updated_at: int
    """When the pull request last changed, likewise."""
    batch_id: str | None
    """Batch that it belongs to; null where the pull request stands alone."""
    batch_title: str | None
    """Title of the pull request, once it is approved."""
    approved_by: list[str]
    """Logins of those who approved it."""
    approved_at: int | None
    """When the last of them did."""
    rejected_by: str | None
    """Login of who closed it without merging."""
    rejected_at: int | None
    """When it was closed."""
    reject_reason: str | None
    """Why, in their words."""
    applied_by: str | None
    """Login of who merged it."""
    applied_at: int | None
    """When it was merged."""
    applied_job_id: str | None
    """Commit that it became."""
    pull_request: int
    """Number of the pull request."""
    url: str
    """Its page."""
    notes: str
    """Its title."""
    is_valid: bool
    """Whether the rules find no error in the pull request."""
    related_models: list[str]
    """Other records that the pull request changes, as `category/name`."""


def items(proposal: Proposal) -> Iterator[QueuedChange]:
    """The changes of a proposal, in the order of categories and names."""
    for place, change in enumerate(proposal.changes, 1):
        yield _item(proposal, change, f"{proposal.number}-{place}")


def _item(proposal: Proposal, change: RecordChange, change_id: str) -> QueuedChange:
    settled = {status: proposal.status == status for status in ("applied", "rejected")}
    last: Approval | None = max(proposal.approvals, key=lambda one: one.at, default=None)
    return QueuedChange(
        change_id=change_id,
        category=change.category,
        model_name=change.name,
        operation=change.operation,
        payload=None if change.operation == "delete" else change.after,
        status=proposal.status,
        requested_by=proposal.author,
        requested_at=proposal.created_at,
        updated_at=proposal.updated_at,
        batch_id=proposal.batch,
        batch_title=proposal.title if proposal.status in {"approved", "applied"} else None,
        approved_by=[one.login for one in proposal.approvals],
        approved_at=last.at if last else None,
        rejected_by=proposal.closed_by if settled["rejected"] else None,
        rejected_at=proposal.closed_at if settled["rejected"] else None,
        reject_reason=proposal.reason if settled["rejected"] else None,
        applied_by=proposal.closed_by if settled["applied"] else None,
        applied_at=proposal.closed_at if settled["applied"] else None,
        applied_job_id=proposal.merge_commit,
        pull_request=proposal.number,
        url=proposal.url,
        notes=proposal.title,
        is_valid=not proposal.errors,
        related_models=[f"{one.category}/{one.name}" for one in proposal.changes if one is not change],
    )
