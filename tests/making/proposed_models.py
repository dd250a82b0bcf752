"""What people do who propose models, and what then lies on a GitHub: branches, pull requests, events of issues."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import forge as making
from click.testing import Result
from git_server import git
from places import Place, ours
from submitted_forms import ADD, proposal

IDS = {"proposer": 4001, "stranger": 4002, "reviewer": 4003, "maintainer": 4004}


def form(name: str = "Four", operation: str = ADD, **more: str) -> str:
    """The body of an issue about a small record."""
    return proposal("clip", {"name": name, "description": "Sees."}, operation, **more)


@dataclass
class Proposals:
    """The proposals on a GitHub."""

    place: Place

    def branches(self, repository: str = making.NAME) -> dict[str, str]:
        return {
            branch: tip
            for branch, tip in self.place.forge.hosting.branches(repository).items()
            if branch.startswith("proposal/")
        }

    def changed(self, branch: str, repository: str = making.NAME) -> dict[str, bytes]:
        """What a branch changes: path → bytes, compared with the commit below it."""
        folder = self.place.forge.hosting.folder(repository)
        listed = git(folder, "-c", "core.quotepath=off", "diff", "--name-only", f"{branch}~1", branch)
        return {path: self.place.forge.hosting.read(repository, branch, path) for path in listed.splitlines()}

    def log(self, branch: str, form: str, repository: str = making.NAME) -> str:
        return git(self.place.forge.hosting.folder(repository), "log", "-1", f"--format={form}", branch)

    def pulls(self, state: str = "open") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.place.forge.ask("GET", f"/repos/{making.NAME}/pulls?state={state}")
        return found

    def writes(self) -> list[str]:
        """Requests of our program that are no GET."""
        return [f"{one.method} {one.path}" for one in ours(self.place.forge) if one.method != "GET"]

    def issue(self, body: str, who: str = "proposer", labels: tuple[str, ...] = ("proposal",)) -> int:
        """Send a form."""
        stated = {"title": "[clip] ", "body": body, "labels": list(labels)}
        number: int = self.place.forge.ask("POST", f"/repos/{making.NAME}/issues", stated, who)["number"]
        return number

    def edit(self, number: int, body: str, who: str = "proposer") -> None:
        self.place.forge.ask("PATCH", f"/repos/{making.NAME}/issues/{number}", {"body": body}, who)

    def set_state(self, number: int, state: str, who: str = "proposer") -> None:
        self.place.forge.ask("PATCH", f"/repos/{making.NAME}/issues/{number}", {"state": state}, who)

    def event(self, number: int, action: str = "opened", sender: str = "proposer", **more: Any) -> Path:
        """The file that GitHub would make of what happened to an issue."""
        issue = self.place.forge.ask("GET", f"/repos/{making.NAME}/issues/{number}")
        issue["user"]["id"] = IDS[issue["user"]["login"]]
        said = {
            "action": action, "issue": issue, "sender": {"login": sender, "id": IDS.get(sender, 1)},
            "repository": {"full_name": making.NAME}, **more,
        }  # fmt: skip
        path = self.place.clone.parent / "event.json"
        path.write_text(json.dumps(said))
        return path

    def happened(self, number: int, action: str = "opened", sender: str = "proposer", **more: Any) -> Result:
        """Let the workflow's command see what happened to an issue."""
        event = self.event(number, action, sender, **more)
        done = self.place.run("propose", "issue", "--event", event, "--no-fill")
        assert done.exit_code == 0, done.output
        return done
