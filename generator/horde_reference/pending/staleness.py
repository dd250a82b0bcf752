"""Whether nothing has moved on a proposal for too long, and what to do. Asks nobody, and knows no clock."""

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from horde_reference.pending.patience import DAY, PATIENCE, Patience, Turn

Deed: TypeAlias = Literal["nothing", "say", "clear", "close"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was said of a proposal on which nothing moved."""

    turn: Turn
    """Whom it was said to."""
    moved_at: int
    """Since when nothing had moved, in seconds since 1970."""
    first: int
    """When it was said for the first time."""
    last: int
    """When it was said last."""
    count: int = 1
    """How often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of an open proposal."""

    to_mend: bool
    """Whether something is asked of its author: errors, conflicts, the label for these, or a change that a reviewer
    wants."""
    is_approved: bool
    """Whether it has all approvals that it needs."""
    moved_at: int
    """When its author, or somebody who may approve it, last did or said something; in seconds since 1970."""
    is_draft: bool = False
    """Whether its author is still at work."""
    is_kept: bool = False
    """Whether it must not be closed."""
    labels: frozenset[str] = frozenset()
    """Its labels, of those that stand for waiting."""
    notice: Notice | None = None
    """What was said of it already."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do."""

    deed: Deed
    turn: Turn | None = None
    """Whom it waits for."""
    labels: frozenset[str] = frozenset()
    """The labels that it is to have, of those that stand for waiting."""
    notice: Notice | None = None
    """What is to stand there afterwards."""


OURS: Final = frozenset(one.label for one in PATIENCE.values() if one.label)
"""The labels that stand for waiting."""


def turn_of(standing: Standing) -> Turn | None:
    """Whom a proposal waits for; `None` where its author is at work and nothing is asked."""
    if standing.to_mend:
        return "author"
    if standing.is_draft:
        return None
    return "ready" if standing.is_approved else "waiting"


def decide(standing: Standing, now: int) -> Decision:
    """What to do about a proposal at a moment.

    What was said holds as long as it waits for the same and nothing moved; else the time begins anew, and what was
    said is taken away.
    """
    turn = turn_of(standing)
    held = standing.notice if standing.notice and _holds(standing, standing.notice, turn) else None
    if turn is not None:
        patience = PATIENCE[turn]
        labels = frozenset({patience.label} if patience.label else ())
        if held and not standing.is_kept and _is_over(held, now):
            return Decision("close", turn, standing.labels, held)
        if _is_due(standing, held, patience, now):
            return Decision("say", turn, labels, _said(standing, held, turn, now))
        if held:
            return Decision("nothing", turn, labels, held)
    is_clear = standing.notice is None and not standing.labels
    return Decision("nothing" if is_clear else "clear", turn)


def closes_at(notice: Notice) -> int | None:
    """When a proposal is closed if nothing moves; `None` where it is not.

    Whoever was not reminded in time, as nobody looked, has as long from the first reminder on as everybody else.
    """
    patience = PATIENCE[notice.turn]
    if patience.end is None:
        return None
    return max(notice.moved_at + patience.end * DAY, notice.first + (patience.end - patience.first) * DAY)


def _holds(standing: Standing, notice: Notice, turn: Turn | None) -> bool:
    return notice.turn == turn and notice.moved_at >= standing.moved_at


def _is_over(held: Notice, now: int) -> bool:
    end = closes_at(held)
    return end is not None and now >= end


def _is_due(standing: Standing, held: Notice | None, patience: Patience, now: int) -> bool:
    if held is None:
        return now >= standing.moved_at + patience.first * DAY
    # One that is kept is left in peace where others would be closed.
    return patience.again is not None and now >= held.last + patience.again * DAY and not _is_over(held, now)


def _said(standing: Standing, held: Notice | None, turn: Turn, now: int) -> Notice:
    if held:
        return replace(held, last=now, count=held.count + 1)
    return Notice(turn=turn, moved_at=standing.moved_at, first=now, last=now)


def labelled(names: tuple[str, ...]) -> frozenset[str]:
    """Of the labels of a proposal, those that stand for waiting."""
    folded = {name.casefold() for name in names}
    return OURS & folded
