"""What becomes of proposals: applied, in part, rejected, in conflict, pushed over, gone."""

import json

import forge as making
import pytest
from places import Place, record

FOUR, FIVE = "data/clip/Four.json", "data/clip/Five.json"


def approved(place: Place, branch: str, changes: dict[str, bytes | None], title: str = "A change") -> int:
    number = place.propose(branch, changes, title)
    place.forge.review(number)
    return number


def state(place: Place, number: int) -> str:
    return str(place.forge.ask("GET", f"/repos/{making.NAME}/pulls/{number}")["state"])


def test_nothing_is_applied_that_nobody_approved(place: Place) -> None:
    number = place.propose("four", {FOUR: record("Four")})
    done = place.run("queue", "apply", number)
    assert done.exit_code == 1
    assert "nobody who may has approved clip" in done.output
    assert FOUR not in place.files()


def test_an_approval_of_somebody_who_may_not_does_not_count(place: Place) -> None:
    number = place.propose("three", {"data/blip/Three.json": record("Three", "blip", version="2")})
    place.forge.review(number, "stranger")  # may approve clip
    assert "nobody who may has approved blip" in place.run("queue", "apply", number).output


def test_a_force_push_after_the_approval_takes_it_away(place: Place) -> None:
    number = approved(place, "four", {FOUR: record("Four")})
    place.push("proposer/reference", "four", {FOUR: record("Four", version="evil")})
    done = place.run("queue", "apply", number)
    assert done.exit_code == 1
    assert "approved an earlier commit" in done.output
    assert FOUR not in place.files()


def test_asking_for_changes_later_takes_an_approval_back(place: Place) -> None:
    number = approved(place, "four", {FOUR: record("Four")})
    place.forge.review(number, event="REQUEST_CHANGES")
    assert place.run("queue", "apply", number).exit_code == 1


def test_who_wrote_it_does_not_approve_it(place: Place) -> None:
    fork = place.forge.ask("POST", f"/repos/{making.NAME}/forks", {}, "reviewer")["full_name"]
    place.push(fork, "own", {FOUR: record("Four")})
    wanted = {"title": "Own", "body": "", "head": "reviewer:own", "base": "main"}
    number = place.forge.ask("POST", f"/repos/{making.NAME}/pulls", wanted, "reviewer")["number"]
    place.forge.review(number, "stranger")
    assert place.run("queue", "apply", number).exit_code == 0  # clip is the stranger's
    other = place.propose("other", {FIVE: record("Five")}, author="stranger")
    place.forge.review(other, "stranger")  # who wrote the commit, though somebody else opened the pull request
    assert "stranger wrote it" in place.run("queue", "apply", other).output


def test_what_the_rules_refuse_is_not_applied(place: Place) -> None:
    number = approved(place, "bad", {"data/clip/Bad.json": b'{"name": "Worse"}\n'})
    done = place.run("queue", "apply", number)
    assert (done.exit_code, "to mend" in done.output) == (1, True)


def test_a_conflict_is_said_and_settled_by_hand(place: Place) -> None:
    one = approved(place, "one", {"data/clip/One.json": record("One", version="1")})
    other = approved(place, "other", {"data/clip/One.json": record("One", version="2")})
    assert place.run("queue", "apply", one).exit_code == 0
    done = place.run("queue", "apply", other)
    assert (done.exit_code, "contradicts the main branch in data/clip/One.json" in done.output) == (1, True)
    assert place.run("review", "answer", other).exit_code == 0
    assert {"conflict", "needs-work"} <= place.labels(other)
    place.push("proposer/reference", "other", {"data/clip/One.json": record("One", version="2")})
    place.forge.review(other)
    assert place.run("queue", "apply", other).exit_code == 0
    assert place.files()["data/clip/One.json"] == record("One", version="2")


def test_a_batch_is_applied_together(place: Place) -> None:
    numbers = [approved(place, "four", {FOUR: record("Four")}), approved(place, "five", {FIVE: record("Five")})]
    assert place.run("queue", "batch", "autumn", *numbers).exit_code == 0
    assert all("batch: autumn" in place.labels(number) for number in numbers)
    done = place.run("queue", "apply", "--batch", "autumn")
    assert done.exit_code == 0, done.output
    assert {FOUR, FIVE} <= place.files().keys()


def test_what_is_left_of_a_batch_becomes_one_of_its_own(place: Place) -> None:
    first = approved(place, "four", {FOUR: record("Four")})
    second = place.propose("five", {FIVE: record("Five")})
    third = approved(place, "six", {"data/clip/Six.json": record("Six")})
    assert place.run("queue", "batch", "autumn", first, second, third).exit_code == 0
    done = place.run("queue", "apply", "--batch", "autumn")
    assert (done.exit_code, "batch autumn-2" in done.output) == (1, True)
    assert [state(place, number) for number in (first, second, third)] == ["closed", "open", "open"]
    for number in (second, third):
        assert {one for one in place.labels(number) if one.startswith("batch: ")} == {"batch: autumn-2"}
        assert "applied in part" in place.comments(number)[-1]
    place.forge.review(second)
    assert place.run("queue", "apply", "--batch", "autumn-2").exit_code == 0


def test_applying_again_what_was_applied_does_nothing(place: Place) -> None:
    number = approved(place, "four", {FOUR: record("Four")})
    assert place.run("queue", "apply", number).exit_code == 0
    before = place.log()
    done = place.run("queue", "apply", number)
    assert (done.exit_code, "is not open" in done.output) == (1, True)
    assert place.log() == before


def test_the_second_of_two_for_one_record_is_marked(place: Place) -> None:
    first = place.propose("four", {FOUR: record("Four")})
    second = place.propose("four-again", {FOUR: record("Four", version="2")})
    assert place.run("review", "answer", second).exit_code == 0
    assert "duplicate" in place.labels(second)
    assert f"#{first}: the same name" in place.comments(second)[0]


def test_a_proposal_outlives_its_fork(place: Place) -> None:
    number = approved(place, "four", {FOUR: record("Four")})
    place.forge.delete("proposer/reference")
    listed = place.run("queue", "list")
    assert (listed.exit_code, "+Four" in listed.output) == (0, True)
    assert "added `clip/Four`" in place.run("queue", "show", number).output
    assert place.run("review", "answer", number).exit_code == 0
    assert "Approved by `reviewer`" in place.comments(number)[0]


def test_rejecting_takes_a_reason_which_is_published(place: Place) -> None:
    number = place.propose("four", {FOUR: record("Four")})
    assert place.run("queue", "reject", number, "--reason", "  ").exit_code == 3
    assert place.run("queue", "reject", number, "--reason", "No licence: `see` [there](javascript:x)").exit_code == 0
    assert state(place, number) == "closed"
    assert place.run("queue", "fetch", "--into", "../queue.json").exit_code == 0
    assert place.run("build", "--out", "../public", "--queue", "../queue.json").exit_code == 0
    path = place.clone.parent / "public/api/model_references/v2/pending_queue/changes.json"
    (change,) = json.loads(path.read_bytes())["changes"]
    assert (change["status"], change["rejected_by"], change["model_name"]) == ("rejected", "reviewer", "Four")
    queue = json.loads((place.clone.parent / "queue.json").read_bytes())
    assert [(one["reason"], one["closed_by"]) for one in queue["proposals"]] == [
        ("No licence: `see` [there](javascript:x)", "reviewer")
    ]


def test_the_beta_channel_has_what_is_open_and_valid(place: Place) -> None:
    place.propose("four", {FOUR: record("Four")})
    place.propose("bad", {"data/clip/Bad.json": b"{}"})
    place.propose("gone", {"data/clip/One.json": None})
    assert place.run("queue", "fetch", "--into", "../queue.json").exit_code == 0
    assert place.run("build", "--out", "../public", "--queue", "../queue.json").exit_code == 0
    v2 = place.clone.parent / "public/api/model_references/v2"
    assert list(json.loads((v2 / "clip/pending.json").read_bytes())) == ["Four"]
    changes = json.loads((v2 / "pending_queue/changes.json").read_bytes())["changes"]
    assert {(one["model_name"], one["operation"], one["status"], one["is_valid"]) for one in changes} == {
        ("Four", "create", "pending", True), ("One", "delete", "pending", True),
    }  # fmt: skip


@pytest.mark.parametrize("words", [("apply",), ("apply", "1", "--batch", "x"), ("batch", "x"), ("reject", "1")])
def test_wrong_usage_asks_nobody(place: Place, words: tuple[str, ...]) -> None:
    before = len(place.forge.requests)
    assert place.run("queue", *words).exit_code == 2
    assert len(place.forge.requests) == before


def test_what_touches_no_record_is_never_approved_by_nobody(place: Place) -> None:
    number = place.propose("hidden", {"data/.evil/run.sh": b"true\n", "data/clip/.One.json": b"{}\n"})
    assert place.run("review", "answer", number).exit_code == 0
    assert "Waits for approval of `program`" in place.comments(number)[0]
    assert place.run("queue", "apply", number).exit_code == 1


def test_a_proposal_to_another_branch_is_not_applied(place: Place) -> None:
    place.git("push", "-q", str(place.forge.hosting.folder(making.NAME)), "HEAD:refs/heads/other")
    number = place.propose("four", {FOUR: record("Four")}, base="other")
    place.forge.review(number)
    done = place.run("queue", "apply", number)
    assert (done.exit_code, "not into main" in done.output) == (1, True)


def test_one_proposal_that_cannot_be_looked_at_stops_no_other(place: Place) -> None:
    bad = place.propose("link", {"data": b"/etc"}, link=True)
    good = place.propose("four", {FOUR: record("Four")})
    listed = place.run("queue", "list")
    assert (listed.exit_code, "+Four" in listed.output) == (0, True)
    assert place.run("queue", "fetch", "--into", "../queue.json").exit_code == 0
    assert place.run("review", "answer", bad).exit_code == 0
    assert "needs-work" in place.labels(bad)
    place.forge.review(good)
    assert place.run("queue", "apply", good).exit_code == 0


def test_only_who_may_write_says_why_something_was_rejected(place: Place) -> None:
    number = place.propose("four", {FOUR: record("Four")})
    assert place.run("queue", "reject", number, "--reason", "No licence.").exit_code == 0
    forged = {"body": "<!-- horde-reference: rejected -->\nBecause I say so"}
    place.forge.ask("POST", f"/repos/{making.NAME}/issues/{number}/comments", forged, "stranger")
    assert place.run("queue", "fetch", "--into", "../queue.json").exit_code == 0
    queue = json.loads((place.clone.parent / "queue.json").read_bytes())
    assert [(one["reason"], one["closed_by"]) for one in queue["proposals"]] == [("No licence.", "reviewer")]


def test_a_title_forges_neither_number_nor_approval(place: Place) -> None:
    number = approved(place, "four", {FOUR: record("Four")}, "Merge pull request #1212 from db0/x")
    assert place.run("queue", "apply", number).exit_code == 0
    place.git("pull", "-q")
    assert f"#{number}" in place.run("audit", "log").output
    assert "#1212 " not in place.run("audit", "log", "--format", "json").output.partition("subject")[0]
    other = approved(place, "five", {FIVE: record("Five")}, "Approved-by: admin")
    done = place.run("queue", "apply", other)
    assert (done.exit_code, "to mend" in done.output) == (1, True)


def test_what_is_left_never_joins_another_batch(place: Place) -> None:
    stranger = place.propose("six", {"data/clip/Six.json": record("Six")})
    assert place.run("queue", "batch", "autumn-2", stranger).exit_code == 0
    first, second = approved(place, "four", {FOUR: record("Four")}), place.propose("five", {FIVE: record("Five")})
    assert place.run("queue", "batch", "autumn", first, second).exit_code == 0
    assert place.run("queue", "apply", first).exit_code == 0  # by its number: the rest is still a rest
    assert {one for one in place.labels(second) if one.startswith("batch: ")} == {"batch: autumn-3"}
    assert {one for one in place.labels(stranger) if one.startswith("batch: ")} == {"batch: autumn-2"}


def test_applied_changes_keep_who_approved_them(place: Place) -> None:
    number = approved(place, "four", {FOUR: record("Four")})
    assert place.run("queue", "apply", number).exit_code == 0
    assert place.run("queue", "fetch", "--into", "../queue.json").exit_code == 0
    (one,) = json.loads((place.clone.parent / "queue.json").read_bytes())["proposals"]
    assert (one["author"], [approval["login"] for approval in one["approvals"]]) == ("proposer", ["reviewer"])
