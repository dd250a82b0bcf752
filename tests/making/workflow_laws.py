"""What every workflow must hold, beyond what linters know. A law says what it looked at and what breaks it there."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workflow_files import Step, WorkflowFile
from workflow_rights import has_concurrency, is_untrusted_code, meets_a_secret, permissions_of, writes

Looked = Iterator[tuple[str, bool]]
"""Each thing that a law looked at, and whether it holds there."""
Law = Callable[[WorkflowFile], Looked]

_USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<action>\S+)(?P<comment>\s+#.*)?$")
_PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$")
_VERSION = re.compile(r"^ # v\d+(\.\d+)*( # .*)?$")
_STRICT = re.compile(r"^bash$|^bash .*-\w*e\w*o pipefail|^bash .*-\w*e\w* -o pipefail")
_EXPECTED_RUN = (
    re.compile(r"github\.event\.workflow_run\.event\s*=="),
    re.compile(r"github\.repository\s*==|github\.event\.workflow_run\.(head_)?repository\.full_name\s*=="),
)
_WAIVED = re.compile(r"#\s*zizmor:\s*ignore\[[^\]]*\](?P<why>.*)$")


def nothing_is_permitted_at_the_top(file: WorkflowFile) -> Looked:
    """Each job states what it may; what it does not state it may not."""
    if not file.is_action:
        yield "permissions", file.document.get("permissions") == {}


def every_job_ends(file: WorkflowFile) -> Looked:
    for name, job in file.jobs.items():
        yield name, str(job.get("timeout-minutes", "")).isdigit()


def actions_are_pinned(file: WorkflowFile) -> Looked:
    """By a whole commit, with the version behind it. Local actions are pinned by the commit that uses them."""
    written = [match for line in file.lines if (match := _USES.match(line))]
    used = [step.text["uses"] for step in file.steps() if "uses" in step.text]
    used += [job["uses"] for job in file.jobs.values() if "uses" in job]
    yield from ((f"how {action} is written", action in {match["action"] for match in written}) for action in used)
    for match in written:
        if not match["action"].startswith("./"):
            good = _PINNED.match(match["action"]) and _VERSION.match(match["comment"] or "")
            yield match["action"], bool(good)


def commands_expand_nothing(file: WorkflowFile) -> Looked:
    """A value in a command is a command: values come through `env`."""
    for step in file.steps():
        if "run" in step.text:
            yield step.text["run"], "${{" not in step.text["run"]


def nothing_runs_on_the_target(file: WorkflowFile) -> Looked:
    """`pull_request_target` runs for a stranger with all rights."""
    for event in file.events:
        yield event, event != "pull_request_target"


def untrusted_code_meets_no_secret(file: WorkflowFile) -> Looked:
    for step in file.steps():
        if step.action("actions/checkout") or re.search(r"\bgit\b", step.text.get("run", "")):
            meets = is_untrusted_code(step, file) and meets_a_secret(step.job, file)
            yield step.text.get("uses") or step.text["run"], not meets


def checkouts_keep_no_token(file: WorkflowFile) -> Looked:
    """Unless a comment in the line says why."""
    lines = [line for line in file.lines if "persist-credentials:" in line]
    kept = [bool(re.search(r"persist-credentials: true\s+# \w", line)) for line in lines if "false" not in line]
    yield from ((f"persist-credentials {number}", good) for number, good in enumerate(kept))
    for step in file.steps():
        if step.action("actions/checkout"):
            yield str(step.text), "persist-credentials" in step.text.get("with", {})


def who_writes_takes_turns(file: WorkflowFile) -> Looked:
    for name, job in file.jobs.items():
        if writes(permissions_of(job, file)):
            yield name, has_concurrency(job, file)


def followers_know_whom_they_follow(file: WorkflowFile) -> Looked:
    """Where a run starts another, the first jobs of the other ask what event it was and whose repository."""
    if "workflow_run" in file.events:
        for name, job in file.jobs.items():
            if not job.get("needs"):
                yield name, all(asked.search(job.get("if", "")) for asked in _EXPECTED_RUN)


def commands_stop_at_failure(file: WorkflowFile) -> Looked:
    """Also within a pipe. GitHub's own default does not."""
    for step in file.steps():
        if "run" in step.text:
            yield step.text["run"], bool(_STRICT.match(_shell(step, file)))


def _shell(step: Step, file: WorkflowFile) -> str:
    levels: list[Mapping[str, Any]] = [step.job.get("defaults", {}), file.document.get("defaults", {})]
    defaults = [level.get("run", {}).get("shell", "") for level in levels]
    return next((shell for shell in [step.text.get("shell", ""), *defaults] if shell), "")


def exceptions_say_why(file: WorkflowFile) -> Looked:
    """What a linter must overlook is explained in the same line."""
    for line in file.lines:
        if match := _WAIVED.search(line):
            yield line.strip(), bool(re.search(r"\w{3}", match["why"]))


LAWS: dict[str, Law] = {
    law.__name__: law
    for law in (
        nothing_is_permitted_at_the_top,
        every_job_ends,
        actions_are_pinned,
        commands_expand_nothing,
        nothing_runs_on_the_target,
        untrusted_code_meets_no_secret,
        checkouts_keep_no_token,
        who_writes_takes_turns,
        followers_know_whom_they_follow,
        commands_stop_at_failure,
        exceptions_say_why,
    )
}


def broken(law: Law, file: WorkflowFile) -> list[str]:
    """Where a file breaks a law."""
    return [thing for thing, holds in law(file) if not holds]
