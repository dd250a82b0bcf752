"""Running one step of a job."""

from pathlib import Path
from typing import Any

from actions_runner.exchange import Exchange, InvalidFile
from actions_runner.expressions import InvalidExpression, text, truth
from actions_runner.machine import ActionFailed, Call
from actions_runner.results import StepRun
from actions_runner.scope import Scope
from actions_runner.shells import run_command
from actions_runner.stand_ins.table import stand_in_for
from actions_runner.surroundings import told

_SUPPORTED = {
    "id", "name", "if", "run", "uses", "with", "env", "shell", "working-directory", "continue-on-error",
    "timeout-minutes",
}  # fmt: skip


class Unsupported(NotImplementedError):
    """GitHub would do it, this does not."""


def run_step(step: dict[str, Any], number: int, scope: Scope) -> StepRun:
    """Run it if it is to run; the job's status, environment and contexts follow."""
    if unknown := step.keys() - _SUPPORTED:
        raise Unsupported(f"Steps with {sorted(unknown)} are not run here.")
    ran = StepRun(scope.job, _plain_name(step), id=step.get("id", ""), uses=step.get("uses", ""))
    folder = scope.machine.folder / "steps" / scope.job / str(number)
    try:
        _begin(step, ran, folder, scope)
    except (InvalidExpression, InvalidFile, ActionFailed) as error:
        ran.outcome, ran.output = "failure", f"{ran.output}Error: {error}\n"
    _conclude(step, ran, scope)
    return ran


def _plain_name(step: dict[str, Any]) -> str:
    """What GitHub calls a step that has no name."""
    if "name" in step:
        return _source(step["name"])
    lines = _source(step.get("run", "")).strip().splitlines()
    return f"Run {step['uses'] if 'uses' in step else lines[0]}"


def _source(value: Any) -> str:
    return f"${{{{ {value['${{']} }}}}" if isinstance(value, dict) else text(value)


def _begin(step: dict[str, Any], ran: StepRun, folder: Path, scope: Scope) -> None:
    if not scope.holds(step):
        return
    if ran.name in scope.machine.skip or ran.id in scope.machine.skip:
        ran.outcome = "left out"
        return
    exchange = Exchange(folder)
    own = scope.texts(step.get("env"))
    github = {**scope.contexts["github"], "action": ran.id or "__run", "workspace": str(scope.workspace)}
    path = ":".join([*reversed(scope.path), scope.surroundings["PATH"]])
    around = {**scope.surroundings, "PATH": path, **told(github), **exchange.made()}
    ran.environment = around | scope.env | own
    resolved = scope.resolve({key: step.get(key) for key in ("name", "run", "with")}, env=scope.env | own)
    ran.name = text(resolved["name"]) or ran.name
    if "uses" in step:
        _act(ran, {key: text(value) for key, value in (resolved["with"] or {}).items()}, github, scope)
    else:
        ran.command = text(resolved["run"])
        _command(step, ran, exchange, scope)


def _act(ran: StepRun, inputs: dict[str, str], github: dict[str, Any], scope: Scope) -> None:
    stand_in = stand_in_for(ran.uses, scope.machine.actions, inputs)
    ran.inputs = inputs
    ran.secrets = scope.secrets_in(*inputs.values(), *ran.environment.values())
    call = Call(scope.machine, github, inputs, ran.environment, scope.workspace, scope.permissions)
    try:
        ran.outputs = dict(stand_in(call))
    finally:
        ran.output = "".join(call.said)
    if "token" in ran.outputs:
        scope.secrets = {**scope.secrets, f"{ran.uses.partition('@')[0]}:token": ran.outputs["token"]}
    ran.outcome = "success"


def _command(step: dict[str, Any], ran: StepRun, exchange: Exchange, scope: Scope) -> None:
    ran.secrets = scope.secrets_in(ran.command, *ran.environment.values())
    shell = step.get("shell") or scope.defaults.get("shell", "")
    stated = scope.resolve(step.get("working-directory") or scope.defaults.get("working-directory", "."))
    cwd = scope.workspace / text(stated)
    if not cwd.is_dir():
        raise ActionFailed(f"No such file or directory: '{cwd}'")
    ran.exit_code, ran.output = run_command(
        ran.command, shell, exchange.folder / "script.sh", cwd=cwd, env=ran.environment, patience=scope.machine.patience
    )
    ran.outcome = "failure" if ran.exit_code else "success"
    ran.outputs = exchange.pairs("GITHUB_OUTPUT")
    scope.env.update(exchange.environment())
    scope.path += exchange.path()
    ran.summary = exchange.summary()


def _conclude(step: dict[str, Any], ran: StepRun, scope: Scope) -> None:
    """What later steps know of it."""
    go_on = ran.outcome == "failure" and truth(scope.resolve(step.get("continue-on-error")))
    ran.conclusion = "success" if go_on else ran.outcome
    if ran.conclusion == "failure":
        scope.status = "failure"
    if ran.id:
        said = {name: "success" if one == "left out" else one for name, one in _ends(ran).items()}
        scope.contexts["steps"][ran.id] = {"outputs": ran.outputs, **said}


def _ends(ran: StepRun) -> dict[str, str]:
    return {"outcome": ran.outcome, "conclusion": ran.conclusion}
