"""Running one job of a workflow, after those that it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions_runner.events import from_outside
from actions_runner.expressions import Expressions, InvalidExpression, text, truth
from actions_runner.machine import Machine, Rights
from actions_runner.matrix import chosen
from actions_runner.results import JobRun
from actions_runner.scope import Scope
from actions_runner.steps import Unsupported, run_step

_DEFAULT_RIGHTS = {"contents": "read", "packages": "read"}
_UNSUPPORTED = ("uses", "container", "services")


@dataclass(frozen=True)
class Run:
    """A run of a workflow."""

    workflow: dict[str, Any]
    github: dict[str, Any]
    machine: Machine
    expressions: Expressions
    surroundings: dict[str, str]


def run_job(name: str, run: Run, before: Mapping[str, JobRun]) -> JobRun:
    job = run.workflow["jobs"][name]
    if unsupported := [key for key in _UNSUPPORTED if key in job]:
        raise Unsupported(f"Jobs with {unsupported} are not run here.")
    rights = rights_of(job, run)
    ran = JobRun(name, rights)
    try:
        _run(job, ran, _scope(job, ran, run, before), run.workflow.get("env"))
    except InvalidExpression as error:
        ran.result, ran.trouble = "failure", str(error)
    return ran


def rights_of(job: dict[str, Any], run: Run) -> Rights:
    """What its token may. For a stranger's event GitHub turns every right to write into one to read."""
    stated = job.get("permissions", run.workflow.get("permissions", _DEFAULT_RIGHTS))
    rights = {"all": stated.removesuffix("-all")} if isinstance(stated, str) else dict(stated or {})
    if from_outside(run.github["event_name"], run.github["event"], run.machine):
        rights = {about: "read" if right == "write" else right for about, right in rights.items()}
    return rights


def needs_of(job: dict[str, Any]) -> list[str]:
    needs = job.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


def _ancestors(names: list[str], run: Run) -> set[str]:
    return set(names).union(*(_ancestors(needs_of(run.workflow["jobs"][name]), run) for name in names))


def _scope(job: dict[str, Any], ran: JobRun, run: Run, before: Mapping[str, JobRun]) -> Scope:
    outside = from_outside(run.github["event_name"], run.github["event"], run.machine)
    token = run.machine.token(ran.permissions)
    secrets = {**({} if outside else run.machine.secrets), "GITHUB_TOKEN": token}
    workspace = run.machine.folder / "work" / ran.id
    workspace.mkdir(parents=True)
    scope = Scope(
        run.machine, run.expressions, _contexts(run, token, secrets, workspace), ran.id, workspace, ran.permissions,
        run.surroundings, secrets, status=_status(needs_of(job), run, before),
    )  # fmt: skip
    scope.contexts["github"]["job"] = ran.id
    scope.contexts["needs"] = {
        name: {"result": before[name].result, "outputs": before[name].outputs} for name in needs_of(job)
    }
    scope.defaults = {**_shell_defaults(run.workflow), **_shell_defaults(job)}
    return scope


def _contexts(run: Run, token: str, secrets: Mapping[str, str], workspace: Path) -> dict[str, Any]:
    return {
        "github": {**run.github, "token": token, "workspace": str(workspace)},
        "secrets": dict(secrets),
        "vars": dict(run.machine.vars),
        "inputs": _inputs(run),
        "runner": {"os": "Linux", "arch": "X64", "temp": run.surroundings["RUNNER_TEMP"], "name": "GitHub Actions 1"},
        "job": {"status": "success"},
        "strategy": {},
        "matrix": {},
        "steps": {},
    }


def _status(needs: list[str], run: Run, before: Mapping[str, JobRun]) -> str:
    """What `success()` and `failure()` are asked about: all jobs before this one."""
    results = {before[name].result for name in _ancestors(needs, run)}
    return "failure" if "failure" in results else "skipped" if "skipped" in results else "success"


def _inputs(run: Run) -> dict[str, Any]:
    """What was given by hand, and the workflow's own word where nothing was."""
    on = run.workflow["on"]
    dispatch = (on.get("workflow_dispatch") if isinstance(on, dict) else None) or {}
    given = run.github["event"].get("inputs") or {}
    stated = dispatch.get("inputs") or {}
    made = {name: given.get(name, one.get("default", "")) for name, one in stated.items()}
    return {
        name: text(value) == "true" if stated[name].get("type") == "boolean" else value for name, value in made.items()
    }


def _shell_defaults(level: dict[str, Any]) -> dict[str, str]:
    return dict((level.get("defaults") or {}).get("run") or {})


def _run(job: dict[str, Any], ran: JobRun, scope: Scope, env_of_all: Any) -> None:
    if not scope.holds(job):
        return
    scope.status = "success"
    ran.matrix = chosen(scope.resolve((job.get("strategy") or {}).get("matrix")), scope.machine.matrix.get(ran.id, {}))
    scope.contexts["matrix"] = ran.matrix
    scope.env.update(scope.texts(env_of_all))
    scope.env.update(scope.texts(job.get("env")))
    for number, step in enumerate(job["steps"]):
        ran.steps.append(run_step(step, number, scope))
        scope.contexts["job"]["status"] = scope.status
    ran.outputs = _outputs(job, scope)
    go_on = truth(scope.resolve(job.get("continue-on-error")))
    ran.result = "failure" if scope.status == "failure" and not go_on else "success"


def _outputs(job: dict[str, Any], scope: Scope) -> dict[str, str]:
    """What later jobs read. GitHub leaves out what could be a secret."""
    made = {name: text(value) for name, value in (scope.resolve(job.get("outputs")) or {}).items()}
    return {name: value for name, value in made.items() if not scope.secrets_in(value)}
