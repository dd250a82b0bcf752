"""What fetches usage and what publishes, run step by step on this machine."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import forge as making
import payloads
import pytest
from horde_api import horde_api
from places import Place, record
from workflow_files import GITHUB
from workflow_runner import Machine, Result, run_workflow

WORKFLOWS = GITHUB / "workflows"
V2, STATISTICS = "api/model_references/v2", "api/model_references/statistics"


def begin_series(place: Place) -> None:
    """The branch as a maintainer makes it once."""
    folder = place.forge.hosting.folder(making.NAME)
    tree = place.git("hash-object", "-t", "tree", "-w", "/dev/null", folder=folder).strip()
    identity = ("-c", "user.name=A", "-c", "user.email=a@b")
    commit = place.git(*identity, "commit-tree", tree, "-m", "Begin", folder=folder).strip()
    place.git("update-ref", "refs/heads/usage-series", commit, folder=folder)


def published(machine: Machine, event: str = "workflow_dispatch", payload: Any = None, **changes: Any) -> Result:
    there = replace(machine, vars={"PUBLIC_URL": "http://127.0.0.1:9", **machine.vars}, **changes)
    return run_workflow(WORKFLOWS / "publish.yml", event, payload or {"inputs": {}}, there)


def test_usage_is_kept_on_a_branch_of_its_own_and_published(place: Place, machine: Machine) -> None:
    begin_series(place)
    with horde_api() as api:
        machine = replace(machine, vars={"AI_HORDE_URL": api.address})
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
    done = published(machine, run_id=3)
    assert done.succeeded, done
    risk = json.loads(
        (machine.pages / "api/model_references/statistics/image_generation/deletion-risk.json").read_bytes()
    )
    assert risk["usage_as_of"]


def test_all_of_main_is_published_with_the_queue_and_before_usage_was_ever_fetched(
    place: Place, machine: Machine
) -> None:
    place.propose("zebra", {"data/clip/Zebra.json": record("Zebra")})
    done = published(machine)
    assert done.succeeded, done
    head = json.loads((machine.pages / "head.json").read_bytes())
    assert head["commit"] == place.git("rev-parse", "origin/main").strip()
    assert list(json.loads((machine.pages / f"{V2}/clip/pending.json").read_bytes())) == ["Zebra"]
    assert not done.jobs["build"].writes


@pytest.mark.parametrize(
    ("event", "repository", "runs"),
    [("workflow_run", making.NAME, True), ("schedule", making.NAME, True), ("workflow_run", "stranger/fork", False)],
)
def test_it_follows_only_runs_of_this_repository(event: str, repository: str, runs: bool, machine: Machine) -> None:
    payload = payloads.workflow_run("answer", 1, event=event)
    payload["workflow_run"]["repository"]["full_name"] = repository
    done = published(machine, "workflow_run", payload)
    assert (machine.pages / "head.json").exists() is runs, done


def test_a_past_that_was_rewritten_is_not_published(
    place: Place, machine: Machine, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    assert published(machine).succeeded
    shutil.copytree(machine.pages, tmp_path / "public")
    folder = place.forge.hosting.folder(making.NAME)
    place.git("update-ref", "refs/heads/main", "main^", folder=folder)
    done = published(replace(machine, vars={"PUBLIC_URL": serve(tmp_path / "public")}), run_id=5)
    assert not done.succeeded
    assert "is not number" in done.step("Build").output
    assert done.jobs["deploy"].result == "skipped"
