"""What a job may do, what it is told, and whose code it has before it."""

import json
import re
from typing import Any

from workflow_files import Step, WorkflowFile

_PROPOSED = re.compile(
    r"github\.event\.pull_request\.(head|merge_commit_sha)|github\.head_ref|refs/pull/"
    r"|github\.event\.workflow_run\.(head_|pull_requests)"
)
_TAKES_CODE = re.compile(r"\bgit\b[^\n]*\b(checkout|switch|worktree|merge|pull|reset|clone|rebase|cherry-pick|apply)\b")
_SECRET = re.compile(r"\bsecrets\b(?!\.GITHUB_TOKEN)")
_STRANGERS = {"pull_request", "pull_request_review", "pull_request_review_comment"}


def permissions_of(job: dict[str, Any], file: WorkflowFile) -> dict[str, str]:
    """What a job may, by what it is about."""
    stated = job.get("permissions", file.document.get("permissions", "write-all"))
    return {"all": stated} if isinstance(stated, str) else stated


def writes(permissions: dict[str, str]) -> bool:
    return any(str(right).startswith("write") for right in permissions.values())


def has_concurrency(job: dict[str, Any], file: WorkflowFile) -> bool:
    return "concurrency" in job or "concurrency" in file.document


def meets_a_secret(job: dict[str, Any], file: WorkflowFile) -> bool:
    """Whether a job may write or is told a secret."""
    told = json.dumps([job, file.document.get("env", {})])
    return writes(permissions_of(job, file)) or bool(_SECRET.search(told)) or job.get("secrets") == "inherit"


def is_untrusted_code(step: Step, file: WorkflowFile) -> bool:
    """Whether a step brings a stranger's code: said so, or by leaving out which where a stranger's is the default."""
    if step.action("actions/checkout"):
        stated = json.dumps(step.text.get("with", {}))
        unsaid = "ref" not in step.text.get("with", {}) and "repository" not in step.text.get("with", {})
        return bool(_PROPOSED.search(stated)) or (unsaid and bool(file.events & _STRANGERS))
    told = json.dumps([step.text.get("env", {}), step.job.get("env", {}), file.document.get("env", {}), step.text])
    return bool(_TAKES_CODE.search(step.text.get("run", "")) and _PROPOSED.search(told))
