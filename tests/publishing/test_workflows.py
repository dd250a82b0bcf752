"""What fetches usage, what publishes, releases and rolls back, run step by step on this machine."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import forge as making
import payloads
import pytest
from horde_api import horde_api
from places import Place, record
from public_trees import Show
from workflow_files import GITHUB
from workflow_runner import JobRun, Machine, Result, run_workflow

WORKFLOWS = GITHUB / "workflows"
V2, STATISTICS = "api/model_references/v2", "api/model_references/statistics"


def begin_series(place: Place) -> None:
    """The branch as a maintainer makes it once."""
    folder = place.forge.hosting.folder(making.NAME)
    tree = place.git("hash-object", "-t", "tree", "-w", "/dev/null", folder=folder).strip()
    identity = ("-c", "user.name=A", "-c", "user.email=a@b")
    commit = place.git(*identity, "commit-tree", tree, "-m", "Begin", folder=folder).strip()
    place.git("update-ref", "refs/heads/usage-series", commit, folder=folder)


AFTERWARDS = {name: JobRun(name, {}, result="success") for name in ("smoke", "report")}
"""Jobs that most tests are not about."""


def published(machine: Machine, event: str = "workflow_dispatch", payload: Any = None, **kept: JobRun) -> Result:
    """Build and deploy, and no more but where other jobs are said to have run before."""
    return run_workflow(WORKFLOWS / "publish.yml", event, payload or {"inputs": {}}, machine, kept or AFTERWARDS)


def published_and_seen(machine: Machine) -> Result:
    return run_workflow(WORKFLOWS / "publish.yml", "workflow_dispatch", {"inputs": {}}, machine)


def issues(place: Place) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = place.forge.ask(
        "GET", f"/repos/{making.NAME}/issues?state=all&labels=publishing-fails"
    )
    return found


def test_usage_is_kept_on_a_branch_of_its_own_and_published(place: Place, machine: Machine) -> None:
    begin_series(place)
    with horde_api() as api:
        machine = replace(machine, vars={**machine.vars, "AI_HORDE_URL": api.address})
        for run in (1, 2):
            fetched = run_workflow(
                WORKFLOWS / "usage.yml", "workflow_dispatch", {"inputs": {}}, replace(machine, run_id=run)
            )
            assert fetched.succeeded, fetched
    place.git("fetch", "-q", "origin")
    assert place.git("merge-base", "--all", "origin/main", "origin/usage-series", check=False) == ""
    names = place.git("ls-tree", "-r", "--name-only", "origin/usage-series").split()
    assert "usage.json" in names
    assert len(names) == 2  # and the day
    done = published(replace(machine, run_id=3))
    assert done.succeeded, done
    risk = json.loads(
        (machine.pages / "api/model_references/statistics/image_generation/deletion-risk.json").read_bytes()
    )
    assert risk["usage_as_of"]


def test_all_of_main_is_published_with_the_queue_and_before_usage_was_ever_fetched(
    place: Place, machine: Machine
) -> None:
    place.propose("zebra", {"data/clip/Zebra.json": record("Zebra")})
    done = published(replace(machine, tools={}))  # the documentation is made there too
    assert done.succeeded, done
    head = json.loads((machine.pages / "head.json").read_bytes())
    assert head["commit"] == place.git("rev-parse", "origin/main").strip()
    assert list(json.loads((machine.pages / f"{V2}/clip/pending.json").read_bytes())) == ["Zebra"]
    assert not done.jobs["build"].writes


def test_what_does_not_become_public_opens_an_issue_which_the_next_success_closes(
    place: Place, machine: Machine, show: Show, tmp_path: Path
) -> None:
    """Pages says that it deployed, and has nothing."""
    nowhere = replace(machine, vars={**machine.vars, "PUBLIC_URL": show(tmp_path / "nothing")})
    done = published_and_seen(nowhere)
    assert [job.result for job in done.jobs.values()] == ["success", "success", "failure", "success"], done
    assert [name for name, job in done.jobs.items() if job.writes] == ["deploy", "report"]
    assert done.jobs["report"].permissions == {"contents": "read", "issues": "write"}
    (issue,) = issues(place)
    assert issue["state"] == "open"
    assert "| `deploy` | success |\n| `smoke` | failure |" in issue["body"]
    commit = place.git("rev-parse", "origin/main").strip()
    assert f"/actions/runs/1, commit `{commit}`" in issue["body"]
    again = published_and_seen(replace(machine, run_id=2))
    assert again.succeeded, again
    assert " things seen." in again.step("Look at what is public").output
    assert issues(place)[0]["state"] == "closed"
    assert "/actions/runs/2" in place.comments(issue["number"])[-1]


@pytest.mark.parametrize(
    ("event", "repository", "runs"),
    [("workflow_run", making.NAME, True), ("schedule", making.NAME, True), ("workflow_run", "stranger/fork", False)],
)
def test_it_follows_only_runs_of_this_repository(event: str, repository: str, runs: bool, machine: Machine) -> None:
    payload = payloads.workflow_run("answer", 1, event=event)
    payload["workflow_run"]["repository"]["full_name"] = repository
    done = published(machine, "workflow_run", payload)
    assert (machine.pages / "head.json").exists() is runs, done


def test_a_past_that_was_rewritten_is_not_published(place: Place, machine: Machine) -> None:
    assert published(machine).succeeded
    head = (machine.pages / "head.json").read_bytes()
    folder = place.forge.hosting.folder(making.NAME)
    place.git("update-ref", "refs/heads/main", "main^", folder=folder)
    done = published(replace(machine, run_id=5))
    assert not done.succeeded
    assert "is not number" in done.step("Build").output
    assert done.jobs["deploy"].result == "skipped"
    assert (machine.pages / "head.json").read_bytes() == head


def test_an_older_tree_is_not_put_over_a_newer_one(machine: Machine) -> None:
    """Somebody runs the failed job of an older run again. Nothing of that is a failure, or a success."""
    before = JobRun("build", {}, result="success", outputs={"attempt": "1", "commit": "c" * 40})
    again = published(replace(machine, run_attempt=2), build=before)
    assert [job.result for job in again.jobs.values()] == ["success", "skipped", "skipped", "success"]
    assert again.step("Say how it went").output == "Issue nothing.\n"


def test_what_shrank_is_published_only_if_somebody_says_so(place: Place, machine: Machine) -> None:
    assert published(machine).succeeded
    gone = sorted((place.clone / "data/controlnet").glob("*.json"))
    place.edit({f"data/controlnet/{one.name}": None for one in gone})
    meant = published(replace(machine, run_id=2), payload={"inputs": {"allow-shrink": "true"}})
    assert meant.succeeded, meant
    assert json.loads((machine.pages / "api/model_references/v2/controlnet.json").read_bytes()) == {}


def test_a_release_holds_the_tree_and_is_stated_to_be_made_here(place: Place, machine: Machine) -> None:
    done = run_workflow(WORKFLOWS / "release.yml", "workflow_dispatch", {"inputs": {}}, machine)
    assert done.succeeded, done
    (made,) = place.forge.ask("GET", f"/repos/{making.NAME}/releases")
    number = int(made["tag_name"].removeprefix("data-"))
    assert [one["name"] for one in made["assets"]] == [
        f"horde-models-{number}.tar.gz",
        f"horde-models-{number}.tar.gz.sha256",
    ]
    packed = (done.artifacts / f"dist-1/horde-models-{number}.tar.gz").read_bytes()
    assert sha256(packed).hexdigest() in done.step("Pack").output
    assert "Attested" in done.step("State where it was made").output
    assert [name for name, job in done.jobs.items() if job.writes] == ["release"]


def test_what_is_typed_in_is_a_commit_and_no_command(machine: Machine) -> None:
    words = "--dry-run $(touch evil)"
    done = run_workflow(WORKFLOWS / "rollback.yml", "workflow_dispatch", {"inputs": {"commit": words}}, machine)
    assert done.step("Propose it").exit_code == 3, done
    assert list(machine.home.rglob("evil")) == []


def test_going_back_is_proposed_for_who_asks(place: Place, machine: Machine) -> None:
    folder = place.forge.hosting.folder(making.NAME)
    number = int(place.git("rev-list", "--count", "--first-parent", "origin/main"))
    place.edit({"data/clip/Zebra.json": record("Zebra")})
    payload = {"inputs": {"commit": str(number)}, "sender": {"login": "reviewer"}}
    done = run_workflow(WORKFLOWS / "rollback.yml", "workflow_dispatch", payload, machine)
    assert done.succeeded, done
    (pull,) = place.forge.ask("GET", f"/repos/{making.NAME}/pulls")
    assert pull["title"] == f"Roll the records back to number {number}"
    wrote = place.git("log", "-1", "--format=%an %cn", pull["head"]["sha"], folder=folder)
    assert wrote.strip() == "reviewer maintainer"
