"""Runs a workflow's steps on this machine, as GitHub would for an event.

    machine = Machine(home=tmp_path, root=bare_repository, secrets={"APP_KEY": "…"}, api_url=emulator)
    result = run_workflow(WORKFLOWS / "propose.yml", "issues", payloads.issue("opened", …), machine)
    assert result.succeeded, result
    assert result.step("Propose").outputs["pull-request"] == "7"

Commands run in bash in a clean clone; GitHub's own parser and evaluator read the workflow. Actions (`uses:`) are not
run: `actions_runner/stand_ins/table.py` says what stands in for each. What a stranger's event may not have, it does not
get: from a fork there are no secrets, and rights to write are rights to read.
"""

import json
import shutil
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from actions_runner.events import github_context
from actions_runner.expressions import InvalidExpression, InvalidWorkflow, expressions
from actions_runner.jobs import Run, needs_of, run_job
from actions_runner.machine import ActionFailed, Call, Machine
from actions_runner.results import JobRun, Result, StepRun
from actions_runner.stand_ins.table import UnknownAction
from actions_runner.steps import Unsupported
from actions_runner.surroundings import base_environment
from actions_runner.triggers import starts

__all__ = [
    "ActionFailed",
    "Call",
    "InvalidExpression",
    "InvalidWorkflow",
    "JobRun",
    "Machine",
    "Result",
    "StepRun",
    "UnknownAction",
    "Unsupported",
    "run_workflow",
]


def run_workflow(
    path: Path, event: str, payload: dict[str, Any], machine: Machine, kept: Mapping[str, JobRun] = MappingProxyType({})
) -> Result:
    """Run all jobs of a workflow that the event starts, one after the other.

    `kept` are jobs of an attempt before that are not run again: "Re-run failed jobs" keeps those that succeeded.
    """
    shutil.rmtree(machine.folder, ignore_errors=True)
    with expressions() as evaluator:
        workflow = evaluator.load(path.name, path.read_text(encoding="utf-8"))
        if not starts(workflow["on"], event, payload):
            return Result(started=False)
        surroundings = base_environment(machine)
        github = {**github_context(event, payload, machine), **_named(path, workflow, payload, machine)}
        run = Run(workflow, github, machine, evaluator, surroundings)
        jobs: dict[str, JobRun] = {}
        for name in _in_order(workflow["jobs"]):
            jobs[name] = kept[name] if name in kept else run_job(name, run, jobs)
    return Result(started=True, jobs=jobs, artifacts=machine.artifacts / str(machine.run_id))


def _named(path: Path, workflow: dict[str, Any], payload: dict[str, Any], machine: Machine) -> dict[str, str]:
    file = f".github/workflows/{path.name}"
    written = machine.folder / "event.json"
    written.write_text(json.dumps(payload), encoding="utf-8")
    return {
        "workflow": workflow.get("name") or file,
        "workflow_ref": f"{machine.repository}/{file}@refs/heads/{machine.default_branch}",
        "event_path": str(written),
    }


def _in_order(jobs: dict[str, Any]) -> list[str]:
    """Each after those that it needs."""
    needs = {name: needs_of(job) for name, job in jobs.items()}
    return list(TopologicalSorter(needs).static_order())
