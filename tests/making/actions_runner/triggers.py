"""Whether an event starts a workflow: which event, which action of it, which branch. Paths are not looked at."""

import re
from typing import Any

DEFAULT_TYPES = {name: ["opened", "synchronize", "reopened"] for name in ("pull_request", "pull_request_target")}


def starts(on: Any, event: str, payload: dict[str, Any]) -> bool:
    stated = {on: None} if isinstance(on, str) else dict.fromkeys(on) if isinstance(on, list) else on
    if event not in stated:
        return False
    wanted = stated[event]
    filters = wanted if isinstance(wanted, dict) else {}
    return _type(event, filters, payload) and _followed(event, filters, payload) and _branch(event, filters, payload)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _type(event: str, filters: dict[str, Any], payload: dict[str, Any]) -> bool:
    types = filters.get("types", DEFAULT_TYPES.get(event))
    return types is None or payload.get("action") in _listed(types)


def _followed(event: str, filters: dict[str, Any], payload: dict[str, Any]) -> bool:
    return event != "workflow_run" or payload["workflow_run"]["name"] in _listed(filters.get("workflows", []))


def _branch(event: str, filters: dict[str, Any], payload: dict[str, Any]) -> bool:
    kind, name = branch_of(event, payload)
    wanted, unwanted = filters.get(kind), filters.get(f"{kind}-ignore")
    other = {"branches": "tags", "tags": "branches"}[kind]
    if event == "push" and wanted is None and unwanted is None and (other in filters or f"{other}-ignore" in filters):
        return False  # asked for the other kind only
    return (wanted is None or matches(_listed(wanted), name)) and not matches(_listed(unwanted or []), name)


def branch_of(event: str, payload: dict[str, Any]) -> tuple[str, str]:
    """The branch or tag that filters look at."""
    if event.startswith("pull_request"):
        return "branches", payload["pull_request"]["base"]["ref"]
    if event == "workflow_run":
        return "branches", payload["workflow_run"]["head_branch"]
    stated = payload["merge_group"]["base_ref"] if event == "merge_group" else payload.get("ref") or ""
    kind = "tags" if stated.startswith("refs/tags/") else "branches"
    return kind, re.sub(r"^refs/(heads|tags)/", "", stated)


def matches(patterns: list[str], name: str) -> bool:
    """The last pattern that matches decides; one with `!` before it excludes."""
    said = False
    for pattern in patterns:
        if re.fullmatch(_expression(pattern.removeprefix("!")), name):
            said = not pattern.startswith("!")
    return said


def _expression(pattern: str) -> str:
    parts = re.split(r"(\*\*|\*|[?+]|\[[^\]]*\])", pattern)
    special = {"**": ".*", "*": "[^/]*", "?": "?", "+": "+"}
    return "".join(special.get(part, part if part.startswith("[") else re.escape(part)) for part in parts)
