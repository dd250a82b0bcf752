"""The workflows of the queue, run step by step on this machine against a GitHub on loopback."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import forge as making
import payloads
import pytest
from made_docs import in_place_of_make
from places import Place, program_on_main, record
from proposed_models import Proposals
from submitted_forms import ADD, proposal
from workflow_files import GITHUB
from workflow_runner import Machine, Result, run_workflow

WORKFLOWS = GITHUB / "workflows"
NEW = "data/clip/Zebra.json"


@pytest.fixture
def machine(place: Place, tmp_path: Path) -> Machine:
    """The program as it was last committed stands on main, with people of the test who may approve."""
    return program_on_main(place, tmp_path)


def head_of(place: Place, number: int) -> tuple[str, str]:
    said = place.forge.ask("GET", f"/repos/{making.NAME}/pulls/{number}")
    return said["head"]["sha"], place.git("rev-parse", "origin/main").strip()


def reviewed(place: Place, machine: Machine, number: int, fork: str = "proposer/reference") -> Result:
    head, base = head_of(place, number)
    payload = payloads.pull_request("opened", number, fork=fork)
    payload["pull_request"]["head"]["sha"], payload["pull_request"]["base"]["sha"] = head, base
    return run_workflow(WORKFLOWS / "review.yml", "pull_request", payload, replace(machine, run_id=1))


def answered(place: Place, machine: Machine, number: int, run: int = 1, event: str = "pull_request") -> Result:
    payload = payloads.workflow_run("review", run)
    payload["workflow_run"]["head_sha"] = head_of(place, number)[0]
    payload["workflow_run"]["event"] = event
    payload["workflow_run"]["repository"]["full_name"] = making.NAME
    return run_workflow(WORKFLOWS / "answer.yml", "workflow_run", payload, replace(machine, run_id=99))


def test_a_proposal_is_reviewed_answered_approved_and_applied(place: Place, machine: Machine) -> None:
    number = place.propose("zebra", {NEW: record("Zebra")}, "Add Zebra")
    first = reviewed(place, machine, number)
    assert first.succeeded, first
    assert [step.name for step in first.steps if step.secrets] == []
    assert not any(job.writes for job in first.jobs.values())
    preview = machine.home / "artifacts/1/preview/api/model_references/v2/clip.json"
    assert json.loads(preview.read_bytes())["Zebra"]["description"] == "Sees."
    second = answered(place, machine, number)
    assert second.succeeded, second
    (said,) = place.comments(number)
    assert "added `clip/Zebra`" in said
    assert {"add", "data-only"} <= place.labels(number)
    place.forge.review(number)
    payload = payloads.recorded("pull_request_review", "submitted", {"pull_request.number": number})
    third = run_workflow(WORKFLOWS / "approval.yml", "pull_request_review", payload, replace(machine, run_id=2))
    assert third.succeeded, third
    fourth = answered(place, machine, number, 2, "pull_request_review")
    assert fourth.succeeded, fourth
    (said,) = place.comments(number)
    assert "Approved by `reviewer`" in said
    wish = {"inputs": {"numbers": str(number), "batch": ""}}
    fifth = run_workflow(WORKFLOWS / "apply.yml", "workflow_dispatch", wish, replace(machine, run_id=3))
    assert fifth.succeeded, fifth
    assert place.files()[NEW] == record("Zebra")
    assert "Approved-by: reviewer" in place.log()


def test_what_has_errors_is_annotated_and_answered(place: Place, machine: Machine) -> None:
    number = place.propose("bad", {"data/clip/bad.json": b'{"name": 1}\n'})
    first = reviewed(place, machine, number)
    assert not first.succeeded
    assert "::error file=data/clip/bad.json" in first.step("Say what is wrong, on the lines").output
    assert answered(place, machine, number).succeeded
    assert "needs-work" in place.labels(number)


@pytest.mark.parametrize(
    "note",
    [b'{"number": %d}', b'{"number": "1; rm -rf /"}', b"[]", b"x" * 5000, b'{"number": 1e99}'],
    ids=["another", "a command", "no note", "large", "absurd"],
)
def test_a_forged_note_answers_nobody(place: Place, machine: Machine, note: bytes) -> None:
    number = place.propose("zebra", {NEW: record("Zebra")})
    other = place.propose("other", {"data/clip/Other.json": record("Other")})
    left = machine.home / "artifacts/1/note/note.json"
    left.parent.mkdir(parents=True)
    left.write_bytes(note % other if b"%d" in note else note)
    assert not answered(place, machine, number).succeeded
    assert place.comments(number) == place.comments(other) == []


def test_a_run_of_another_repository_is_not_answered(place: Place, machine: Machine) -> None:
    number = place.propose("zebra", {NEW: record("Zebra")})
    payload = payloads.workflow_run("review", 1)
    payload["workflow_run"]["head_sha"] = head_of(place, number)[0]
    payload["workflow_run"]["repository"]["full_name"] = "stranger/reference"
    result = run_workflow(WORKFLOWS / "answer.yml", "workflow_run", payload, machine)
    assert result.steps == [] or all(step.outcome == "skipped" for step in result.steps)


def test_a_workflow_in_the_proposal_does_not_run(place: Place, machine: Machine) -> None:
    evil = b"on: pull_request\njobs: {evil: {runs-on: x, steps: [{run: 'touch evil'}]}}\n"
    makefile = b"install:\n\ttouch evil\n"
    number = place.propose("evil", {".github/workflows/review.yml": evil, "Makefile": makefile, NEW: record("Zebra")})
    result = reviewed(place, machine, number)
    assert result.succeeded, result
    assert list(machine.home.rglob("evil")) == []
    assert answered(place, machine, number).succeeded
    assert "code" in place.labels(number)
    assert "`Makefile`" in place.comments(number)[0]


def test_what_is_typed_into_apply_is_words_not_commands(machine: Machine) -> None:
    for wish in ("1; touch evil", "$(touch evil)", "--help"):
        payload = {"inputs": {"numbers": wish, "batch": ""}}
        result = run_workflow(WORKFLOWS / "apply.yml", "workflow_dispatch", payload, machine)
        assert not result.succeeded
    assert subprocess.run(["find", machine.home, "-name", "evil"], capture_output=True, check=True).stdout == b""


def test_a_form_becomes_a_published_record(
    place: Place, machine: Machine, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    """From the web form on, every step by its workflow; the audit names who filled in the form."""
    proposals = Proposals(place)
    number = proposals.issue(proposal("clip", {"name": "Zebra", "description": "Sees."}, ADD))
    payload = json.loads(proposals.event(number).read_bytes())
    proposed = run_workflow(WORKFLOWS / "propose.yml", "issues", payload, machine)
    assert proposed.succeeded, proposed
    (pull,) = proposals.pulls()
    assert reviewed(place, machine, pull["number"], fork="").succeeded
    assert answered(place, machine, pull["number"]).succeeded
    place.forge.review(pull["number"])
    wish = {"inputs": {"numbers": str(pull["number"]), "batch": ""}}
    applied = run_workflow(WORKFLOWS / "apply.yml", "workflow_dispatch", wish, replace(machine, run_id=3))
    assert applied.succeeded, applied
    assert json.loads(place.files()[NEW])["name"] == "Zebra"
    (tmp_path / "nothing").mkdir()
    there = replace(
        machine, vars={"PUBLIC_URL": serve(tmp_path / "nothing")}, tools={"make": in_place_of_make()}, run_id=4
    )
    published = run_workflow(WORKFLOWS / "publish.yml", "workflow_dispatch", {"inputs": {}}, there)
    assert published.jobs["deploy"].result == "success", published  # nobody shows it, so it cannot be looked at
    trail = (machine.pages / "audit/v2/clip/audit-000001.jsonl").read_bytes().splitlines()
    (event,) = [one for one in map(json.loads, trail) if one["model_name"] == "Zebra"]
    assert (event["proposed_by"], event["approved_by"], event["pull_request"]) == (
        "proposer", ["reviewer"], pull["number"],
    )  # fmt: skip


def test_an_issue_that_is_no_proposal_is_let_be(place: Place, machine: Machine) -> None:
    proposals = Proposals(place)
    number = proposals.issue("It does not work.", labels=())
    result = run_workflow(
        WORKFLOWS / "propose.yml", "issues", json.loads(proposals.event(number).read_bytes()), machine
    )
    assert all(step.outcome == "skipped" for step in result.steps)
    assert place.comments(number) == []
