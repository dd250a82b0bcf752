"""What the page of the queue says: which proposals are open, what they would change, and what became of the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from horde_reference.edition import Edition
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import https, model_href
from horde_reference.emit.site.understanding.touched import SHOWN_RECORDS, Touched, touched
from horde_reference.pending.proposal import Proposal, RecordChange, Status

SHOWN_SETTLED: Final = 30
"""Proposals that were settled last, of which the page tells as many."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pull request, and what it would do."""

    number: int
    title: str
    link: str | None
    author: str
    """Login of who proposed it; empty for an account that is gone."""
    created: str
    updated: str
    status: Status
    is_draft: bool
    batch: str | None
    errors: int
    approvers: str
    settled: str | None
    """The day on which it was merged or closed."""
    settled_by: str | None
    reason: str | None
    records: Sequence[Touched]
    more: int
    """Records that are not told."""


@dataclass(frozen=True, slots=True)
class View:
    """All that the page says."""

    as_of: str
    """When the pull requests were looked at."""
    open: Sequence[Waiting]
    settled: Sequence[Waiting]


def view(edition: Edition) -> View | None:
    """What the page says; `None` where nobody looked at the pull requests."""
    queue = edition.queue
    if queue is None:
        return None
    settled = [one for one in queue.proposals if one.state != "open"][:SHOWN_SETTLED]
    return View(
        as_of=labels.moment(queue.fetched_at),
        open=[_waiting(edition, one) for one in queue.open],
        settled=[_waiting(edition, one) for one in settled],
    )


def _waiting(edition: Edition, proposal: Proposal) -> Waiting:
    return Waiting(
        number=proposal.number,
        title=proposal.title,
        link=https(proposal.url),
        author=proposal.author,
        created=labels.day(proposal.created_at),
        updated=labels.day(proposal.updated_at),
        status=proposal.status,
        is_draft=proposal.is_draft,
        batch=proposal.batch,
        errors=proposal.errors,
        approvers=", ".join(one.login for one in proposal.approvals),
        settled=None if proposal.closed_at is None else labels.day(proposal.closed_at),
        settled_by=proposal.closed_by,
        reason=proposal.reason,
        records=[_record(edition, one) for one in proposal.changes[:SHOWN_RECORDS]],
        more=max(len(proposal.changes) - SHOWN_RECORDS, 0),
    )


def _record(edition: Edition, change: RecordChange) -> Touched:
    key = change.category, change.name
    href = model_href(*key) if change.name in edition.corpus[change.category] else None
    return touched(change.operation, key, href, change.fields() if change.after is not None else ())
