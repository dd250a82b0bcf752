"""What GitHub tells a run about its event."""

import os
import re
import subprocess
from collections.abc import Mapping
from typing import Any

from actions_runner.machine import Machine
from actions_runner.surroundings import home_of

_STRANGE = {"pull_request", "pull_request_review", "pull_request_review_comment"}


def from_outside(event: str, payload: Mapping[str, Any], machine: Machine) -> bool:
    """Whether it comes from a fork: then there are no secrets, and the token only reads."""
    if event not in _STRANGE:
        return False
    head = payload["pull_request"]["head"]["repo"]
    return head is None or head["full_name"] != machine.repository


def commit_of(ref: str, machine: Machine) -> str:
    """The commit that a ref of the repository is at, or nothing."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home_of(machine))}
    command = ["git", "ls-remote", str(machine.root), ref]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = [line.split("\t") for line in done.stdout.splitlines()]
    return next((commit for commit, name in found if name == ref), "")


def place_of(event: str, payload: Mapping[str, Any], machine: Machine) -> tuple[str, str]:
    """Ref and commit that a run is about."""
    if event in _STRANGE:
        pull = payload["pull_request"]
        ref = f"refs/pull/{pull['number']}/merge"
        return ref, commit_of(ref, machine) or pull.get("merge_commit_sha") or ""
    if event == "push":
        return payload["ref"], payload["after"]
    if event == "merge_group":
        return payload["merge_group"]["head_ref"], payload["merge_group"]["head_sha"]
    ref = f"refs/heads/{machine.default_branch}"
    if event == "workflow_dispatch":
        ref = payload.get("ref") or ref
    return ref, commit_of(ref, machine)


def github_context(event: str, payload: Mapping[str, Any], machine: Machine) -> dict[str, Any]:
    """The `github` context, but for what is known only of a job or a step."""
    ref, sha = place_of(event, payload, machine)
    pull = payload["pull_request"] if event.startswith("pull_request") else {"head": {}, "base": {}}
    actor = payload.get("sender", {}).get("login", "octocat")
    return {
        "event": payload,
        "event_name": event,
        "ref": ref,
        "ref_name": re.sub(r"^refs/(heads|tags|pull)/", "", ref),
        "ref_type": "tag" if ref.startswith("refs/tags/") else "branch",
        "sha": sha,
        "head_ref": pull["head"].get("ref", ""),
        "base_ref": pull["base"].get("ref", ""),
        "actor": actor,
        "triggering_actor": actor,
        "repository": machine.repository,
        "repository_owner": machine.repository.partition("/")[0],
        "repository_id": str(payload.get("repository", {}).get("id", 1)),
        "server_url": machine.server_url,
        "api_url": machine.api_url,
        "graphql_url": f"{machine.api_url}/graphql",
        "run_id": str(machine.run_id),
        "run_number": str(machine.run_id),
        "run_attempt": str(machine.run_attempt),
    }
