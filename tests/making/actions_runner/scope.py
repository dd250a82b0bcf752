"""What the expressions of a job see, as it goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from actions_runner.expressions import Expressions, text, truth
from actions_runner.machine import Machine, Rights


@dataclass
class Scope:
    """A job that runs."""

    machine: Machine
    expressions: Expressions
    contexts: dict[str, Any]
    job: str
    workspace: Path
    permissions: Rights
    surroundings: dict[str, str]
    """Environment of every step, before what the workflow states."""
    secrets: Mapping[str, str]
    """What must not be seen, by name."""
    env: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    status: str = "success"

    def resolve(self, tree: Any, **more: Any) -> Any:
        return self.expressions.resolve(tree, {**self.contexts, "env": self.env, **more}, self.status)

    def texts(self, tree: Any, **more: Any) -> dict[str, str]:
        return {key: text(value) for key, value in (self.resolve(tree, **more) or {}).items()}

    def holds(self, part: dict[str, Any]) -> bool:
        """Whether a job or step is to run: where it does not say when, if all before it went well."""
        return truth(self.resolve(part.get("if", {"${{": "success()"})))

    def secrets_in(self, *texts: str) -> frozenset[str]:
        """Names of secrets whose value can be read there."""
        seen = "\n".join(texts)
        return frozenset(name for name, value in self.secrets.items() if value and value in seen)
