"""Event payloads as GitHub sent them, about our repository."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from actions_runner.expressions import installed
from actions_runner.machine import Machine

REPOSITORY = Machine.repository

Payload = dict[str, Any]


@cache
def _examples() -> dict[str, list[Payload]]:
    recorded = installed() / "node_modules/@octokit/webhooks-examples/api.github.com/index.json"
    return {event["name"]: event["examples"] for event in json.loads(recorded.read_text(encoding="utf-8"))}


def recorded(event: str, action: str = "", changes: Mapping[str, Any] | None = None) -> Payload:
    """The first recorded payload of an event and action, with our repository in it and with changes.

    A change is named by its path: `{"pull_request.head.sha": "…"}`. A path that GitHub's payload does not have is an
    error, but for what may be there or not, with a `?` at its end.
    """
    found = [one for one in _examples()[event] if not action or one.get("action") == action]
    assert found, (
        f"No {event} of {action!r} was recorded: {sorted({str(one.get('action')) for one in _examples()[event]})}"
    )
    payload = _ours(next((one for one in found if action == "edited" or "changes" not in one), found[0]))
    for path, value in (changes or {}).items():
        _put(payload, path, value)
    return payload


def _ours(payload: Payload) -> Payload:
    words = json.dumps(payload)
    for theirs in set(re.findall(r'"full_name": "([^"]+)"', words)):
        words = words.replace(theirs, REPOSITORY)
    ours: Payload = json.loads(words)
    owner, name = REPOSITORY.split("/")
    ours["repository"] |= {"name": name, "full_name": REPOSITORY, "default_branch": "main", "fork": False}
    ours["repository"]["owner"]["login"] = owner
    return ours


def _put(payload: Payload, path: str, value: Any) -> None:
    *way, last = path.removesuffix("?").split(".")
    inner = payload
    for part in way:
        inner = inner[part]
    assert last in inner or path.endswith("?"), f"GitHub's payload has no {path}."
    inner[last] = value


def pull_request(action: str = "opened", number: int = 2, *, head: str = "", fork: str = "", **changes: Any) -> Payload:
    """A pull request to `main`; from a fork where one is named. More changes by path, with `__` for the dots."""
    source = fork or REPOSITORY
    stated = {
        "number": number,
        "pull_request.number": number,
        "pull_request.base.ref": "main",
        "pull_request.base.repo.full_name": REPOSITORY,
        "pull_request.head.repo.full_name": source,
        "pull_request.head.repo.fork": bool(fork),
        "pull_request.head.label": f"{source.partition('/')[0]}:{head or 'proposed'}",
        "pull_request.head.ref": head or "proposed",
    }
    return recorded("pull_request", action, stated | _paths(changes))


def workflow_run(
    name: str, run_id: int, *, event: str = "pull_request", conclusion: str = "success", **changes: Any
) -> Payload:
    """A run of a workflow that ended."""
    stated = {
        "workflow.name": name,
        "workflow_run.name": name,
        "workflow_run.id": run_id,
        "workflow_run.event": event,
        "workflow_run.conclusion": conclusion,
        "workflow_run.repository.full_name": REPOSITORY,
    }
    return recorded("workflow_run", "completed", stated | _paths(changes))


def issue(action: str = "opened", number: int = 1, *, title: str = "", body: str = "", **changes: Any) -> Payload:
    """An issue, with what somebody wrote into a form."""
    stated = {"issue.number": number, "issue.title": title, "issue.body": body}
    return recorded("issues", action, stated | _paths(changes))


def _paths(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("__", "."): value for name, value in changes.items()}
