"""Where a workflow is run here: the repository, what GitHub would tell, and what stands in for the rest."""

import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NOBODY = "http://127.0.0.1:9"
"""Answers nothing, so that a step that is not told whom to ask asks nobody."""

Rights = Mapping[str, str]


@dataclass
class Call:
    """An action's call: what it is given, and what it may touch."""

    machine: "Machine"
    github: Mapping[str, Any]
    inputs: Mapping[str, str]
    environment: Mapping[str, str]
    workspace: Path
    permissions: Rights
    said: list[str] = field(default_factory=list)
    """What it prints."""

    @property
    def token(self) -> str:
        return str(self.github["token"])

    def paths(self, name: str = "path") -> Path:
        """A place in the workspace that an input names."""
        return (self.workspace / self.inputs.get(name, ".")).resolve()


class ActionFailed(Exception):
    """The action says no, as it would on GitHub."""


StandIn = Callable[[Call], Mapping[str, str]]
"""Does what an action does, here; gives its outputs. Raises `ActionFailed`."""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """All that a run here depends on. Nothing of it leaves this machine unless it is told another address."""

    home: Path
    """A temporary folder: workspaces, artifacts, pages, HOME."""
    root: Path | str
    """The repository: a path or an address of git. Its default branch is where events without a branch happen."""
    remotes: Mapping[str, Path | str] = field(default_factory=dict)
    """Other repositories, by `owner/name`."""
    repository: str = "Haidra-Org/horde-reference"
    default_branch: str = "main"
    server_url: str = NOBODY
    api_url: str = NOBODY
    env: Mapping[str, str] = field(default_factory=dict)
    """What every step sees beyond what GitHub and the workflow state, as to find an emulator."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    vars: Mapping[str, str] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
    """Programs that stand in for others of their name: the bash that each is."""
    actions: Mapping[str, StandIn] = field(default_factory=dict)
    """Stand-ins for more actions than `stand_ins.ACTIONS` knows."""
    token: Callable[[Rights], str] = lambda _: "ghs_token_of_the_job"
    """A job's token, by what the job may."""
    app_token: Callable[[Rights], str] = lambda _: "ghs_token_of_the_app"
    """What `create-github-app-token` gives, by what was asked for (nothing: all that the app may)."""
    skip: Collection[str] = ()
    """Steps that are left out, by what GitHub calls them: `Check everything`, `Run make test`."""
    matrix: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Which combination, by job; the first that agrees."""
    venv: Path | None = Path(sys.prefix)
    """Where packages are taken from instead of a registry (see `quick_venv`). None: from a registry."""
    run_id: int = 1
    run_attempt: int = 1
    patience: float = 120.0
    """Seconds that a step may take."""

    def source(self, repository: str) -> str:
        """Where git finds a repository."""
        if repository == self.repository:
            return str(self.root)
        if repository not in self.remotes:
            raise ActionFailed(f"remote: Repository not found: {repository}")
        return str(self.remotes[repository])

    @property
    def folder(self) -> Path:
        """All of one run, but for what outlives it."""
        return self.home / "runs" / str(self.run_id)

    @property
    def artifacts(self) -> Path:
        return self.home / "artifacts"

    @property
    def pages(self) -> Path:
        """What `deploy-pages` published."""
        return self.home / "pages"
