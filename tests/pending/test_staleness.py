"""Who is told what, when nothing moves on a proposal: days alone decide, no GitHub is needed."""

from dataclasses import replace
from typing import Any

import pytest

from horde_reference.pending import notice as notices
from horde_reference.pending.approval import Approvers
from horde_reference.pending.notice import Circumstances, comment, may_approve
from horde_reference.pending.patience import DAY, PATIENCE
from horde_reference.pending.staleness import Decision, Notice, Standing, closes_at, decide, turn_of

START = 1_800_000_000


def standing(**stated: Any) -> Standing:
    return Standing(**{"to_mend": False, "is_approved": False, "moved_at": START, **stated})


def after(found: Standing, days: float, **stated: Any) -> Decision:
    return decide(replace(found, **stated), START + int(days * DAY))


def lived(found: Standing, days: int) -> list[tuple[int, str]]:
    """What is done on which day, if nobody ever moves."""
    done: list[tuple[int, str]] = []
    for day in range(days):
        decision = after(found, day)
        if decision.deed != "nothing":
            done.append((day, decision.deed))
        if decision.deed == "close":
            break
        found = replace(found, notice=decision.notice, labels=decision.labels)
    return done


@pytest.mark.parametrize(
    ("stated", "turn"),
    [
        ({}, "waiting"),
        ({"is_approved": True}, "ready"),
        ({"to_mend": True}, "author"),
        ({"to_mend": True, "is_approved": True}, "author"),
        ({"to_mend": True, "is_draft": True}, "author"),
        ({"is_draft": True}, None),
        ({"is_draft": True, "is_approved": True}, None),
    ],
)
def test_whom_it_waits_for(stated: dict[str, Any], turn: str | None) -> None:
    assert turn_of(standing(**stated)) == turn


def test_an_author_is_reminded_three_times_and_then_it_is_closed() -> None:
    assert lived(standing(to_mend=True), 100) == [(14, "say"), (28, "say"), (42, "say"), (56, "say"), (60, "close")]


def test_what_is_kept_is_never_closed_and_not_reminded_for_ever() -> None:
    assert lived(standing(to_mend=True, is_kept=True), 1000) == [(day, "say") for day in (14, 28, 42, 56)]


@pytest.mark.parametrize(("stated", "day", "label"), [({}, 7, "waiting"), ({"is_approved": True}, 3, "ready")])
def test_maintainers_are_told_once(stated: dict[str, Any], day: int, label: str) -> None:
    assert lived(standing(**stated), 500) == [(day, "say")]
    assert after(standing(**stated), day).labels == {label}
    assert after(standing(**stated), day - 0.01).deed == "nothing"


def test_who_was_not_looked_at_for_a_year_is_reminded_before_it_is_closed() -> None:
    found = standing(to_mend=True)
    first = after(found, 365)
    assert first.deed == "say"
    assert first.notice is not None
    assert closes_at(first.notice) == START + (365 + 46) * DAY
    assert after(found, 365 + 45.9, notice=first.notice).deed != "close"
    assert after(found, 365 + 46, notice=first.notice).deed == "close"


def test_when_something_moves_what_was_said_is_taken_away_and_the_time_begins_anew() -> None:
    found = standing()
    said = after(found, 8)
    moved = replace(found, notice=said.notice, labels=said.labels, moved_at=START + 9 * DAY)
    cleared = after(moved, 9.5)
    assert (cleared.deed, cleared.labels, cleared.notice) == ("clear", frozenset(), None)
    rested = replace(moved, notice=None, labels=frozenset())
    assert after(rested, 15.9).deed == "nothing"
    assert after(rested, 16).deed == "say"


@pytest.mark.parametrize(
    ("stated", "deed"),
    [
        ({"to_mend": True}, "clear"),  # it is the author's turn, since a day
        ({"is_approved": True}, "clear"),
        ({"is_draft": True}, "clear"),
        ({}, "nothing"),
    ],
)
def test_when_it_waits_for_somebody_else_what_was_said_is_taken_away(stated: dict[str, Any], deed: str) -> None:
    notice = Notice(turn="waiting", moved_at=START, first=START, last=START)
    assert after(standing(**stated), 1, notice=notice, labels=frozenset({"waiting"})).deed == deed


def test_a_label_that_somebody_set_is_taken_away_where_nothing_waits() -> None:
    assert after(standing(), 1, labels=frozenset({"ready"})).deed == "clear"


def test_nothing_is_said_twice_on_one_day() -> None:
    first = after(standing(to_mend=True), 20)
    again = after(standing(to_mend=True, notice=first.notice), 20.5)
    assert (again.deed, again.notice) == ("nothing", first.notice)


@pytest.mark.parametrize("turn", PATIENCE)
def test_a_comment_says_what_the_next_run_must_know(turn: Any) -> None:
    notice = Notice(turn=turn, moved_at=START, first=START + 1, last=START + 14 * DAY, count=3)
    text = comment(notice, Circumstances(author="ada"))
    assert notices.decode(text) == notices.decode(text.replace("\n", "\r\n")) == notice
    assert "14 days" in text


@pytest.mark.parametrize(
    "text",
    ["", notices.MARK, f"{notices.MARK}\n<!-- author moved=x first=1 last=1 count=1 -->", "<!-- author moved=1 -->\n"],
)
def test_a_comment_that_somebody_edited_is_no_notice(text: str) -> None:
    assert notices.decode(text) is None


def test_a_comment_calls_nobody_and_names_who_may_approve() -> None:
    approvers = Approvers(maintainers=("mia",), categories={"clip": ("@ada", "Cy")})
    told = Circumstances(author="ada", approvers=may_approve(approvers, ["clip", "program"], "cy"))
    text = comment(Notice(turn="waiting", moved_at=START, first=START, last=START + 7 * DAY), told)
    assert "- `clip`: `@ada`, `mia`\n- `program`: `mia`\n" in text
    assert "@" not in text.replace("`@ada`", "")


def test_a_reminder_says_what_is_asked_and_when_it_is_closed() -> None:
    notice = Notice(turn="author", moved_at=START, first=START + 14 * DAY, last=START + 14 * DAY)
    text = comment(notice, Circumstances(author="ada", reasons=["The checks find 2 to mend."]))
    assert "- The checks find 2 to mend." in text
    assert notices.day(START + 60 * DAY) in text
    kept = comment(notice, Circumstances(author="ada", is_kept=True))
    assert "stays open" in kept
    assert "closed on" not in kept
