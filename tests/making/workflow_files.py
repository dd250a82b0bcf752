"""GitHub's files in this repository as they are written: workflows, composite actions, forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

GITHUB = Path(__file__).parent.parent.parent / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.y*ml"))
ACTIONS = sorted(GITHUB.glob("actions/**/action.y*ml"))


@dataclass(frozen=True)
class Step:
    """A step, and the job that it stands in. A composite action's steps stand in a job of no rights."""

    text: dict[str, Any]
    job: dict[str, Any]

    def action(self, name: str) -> bool:
        return str(self.text.get("uses", "")).startswith(f"{name}@")


@dataclass(frozen=True)
class WorkflowFile:
    """A workflow or a composite action. Every scalar is text, so that `on` is no truth value."""

    path: Path

    @cached_property
    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines()

    @cached_property
    def document(self) -> dict[str, Any]:
        read: dict[str, Any] = yaml.load("\n".join(self.lines), Loader=yaml.BaseLoader)  # noqa: S506 - makes only text
        return read

    @property
    def is_action(self) -> bool:
        return self.path.stem == "action"

    @property
    def events(self) -> set[str]:
        stated = self.document.get("on", [])
        return {stated} if isinstance(stated, str) else set(stated)

    @property
    def jobs(self) -> dict[str, dict[str, Any]]:
        return {} if self.is_action else self.document["jobs"]

    def steps(self) -> Iterator[Step]:
        if self.is_action:
            yield from (Step(step, {}) for step in self.document["runs"]["steps"])
        for job in self.jobs.values():
            yield from (Step(step, job) for step in job.get("steps", ()))
