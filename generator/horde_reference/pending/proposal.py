"""A pull request, as a proposal to change records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from horde_reference.changes.diff import Change, FieldChange, Operation, differences
from horde_reference.formats.canonical import document_of

BATCH_LABEL: Final = "batch: "
"""What labels begin with that put pull requests together: all of a batch are applied at once."""

State = Literal["open", "merged", "closed"]
Status = Literal["pending", "approved", "applied", "rejected"]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record before and after a proposal, as its file states it."""

    category: str
    """Name of its category."""
    name: str
    """Its name."""
    before: Mapping[str, Any] | None
    """What the file states; `None` where there is none."""
    after: Mapping[str, Any] | None
    """What it will state; `None` where it will be gone."""

    @property
    def operation(self) -> Operation:
        """What happens to the record, as readers of the published records see it: one that is withdrawn goes."""
        if self.before is None:
            return "create"
        return "delete" if self.after is None or "withdrawn" in self.after else "update"

    def fields(self) -> list[FieldChange]:
        """The fields that differ, by path."""
        return list(differences(dict(self.before or {}), dict(self.after or {})))


def record_changes(changes: Iterable[Change]) -> tuple[RecordChange, ...]:
    """The same changes, as documents."""
    return tuple(
        RecordChange(
            change.record.category,
            change.record.name,
            document_of(change.before) if change.before else None,
            document_of(change.after) if change.after else None,
        )
        for change in changes
    )


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody says yes."""

    login: str
    """Who."""
    at: int
    """When, in seconds since 1970."""
    commit: str
    """To which commit of the proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pull request and what it does to records."""

    number: int
    """Its number."""
    title: str
    """Its title, in the words of its author."""
    url: str
    """Its page."""
    author: str
    """Login of who proposed it; empty for an account that is gone."""
    state: State
    """Whether it is open, was merged, or was closed without."""
    created_at: int
    """When it came, in seconds since 1970."""
    updated_at: int
    """When it last changed, likewise."""
    closed_at: int | None = None
    """When it was merged or closed."""
    head: str
    """Commit that it proposes."""
    labels: tuple[str, ...] = ()
    """Its labels."""
    is_draft: bool = False
    """Whether its author is still at work."""
    approvals: tuple[Approval, ...] = ()
    """Those that count: of the commit that it proposes, by people who may."""
    is_approved: bool = False
    """Whether these are enough."""
    closed_by: str | None = None
    """Who merged or closed it."""
    merge_commit: str | None = None
    """Commit that it became."""
    reason: str | None = None
    """Why it was closed without merging, in somebody's words."""
    errors: int = 0
    """Errors that the rules find in it: one with any cannot be applied."""
    changes: tuple[RecordChange, ...] = ()
    """What it does to records."""

    @property
    def status(self) -> Status:
        """Its state, as the live service names it."""
        if self.state == "open":
            return "approved" if self.is_approved else "pending"
        return "applied" if self.state == "merged" else "rejected"

    @property
    def batch(self) -> str | None:
        """Name of the batch that it belongs to; `None` where it stands alone."""
        found = sorted(one[len(BATCH_LABEL) :] for one in self.labels if one.casefold().startswith(BATCH_LABEL))
        return found[0] if found else None
