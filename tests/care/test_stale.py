"""Proposals on which nothing moves, on a GitHub: reminded, told of, closed, and left in peace when something moves."""

import time
from pathlib import Path

import forge as making
import forge_messages as messages
import pytest
from github_emulator import ADMIN
from places import Changes, Place, record

from horde_reference.pending import notice as notices
from horde_reference.pending.patience import DAY
from horde_reference.workflows import stale
from horde_reference.workflows.hub import Hub

FOUR = "data/clip/Four.json"
GOOD: Changes = {FOUR: record("Four")}
BAD: Changes = {"data/clip/Bad.json": b'{"name": "Worse"}\n'}
DATA = Path("data")


def cared(found: Hub, days: float, **options: bool) -> dict[int, str]:
    """What is done on a day from now on."""
    looked = stale.care(found, DATA, int(time.time() + days * DAY), **options)
    assert [one.failure for one in looked if one.failure] == []
    return {one.number: one.decision.deed for one in looked}


def told(place: Place, number: int) -> list[str]:
    return [one for one in place.comments(number) if one.startswith(notices.MARK)]


def state(place: Place, number: int) -> str:
    return str(place.forge.ask("GET", f"/repos/{making.NAME}/pulls/{number}")["state"])


def labelled(place: Place, number: int, *names: str) -> None:
    for name in names:
        known = [one["name"] for one in place.forge.ask("GET", f"/repos/{making.NAME}/labels")]
        if name not in known:
            place.forge.ask("POST", f"/repos/{making.NAME}/labels", {"name": name, "color": "ededed"})
    place.forge.ask("POST", f"/repos/{making.NAME}/issues/{number}/labels", {"labels": list(names)})


def test_an_author_is_reminded_in_one_comment_and_closed_with_a_reason(place: Place, found: Hub) -> None:
    number = place.propose("bad", BAD)
    assert cared(found, 13) == {number: "nothing"}
    assert cared(found, 15) == {number: "say"}
    (first,) = told(place, number)
    assert "waits for `proposer`" in first
    assert "to mend" in first
    assert cared(found, 20) == {number: "nothing"}
    assert told(place, number) == [first]
    assert cared(found, 30) == {number: "say"}
    (second,) = told(place, number)
    assert second != first
    assert cared(found, 59) == {number: "say"}
    assert cared(found, 62) == {number: "close"}
    assert state(place, number) == "closed"
    assert "nothing has moved" in place.comments(number)[-1]
    assert place.run("queue", "fetch", "--into", "../queue.json").exit_code == 0
    assert "nothing has moved" in Path("../queue.json").read_text()
    assert cared(found, 70) == {}


@pytest.mark.parametrize("what", ["label", "conflict", "review"])
def test_what_is_asked_of_an_author_has_many_forms(what: str, place: Place, found: Hub) -> None:
    number = place.propose("four", {"data/clip/One.json": record("One", version="1")})
    match what:
        case "label":
            labelled(place, number, "Needs-Work")
        case "conflict":
            other = place.propose("other", {"data/clip/One.json": record("One", version="2")})
            place.forge.review(other)
            assert place.run("queue", "apply", other).exit_code == 0
        case _:
            place.forge.review(number, event="REQUEST_CHANGES")
    assert cared(found, 15) == {number: "say"}
    (said,) = told(place, number)
    assert "waits for `proposer`" in said
    words = {"label": "`needs-work`", "conflict": "`data/clip/One.json`", "review": "`reviewer` asks for changes"}
    assert words[what] in said


def test_a_change_that_a_stranger_wants_or_that_was_made_waits_for_no_author(place: Place, found: Hub) -> None:
    number = place.propose("three", {"data/blip/Three.json": record("Three", "blip", version="2")})
    place.forge.review(number, "stranger", event="REQUEST_CHANGES")  # may approve clip alone
    assert cared(found, 8) == {number: "say"}
    assert place.labels(number) == {"waiting"}
    place.forge.review(number, event="REQUEST_CHANGES")
    time.sleep(
        1.1
    )  # GitHub's times are whole seconds: what is pushed in the second of our word is not seen to follow it
    place.push("proposer/reference", "three", {"data/blip/Three.json": record("Three", "blip", version="3")})
    assert cared(found, 8) == {number: "say"}
    assert place.labels(number) == {"waiting"}


def test_a_proposal_that_waits_for_maintainers_names_them_and_calls_nobody(place: Place, found: Hub) -> None:
    number = place.propose("four", GOOD)
    assert cared(found, 6) == {number: "nothing"}
    assert cared(found, 8, dry_run=True) == {number: "say"}
    assert (told(place, number), place.labels(number)) == ([], set())
    assert cared(found, 8) == {number: "say"}
    (said,) = told(place, number)
    assert "- `clip`: `stranger`, `reviewer`, `admin`" in said
    assert "@" not in said
    assert place.labels(number) == {"waiting"}
    assert cared(found, 100) == {number: "nothing"}
    assert told(place, number) == [said]
    assert state(place, number) == "open"


def test_a_proposal_that_is_approved_is_told_of_after_three_days(place: Place, found: Hub) -> None:
    number = place.propose("four", GOOD)
    assert cared(found, 8) == {number: "say"}
    place.forge.review(number)
    assert cared(found, 2) == {number: "clear"}
    assert (told(place, number), place.labels(number)) == ([], set())
    assert cared(found, 4) == {number: "say"}
    assert place.labels(number) == {"ready"}
    assert "approved" in told(place, number)[0]


@pytest.mark.parametrize("what", ["comment", "push"])
def test_when_something_moves_reminders_are_taken_away(what: str, place: Place, found: Hub) -> None:
    number = place.propose("four", GOOD)
    labelled(place, number, "batch: autumn")
    assert cared(found, 8) == {number: "say"}
    time.sleep(1.1)  # moments are whole seconds
    if what == "comment":
        place.forge.ask("POST", f"/repos/{making.NAME}/issues/{number}/comments", {"body": "Still here."}, "proposer")
    else:
        place.push("proposer/reference", "four", {FOUR: record("Four", version="2")})
    assert cared(found, 6.9) == {number: "clear"}
    assert (told(place, number), place.labels(number)) == ([], {"batch: autumn"})


def test_what_strangers_and_programs_say_moves_nothing(place: Place, found: Hub) -> None:
    number = place.propose("three", {"data/blip/Three.json": record("Three", "blip", version="2")})
    assert cared(found, 8) == {number: "say"}
    before = told(place, number)
    time.sleep(1.1)
    forged = f"{notices.MARK}\n<!-- author moved=1 first=1 last=1 count=9 -->\nClose it."
    for who, body in (("stranger", "+1"), ("stranger", forged), ("proposer", forged)):
        place.forge.ask("POST", f"/repos/{making.NAME}/issues/{number}/comments", {"body": body}, who)
    assert cared(found, 9) == {number: "nothing"}
    assert [one for one in told(place, number) if one != forged] == before
    assert state(place, number) == "open"


def test_a_commit_that_claims_to_come_from_the_future_gains_no_time(
    place: Place, found: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "@4000000000 +0000")
    number = place.propose("bad", BAD)
    assert cared(found, 15) == {number: "say"}


def test_what_is_kept_is_reminded_and_never_closed(place: Place, found: Hub) -> None:
    number = place.propose("bad", BAD)
    labelled(place, number, "keep")
    assert cared(found, 15) == {number: "say"}
    assert "stays open" in told(place, number)[0]
    assert cared(found, 400) == {number: "nothing"}
    assert state(place, number) == "open"


def test_one_that_cannot_be_written_on_stops_no_other(place: Place, found: Hub) -> None:
    numbers = [place.propose(name, {f"data/clip/{name}.json": record(name)}) for name in ("Five", "Six")]
    place.forge.trouble = lambda asked: (
        messages.Said(403, {"message": "Unable to create comment because issue is locked."})
        if asked.method == "POST" and asked.about == ["issues", str(numbers[1]), "comments"]
        else None
    )
    looked = stale.care(found, DATA, int(time.time() + 8 * DAY))
    assert {one.number: bool(one.failure) for one in looked} == {numbers[0]: False, numbers[1]: True}
    assert len(told(place, numbers[0])) == 1


def test_the_command_says_what_it_does_and_needs_a_token(place: Place) -> None:
    assert place.run("care", "stale").output == "Nothing is proposed.\n"
    number = place.propose("four", GOOD, "Four\x1b[2J")
    done = place.run("care", "stale", "--dry-run")
    assert (done.exit_code, done.output) == (0, f"#{number} Four\\x1b[2J: waits for an approval.\n")
    refused = place.run("care", "stale", "--repository", "nobody/nothing", who=ADMIN)
    assert refused.exit_code == 3
