"""The one comment on a proposal on which nothing moves: whom it waits for, and since when. It calls nobody by name."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from horde_reference.changes.markdown import code
from horde_reference.pending.approval import Approvers
from horde_reference.pending.patience import DAY, KEEP, PATIENCE, Turn
from horde_reference.pending.staleness import Notice, closes_at

MARK: Final = "<!-- horde-reference: patience -->"
"""First line of the comment, by which it is found again. What the next run must know stands in the second."""

_STATE: Final = re.compile(
    r"<!-- (author|waiting|ready) moved=(\d{1,11}) first=(\d{1,11}) last=(\d{1,11}) count=(\d{1,4}) -->", re.ASCII
)
_MOST: Final = 30
"""Reasons or people that are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the comment tells besides how long it has been."""

    author: str = ""
    """Login of who proposed it; empty for an account that is gone."""
    reasons: Sequence[str] = ()
    """What is asked of its author."""
    approvers: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    """What still has to be approved → logins of those who may."""
    is_kept: bool = False
    """Whether it is never closed."""


def comment(notice: Notice, told: Circumstances) -> str:
    """The comment in Markdown. Logins are code: they call nobody."""
    state = (
        f"<!-- {notice.turn} moved={notice.moved_at} first={notice.first} last={notice.last} count={notice.count} -->"
    )
    days = (notice.last - notice.moved_at) // DAY
    return "\n".join([MARK, state, *_lines(notice, told, days)]) + "\n"


def decode(body: str) -> Notice | None:
    """The notice that a comment of ours stands for; `None` where it is another, or somebody edited it."""
    mark, _, rest = body.replace("\r\n", "\n").partition("\n")
    found = _STATE.fullmatch(rest.partition("\n")[0])
    if mark != MARK or found is None:
        return None
    turn: Turn = "author" if found[1] == "author" else "waiting" if found[1] == "waiting" else "ready"
    moved, first, last, count = (int(one) for one in found.groups()[1:])
    return Notice(turn=turn, moved_at=moved, first=first, last=last, count=count)


def reason_to_close(notice: Notice) -> str:
    """Why a proposal is closed, for its author and for the audit."""
    return (
        f"Closed as nothing has moved since {day(notice.moved_at)}, after {notice.count} reminders. "
        "Push to the branch and open it again, or propose anew, whenever you like."
    )


def may_approve(approvers: Approvers, missing: Iterable[str], author: str) -> dict[str, list[str]]:
    """What still has to be approved → those who may, without who proposed it."""
    return {
        part: [
            login
            for login in dict.fromkeys([*approvers.categories.get(part, ()), *approvers.maintainers])
            if login.lower() != author.lower()
        ]
        for part in missing
    }


def day(moment: int) -> str:
    """The day of a moment, in UTC."""
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"


def _lines(notice: Notice, told: Circumstances, days: int) -> Iterator[str]:
    if notice.turn == "author":
        yield f"This waits for {code(told.author) if told.author else 'its author'}. Nothing has moved for {days} days."
        yield from _asked(told.reasons)
        yield f"\n{_end(notice, told)} Pushing to the branch, or a comment, begins the time anew."
    elif notice.turn == "waiting":
        yield f"This has nothing to mend, and has waited for an approval for {days} days. These people may give it:"
        yield ""
        yield from _people(told.approvers)
    else:
        yield f"This is approved, and has waited to be applied for {days} days: `horde-reference queue apply`."


def _asked(reasons: Sequence[str]) -> Iterator[str]:
    if reasons:
        yield ""
        yield from (f"- {reason}" for reason in reasons[:_MOST])


def _end(notice: Notice, told: Circumstances) -> str:
    closes = closes_at(notice)
    if closes is None or told.is_kept:
        return f"It stays open, as it has the label {code(KEEP)}." if told.is_kept else "It stays open."
    again = PATIENCE[notice.turn].again
    return f"It is closed on {day(closes)}, after a reminder every {again} days."


def _people(approvers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for part, logins in approvers.items():
        named = ", ".join(code(login) for login in logins[:_MOST]) or "nobody: see `.github/approvers.json`"
        yield f"- {code(part)}: {named}"
