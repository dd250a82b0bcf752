"""A machine with a small repository, and workflows to try on it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import payloads
import pytest
from repositories import Repository
from workflow_runner import (
    JobRun,
    Machine,
    Result,
    run_workflow,
)

Ran = Callable[..., Result]
NOTHING: dict[str, JobRun] = {}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    repository = Repository(tmp_path / "origin")
    (repository.root / "README.md").write_text("first\n")
    repository.commit("First")
    return Machine(home=tmp_path / "home", root=repository.root, secrets={"KEY": "a-secret-key"}, patience=5)


@pytest.fixture
def ran(machine: Machine, tmp_path: Path) -> Ran:
    """Run jobs, or the steps of one job."""

    def run(
        text: str,
        machine: Machine = machine,
        *,
        head: str = "",
        event: Any = None,
        kept: Mapping[str, JobRun] = NOTHING,
    ) -> Result:
        body = dedent(text)
        if "jobs:" not in body:
            job = "jobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n"
            body = job + indent(body, " " * 6)
        (tmp_path / "tried.yml").write_text(f"on: [push, pull_request, workflow_dispatch]\n{head}\n{body}")
        name, payload = event or ("push", pushed(machine))
        return run_workflow(tmp_path / "tried.yml", name, payload, machine, kept)

    return run


def pushed(machine: Machine) -> payloads.Payload:
    commit = Repository(Path(machine.root)).git("rev-parse", "main").strip()
    return payloads.recorded("push", changes={"ref": "refs/heads/main", "after": commit})
