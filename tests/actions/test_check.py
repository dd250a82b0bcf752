"""What checks a proposed change runs from a clean clone."""

import subprocess
from dataclasses import replace
from pathlib import Path

import payloads
import pytest
from workflow_files import GITHUB
from workflow_runner import Machine, run_workflow

CHECK = GITHUB / "workflows/check.yml"
LEFT_OUT = "Check everything"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """This repository as it was last committed, with a pull request that changes nothing."""
    bare = tmp_path / "origin.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", "--no-local", GITHUB.parent, bare], check=True)
    subprocess.run(["git", "-C", bare, "update-ref", "refs/pull/2/merge", "HEAD"], check=True)
    return Machine(home=tmp_path / "home", root=bare, tools={"sudo": 'echo "$*"'}, skip=[LEFT_OUT])


def test_a_proposal_from_a_fork_is_checked_without_any_secret(machine: Machine) -> None:
    told = replace(machine, secrets={"KEY": "a-secret"})
    result = run_workflow(CHECK, "pull_request", payloads.pull_request(fork="stranger/reference"), told)
    assert result.succeeded, result
    assert result.left_out == [LEFT_OUT]
    assert [step.name for step in result.steps if step.secrets] == []
    assert not any(job.writes for job in result.jobs.values())
    assert result.step("Run sudo .ci/packages").output == ".ci/packages\n"
    checked = result.step("Check the records")
    assert checked.exit_code == 0
    assert checked.output


def test_the_code_that_runs_is_that_of_the_clone(machine: Machine) -> None:
    run_workflow(CHECK, "pull_request", payloads.pull_request(), machine)
    clone = machine.folder / "work/test"
    asked = [str(clone / ".venv/bin/python"), "-c", "import horde_reference; print(horde_reference.__file__)"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd="/")
    assert Path(done.stdout.strip()) == clone / "generator/horde_reference/__init__.py"


def test_a_bad_record_is_found(machine: Machine, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", machine.root, clone], check=True)
    (clone / "data/clip").mkdir(parents=True, exist_ok=True)
    (clone / "data/clip/bad.json").write_text('{"name": 1}\n')
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (
        ["add", "--all"],
        [*identity, "commit", "--quiet", "--message", "Add a bad record"],
        ["push", "--quiet", "origin", "HEAD:refs/pull/3/merge"],
    ):
        subprocess.run(["git", "-C", clone, *command], check=True)
    result = run_workflow(CHECK, "pull_request", payloads.pull_request(number=3), machine)
    assert not result.succeeded
    checked = result.step("Check the records")
    assert checked.outcome == "failure"
    assert "::error file=data/clip/bad.json" in checked.output
    assert result.step(LEFT_OUT).outcome == "skipped"
