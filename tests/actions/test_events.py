"""An event starts what asks for it, and is told what it may know."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import payloads
import pytest
from workflow_runner import (
    Machine,
    Result,
    run_workflow,
)

Ran = Callable[..., Result]


TOLD = """
    permissions: { contents: write, pull-requests: read }
    jobs:
      one:
        runs-on: ubuntu-24.04
        env: { KEY: "${{ secrets.KEY }}" }
        steps: [{ run: 'echo "<$KEY>"', id: told }, { run: echo, env: { T: "${{ github.token }}" }, id: token }]
    """


def test_who_sees_a_secret_is_known(ran: Ran) -> None:
    result = ran(TOLD)
    assert result.step("told").output == "<a-secret-key>\n"
    assert result.step("told").secrets == {"KEY"}
    assert result.step("token").secrets == {"KEY", "GITHUB_TOKEN"}
    assert result.jobs["one"].writes


def test_a_fork_is_told_no_secret_and_may_not_write(ran: Ran, machine: Machine) -> None:
    tokens: list[Mapping[str, str]] = []

    def token(rights: Mapping[str, str]) -> str:
        tokens.append(rights)
        return "a-token"

    told = replace(machine, token=token)
    result = ran(TOLD, told, event=("pull_request", payloads.pull_request(fork="stranger/horde-reference")))
    assert result.step("told").output == "<>\n"
    assert result.step("told").secrets == set()
    assert tokens == [{"contents": "read", "pull-requests": "read"}]
    assert not result.jobs["one"].writes


def test_a_job_gives_no_secret_away_as_its_output(ran: Ran) -> None:
    result = ran(
        """
        jobs:
          one:
            runs-on: ubuntu-24.04
            outputs: { leaked: "x${{ secrets.KEY }}", plain: x }
            steps: [{ run: echo }]
        """
    )
    assert result.jobs["one"].outputs == {"plain": "x"}


@pytest.mark.parametrize(
    ("on", "event", "changes", "starts"),
    [
        ("pull_request", "opened", {}, True),
        ("pull_request", "labeled", {}, False),
        ("{ pull_request: { types: [labeled] } }", "labeled", {}, True),
        ("{ pull_request: { branches: ['release/**', '!release/old'] } }", "opened", {}, False),
        ("{ pull_request: { branches: ['release/**'] } }", "opened", {"pull_request__base__ref": "release/a/b"}, True),
        ("{ pull_request: { branches-ignore: ['ma*'] } }", "opened", {}, False),
        ("push", "opened", {}, False),
    ],
)
def test_an_event_starts_what_asks_for_it(
    on: str, event: str, changes: dict[str, Any], starts: bool, machine: Machine
) -> None:
    path = machine.home.parent / "asked.yml"
    path.write_text(f"on: {on}\njobs: {{ one: {{ runs-on: ubuntu-24.04, steps: [{{ run: echo }}] }} }}\n")
    result = run_workflow(path, "pull_request", payloads.pull_request(event, **changes), machine)
    assert result.started == starts


def test_a_run_follows_the_one_it_names(machine: Machine) -> None:
    path = machine.home.parent / "follows.yml"
    job = "{ runs-on: ubuntu-24.04, steps: [{ run: 'cat \"$GITHUB_EVENT_PATH\"' }] }"
    path.write_text(f"on: {{ workflow_run: {{ workflows: [check], types: [completed] }} }}\njobs: {{ one: {job} }}\n")
    result = run_workflow(path, "workflow_run", payloads.workflow_run("check", 5), machine)
    assert '"id": 5' in result.steps[0].output
    assert result.steps[0].environment["GITHUB_REF"] == "refs/heads/main"
    assert not run_workflow(path, "workflow_run", payloads.workflow_run("other", 5), machine).started
