"""What a run did, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Outcome = Literal["success", "failure", "skipped", "left out"]
"""`skipped` is by the workflow, `left out` by who ran it here."""


@dataclass
class StepRun:
    """A step that was run, or not."""

    job: str
    name: str
    id: str = ""
    uses: str = ""
    command: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    """All that the step's process saw."""
    secrets: frozenset[str] = frozenset()
    """Names of secrets that reached its environment, its inputs or its command; `GITHUB_TOKEN` only where stated."""
    exit_code: int | None = None
    output: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = "skipped"
    conclusion: Outcome = "skipped"

    def __str__(self) -> str:
        return f"{self.job} / {self.name}: {self.outcome} ({self.exit_code})\n{self.output}"


@dataclass
class JobRun:
    """A job that was run, or not."""

    id: str
    permissions: Mapping[str, str]
    """What its token may, after GitHub took away what a stranger's event may not."""
    matrix: dict[str, Any] = field(default_factory=dict)
    result: Literal["success", "failure", "skipped"] = "skipped"
    outputs: dict[str, str] = field(default_factory=dict)
    steps: list[StepRun] = field(default_factory=list)
    trouble: str = ""
    """Why it failed without a step that did."""

    @property
    def writes(self) -> bool:
        return any(right.startswith("write") for right in self.permissions.values())


@dataclass
class Result:
    """A run. Where the workflow does not start for its event, there are no jobs."""

    started: bool
    jobs: dict[str, JobRun] = field(default_factory=dict)
    artifacts: Path = Path()
    """Folder of what this run uploaded, by name."""

    @property
    def steps(self) -> list[StepRun]:
        return [step for job in self.jobs.values() for step in job.steps]

    @property
    def succeeded(self) -> bool:
        return self.started and all(job.result != "failure" for job in self.jobs.values())

    @property
    def outcomes(self) -> list[str]:
        return [step.outcome for step in self.steps]

    @property
    def left_out(self) -> list[str]:
        return [step.name for step in self.steps if step.outcome == "left out"]

    def step(self, name: str) -> StepRun:
        """The one step of that name or id."""
        found = [step for step in self.steps if name in {step.name, step.id}]
        assert len(found) == 1, f"{len(found)} steps are called {name!r}: {[step.name for step in self.steps]}"
        return found[0]

    def __str__(self) -> str:
        if not self.started:
            return "The event does not start this workflow."
        troubles = [f"{job.id}: {job.trouble}" for job in self.jobs.values() if job.trouble]
        return "\n".join(
            [f"{job.id}: {job.result}" for job in self.jobs.values()] + troubles + list(map(str, self.steps))
        )
