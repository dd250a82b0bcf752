"""From an issue to a pull request, or to a comment that says what is wrong."""

import json
from typing import Any

import forge as making
import pytest
from click.testing import CliRunner
from places import Place, record
from proposed_models import IDS, Proposals, form
from submitted_forms import CHANGE, removal

from horde_reference.cli.main import cli

BRANCH = "proposal/issue-{}".format
WRONG = form("one")
"""Differs from a name that is there in case only."""


def test_a_form_becomes_a_pull_request(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form())
    done = proposals.happened(number)
    (pull,) = proposals.pulls()
    assert done.stdout == f"#{number}: #{pull['number']} was opened.\n"
    assert pull["title"] == f"Add clip Four (closes #{number})"
    assert (pull["head"]["ref"], pull["head"]["repo"]["full_name"]) == (BRANCH(number), making.NAME)
    address = f"{IDS['proposer']}+proposer@users.noreply.github.com"
    for words in ("added `clip/Four`", f"Closes #{number}.", f"Co-authored-by: proposer <{address}>"):
        assert words in pull["body"]
    assert proposals.changed(BRANCH(number)) == {"data/clip/Four.json": record("Four")}
    assert proposals.log(BRANCH(number), "%an|%ae|%cn") == f"proposer|{address}|reviewer"
    message = proposals.log(BRANCH(number), "%B")
    assert f"/{making.NAME}/issues/{number}" in message
    assert message.endswith(f"Co-authored-by: proposer <{address}>")
    (said,) = place.comments(number)
    assert f"#{pull['number']} proposes this" in said
    assert "needs-work" not in place.labels(number)
    assert place.labels(pull["number"]) == {"proposal"}


def test_a_form_with_faults_is_told_all_of_them(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form("one", exceptions="perhaps", size_on_disk_bytes="much"))
    proposals.happened(number)
    (said,) = place.comments(number)
    for words in ("2 to correct", '"perhaps" is not a key, a colon', '"much" is not a whole number', "edit this"):
        assert words in said
    assert "needs-work" in place.labels(number)
    assert (proposals.branches(), proposals.pulls("all")) == ({}, [])


def test_editing_tries_again(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(WRONG)
    proposals.happened(number)
    proposals.edit(number, form())
    proposals.happened(number, "edited")
    (pull,) = proposals.pulls()
    assert "needs-work" not in place.labels(number)
    proposals.edit(number, form(version="2"))
    assert "was updated" in proposals.happened(number, "edited", "reviewer").stdout
    (same,) = proposals.pulls("all")
    assert same["number"] == pull["number"]
    assert json.loads(proposals.changed(BRANCH(number))["data/clip/Four.json"])["version"] == "2"
    assert proposals.log(BRANCH(number), "%an") == "proposer"
    tip = proposals.branches()
    proposals.edit(number, WRONG)
    proposals.happened(number, "edited")
    (said,) = place.comments(number)
    assert f"#{pull['number']} still holds what this issue said earlier" in said
    assert "needs-work" in place.labels(number)
    assert (proposals.branches(), len(proposals.pulls())) == (tip, 1)


def test_an_event_that_comes_twice_changes_nothing(proposals: Proposals) -> None:
    number = proposals.issue(form())
    proposals.happened(number)
    tip = proposals.branches()
    proposals.happened(number, "labeled", label={"name": "proposal"})
    assert proposals.branches() == tip
    assert len(proposals.pulls("all")) == 1


@pytest.mark.parametrize(
    ("sender", "closes", "who"),
    [("proposer", True, "its author"), ("reviewer", True, "reviewer"), ("stranger", False, "")],
)
def test_closing_the_issue_closes_the_pull_request(
    place: Place, proposals: Proposals, sender: str, closes: bool, who: str
) -> None:
    number = proposals.issue(form())
    proposals.happened(number)
    (pull,) = proposals.pulls()
    proposals.set_state(number, "closed")
    proposals.happened(number, "closed", sender)
    assert (proposals.pulls() == []) is closes
    if closes:
        assert f"#{number} was closed by {who}" in place.comments(pull["number"])[-1]
        proposals.set_state(number, "open")
        proposals.happened(number, "reopened")
        assert [one["number"] for one in proposals.pulls()] == [pull["number"]]


def test_closing_an_issue_that_became_nothing_does_nothing(proposals: Proposals) -> None:
    number = proposals.issue(WRONG)
    proposals.set_state(number, "closed")
    assert "nothing is done" in proposals.happened(number, "closed").stdout
    assert "is closed" in proposals.happened(number, "edited").stdout
    assert proposals.writes() == []


@pytest.mark.parametrize(
    ("labels", "action", "more"),
    [
        (("bug",), "opened", {}),
        (("proposal",), "assigned", {}),
        (("proposal",), "deleted", {}),
        (("proposal",), "labeled", {"label": {"name": "needs-work"}}),
        (("proposal",), "labeled", {}),
    ],
)
def test_other_events_are_left_alone(
    proposals: Proposals, labels: tuple[str, ...], action: str, more: dict[str, Any]
) -> None:
    number = proposals.issue(form(), labels=labels)
    assert "nothing is done" in proposals.happened(number, action, **more).stdout
    assert proposals.writes() == []


def test_a_form_that_changes_nothing_is_told_so(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form("One", CHANGE))
    proposals.happened(number)
    assert "Nothing to change" in place.comments(number)[0]
    assert proposals.pulls("all") == []


def test_a_removal_by_form(proposals: Proposals) -> None:
    number = proposals.issue(removal("clip", "Two", "Broken."))
    proposals.happened(number)
    (body,) = proposals.changed(BRANCH(number)).values()
    assert json.loads(body)["withdrawn"]["reason"] == "Broken."
    assert proposals.pulls()[0]["title"] == f"Remove clip Two (closes #{number})"


def test_the_token_of_a_workflow_will_do(place: Place, proposals: Proposals) -> None:
    token = place.forge.connection(place.forge.app()).token()
    number = proposals.issue(form())
    event = str(proposals.event(number))
    runner = CliRunner(env={**place.env, "GITHUB_TOKEN": token, "GITHUB_EVENT_PATH": event})
    done = runner.invoke(cli, ["propose", "issue", "--no-fill"])
    assert done.exit_code == 0, done.output
    assert proposals.log(BRANCH(number), "%an|%cn") == "proposer|github-actions[bot]"
    assert len(proposals.pulls()) == 1


def test_who_asked_for_it_does_not_approve_it(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form(), "stranger")  # who may approve models of this category
    proposals.happened(number, sender="stranger")
    (pull,) = proposals.pulls()
    place.forge.review(pull["number"], "stranger")
    assert place.run("review", "answer", pull["number"], who="maintainer").exit_code == 0
    said = place.comments(pull["number"])[-1]
    assert "Waits for approval" in said
    assert "stranger" in said


def test_a_dry_run_of_an_event_says_what_it_would_do(place: Place, proposals: Proposals) -> None:
    event = proposals.event(proposals.issue(form()))
    done = place.run("propose", "issue", "--event", event, "--no-fill", "--dry-run")
    assert (done.exit_code, "would be answered" in done.stdout) == (0, True)
    assert proposals.writes() == []


def test_who_edits_somebody_elses_words_does_not_approve_them(place: Place, proposals: Proposals) -> None:
    number = proposals.issue(form())
    proposals.happened(number)
    proposals.edit(number, form(version="evil"), "reviewer")
    proposals.happened(number, "edited", "stranger")
    (pull,) = proposals.pulls()
    place.forge.review(pull["number"], "stranger")  # may approve clip
    done = place.run("queue", "apply", pull["number"])
    assert (done.exit_code, "stranger wrote it" in done.output) == (1, True)
