"""Proposals that belong together, and what a batch that was applied comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from horde_reference.pending.proposal import Proposal, RecordChange

NetOperation = Literal["added", "modified", "deleted", "unchanged"]


@dataclass(frozen=True, slots=True)
class NetChange:
    """A record before the first and after the last change of a batch."""

    category: str
    """Name of its category."""
    model_name: str
    """Its name."""
    operation: NetOperation
    """What it comes to."""
    before: Mapping[str, Any] | None
    """What its file stated; null where there was none."""
    after: Mapping[str, Any] | None
    """What it states now; null where it is gone."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Proposals that are applied together, or a single one."""

    batch_id: str
    """Its name; of a single pull request `pull-57`."""
    titles: Sequence[str]
    """Titles of its pull requests."""
    pull_requests: Sequence[int]
    """Their numbers, in the order in which they were or will be applied."""
    proposed_by: Sequence[str]
    """Who proposed them."""
    approved_by: Sequence[str]
    """Who approved them."""
    applied_by: Sequence[str]
    """Who applied them."""
    applied_at: int | None
    """When the last of them was applied, in seconds since 1970; null for a batch that is open."""
    net_changes: Sequence[NetChange]
    """What it comes to, record by record."""


def batches(proposals: Iterable[Proposal]) -> list[Batch]:
    """The batches of these proposals: those that were applied last first."""
    members: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        members.setdefault(proposal.batch or f"pull-{proposal.number}", []).append(proposal)
    found = [_batch(name, sorted(of, key=_place)) for name, of in members.items()]
    return sorted(found, key=lambda batch: (-(batch.applied_at or 0), batch.batch_id))


def _place(proposal: Proposal) -> tuple[int, int]:
    return proposal.closed_at or 0, proposal.number


def _batch(name: str, members: Sequence[Proposal]) -> Batch:
    closed = [one.closed_at for one in members if one.closed_at is not None]
    return Batch(
        name,
        [one.title for one in members],
        [one.number for one in members],
        _unique(one.author for one in members),
        _unique(approval.login for one in members for approval in one.approvals),
        _unique(one.closed_by or "" for one in members if one.state == "merged"),
        max(closed, default=None),
        net_changes(change for one in members for change in one.changes),
    )


def net_changes(changes: Iterable[RecordChange]) -> list[NetChange]:
    """What changes in a row come to, by category and name."""
    first: dict[tuple[str, str], RecordChange] = {}
    last: dict[tuple[str, str], RecordChange] = {}
    for change in changes:
        first.setdefault((change.category, change.name), change)
        last[change.category, change.name] = change
    return [_net(first[key], last[key]) for key in sorted(first)]


def _net(first: RecordChange, last: RecordChange) -> NetChange:
    before, after = first.before, last.after
    operation: NetOperation = "modified"
    if before == after:
        operation = "unchanged"
    elif before is None:
        operation = "added"
    elif after is None or "withdrawn" in after:
        operation = "deleted"
    return NetChange(last.category, last.name, operation, before, after)


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))
