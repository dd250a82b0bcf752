"""What there is to say of a proposal: computed once, from the records before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from horde_reference.changes.report import is_critical
from horde_reference.finding import Finding, Severity
from horde_reference.pending.proposal import RecordChange

Label = Literal["add", "update", "remove", "data-only", "code", "needs-work", "critical-field", "duplicate", "conflict"]

LABELS: Final[dict[Label, tuple[str, str]]] = {
    "add": ("2da44e", "Adds a model"),
    "update": ("0969da", "Changes a model"),
    "remove": ("cf222e", "Removes or withdraws a model"),
    "data-only": ("d4c5f9", "Changes records and nothing else"),
    "code": ("8250df", "Changes the program or what guards it"),
    "needs-work": ("e4b800", "The checks find errors"),
    "critical-field": ("d93f0b", "Changes a field that a reviewer must not miss"),
    "duplicate": ("cfd3d7", "Another open proposal is about the same model or file"),
    "conflict": ("b60205", "Contradicts the main branch"),
}
"""Label → its colour and what it says. They are set and removed by the check; others are left alone."""


@dataclass(frozen=True, slots=True)
class ViewChange:
    """A published file that a proposal changes."""

    path: str
    """Path from the web root."""
    added: int
    """Lines, or records, that come."""
    removed: int
    """Lines, or records, that go."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another open proposal about the same thing."""

    number: int
    """Its number."""
    what: Literal["name", "hash", "address"]
    """What both have."""
    value: str
    """The name, hash or address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All of it."""

    base: str
    """Commit of the main branch that the proposal was merged into, in memory."""
    head: str
    """Commit that it proposes."""
    findings: Sequence[Finding] = ()
    """What is wrong that was not wrong before."""
    changes: Sequence[RecordChange] = ()
    """What it does to records."""
    outside: Sequence[str] = ()
    """Files that it changes and that are not records."""
    touched: Sequence[str | None] = ()
    """The categories whose files it changes, and `None` where it changes any other."""
    conflicts: Sequence[str] = ()
    """Files in which it contradicts the main branch."""
    views: Sequence[ViewChange] = ()
    """Published files that it changes."""
    duplicates: Sequence[Duplicate] = field(default_factory=tuple)
    """Other open proposals about the same."""

    @property
    def errors(self) -> int:
        """Reasons why it cannot be applied as it is."""
        return sum(one.severity is Severity.ERROR for one in self.findings) + len(self.conflicts)


_KINDS: Final[dict[str, Label]] = {"create": "add", "update": "update", "delete": "remove"}


def labels_of(review: Review) -> list[Label]:
    """The labels that a proposal should have, in the order of the table."""
    found: set[Label] = {_KINDS[change.operation] for change in review.changes}
    said: dict[Label, bool] = {
        "data-only": bool(review.changes) and not review.outside,
        "code": bool(review.outside),
        "needs-work": bool(review.errors),
        "critical-field": any(map(_has_critical_field, review.changes)),
        "duplicate": bool(review.duplicates),
        "conflict": bool(review.conflicts),
    }
    found |= {label for label, holds in said.items() if holds}
    return [label for label in LABELS if label in found]


def _has_critical_field(change: RecordChange) -> bool:
    """Whether an existing record changes where it matters; of a new one everything is new."""
    return change.operation == "update" and any(is_critical(change.category, one.field) for one in change.fields())
