"""A GitHub whose repository is one of records, a clone of it, and commands that work on both."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import forge as making
import pytest
from click.testing import CliRunner, Result
from forge_messages import Asked
from github_emulator import ADMIN, token_of
from workflow_files import GITHUB
from workflow_runner import Machine

from horde_reference.cli.main import cli
from horde_reference.formats.canonical import format_document

Changes = dict[str, bytes | None]
APPROVERS = {"maintainers": ["reviewer", "admin"], "categories": {"clip": ["stranger"]}}


def record(name: str, category: str = "clip", **stated: Any) -> bytes:
    return format_document(category, {"name": name, "description": "Sees.", **stated})


FILES = {
    "data/clip/One.json": record("One"),
    "data/clip/Two.json": record("Two"),
    "data/blip/Three.json": record("Three", "blip"),
    ".github/approvers.json": json.dumps(APPROVERS).encode(),
    "code.py": b"print('hello')\n",
}


def ours(forge: making.Forge) -> list[Asked]:
    """What our program asked of a GitHub."""
    return [one for one in forge.requests if one.headers.get("User-Agent", "").startswith("horde-reference/")]


@dataclass
class Place:
    """The GitHub, and a clone of its repository."""

    forge: making.Forge
    clone: Path
    env: dict[str, str]

    @classmethod
    def cloned(cls, forge: making.Forge, clone: Path, monkeypatch: pytest.MonkeyPatch) -> "Place":
        """A place with a new clone, in which commands are run from now on."""
        subprocess.run(["git", "clone", "-q", forge.hosting.folder(making.NAME), clone], check=True)
        monkeypatch.chdir(clone)
        names = {
            "GITHUB_REPOSITORY": making.NAME, "GITHUB_API_URL": forge.address, "GITHUB_SERVER_URL": forge.address,
        }  # fmt: skip
        return cls(forge, clone, names)

    def run(self, *words: object, who: str = "reviewer") -> Result:
        """Run a command in the clone, as somebody."""
        runner = CliRunner(env={**self.env, "GITHUB_TOKEN": token_of(who)})
        return runner.invoke(cli, [*map(str, words)])

    def git(self, *words: str, folder: Path | None = None, check: bool = True) -> str:
        done = subprocess.run(["git", *words], cwd=folder or self.clone, check=check, capture_output=True, text=True)
        return done.stdout

    def edit(self, changes: Mapping[str, bytes | None], message: str = "Change") -> str:
        """Change files of main, as a maintainer does who may; the clone follows. Returns the commit."""
        commit = self.forge.hosting.write(making.NAME, "main", changes, message)
        self.git("pull", "-q")
        return commit

    def files(self) -> dict[str, bytes]:
        """What main holds now of the records."""
        self.git("fetch", "-q", "origin")
        names = self.git("ls-tree", "-r", "--name-only", "-z", "origin/main").rstrip("\0").split("\0")
        return {name: self._held(name) for name in names if name.startswith(("data/clip/", "data/blip/"))}

    def _held(self, name: str) -> bytes:
        shown = ["git", "show", f"origin/main:{name}"]
        return subprocess.run(shown, cwd=self.clone, check=True, capture_output=True).stdout

    def log(self) -> str:
        self.git("fetch", "-q", "origin")
        return self.git("log", "--format=%B%x00", "origin/main")

    def propose(
        self, branch: str, changes: Changes, title: str = "A change", *, base: str = "main", **stated: Any
    ) -> int:
        """Open a pull request from the proposer's fork by hand: branch, commit, push, open."""
        fork = self.forge.ask("POST", f"/repos/{making.NAME}/forks", {}, "proposer")["full_name"]
        self.push(fork, branch, changes, **stated)
        head = f"{fork.partition('/')[0]}:{branch}"
        wanted = {"title": title, "body": "", "head": head, "base": base}
        number: int = self.forge.ask("POST", f"/repos/{making.NAME}/pulls", wanted, "proposer")["number"]
        return number

    def push(
        self,
        fork: str,
        branch: str,
        changes: dict[str, bytes | None],
        *,
        message: str = "Change",
        author: str = "proposer",
        link: bool = False,
    ) -> None:
        """Push one commit on top of main to a branch of a fork, over what is there; with links in place of files."""
        work = self.clone.parent / f"work-{branch.replace('/', '-')}"
        subprocess.run(["rm", "-rf", work], check=True)
        self.git("clone", "-q", str(self.forge.hosting.folder(making.NAME)), str(work))
        for path, body in changes.items():
            file = work / path
            if body is None:
                file.unlink()
            elif link:
                shutil.rmtree(file, ignore_errors=True)
                file.symlink_to(body.decode())
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(body)
        self.git("checkout", "-q", "-B", branch, folder=work)
        self.git("add", "--all", folder=work)
        identity = ("-c", "user.name=Pro Poser", "-c", f"user.email={author}@users.noreply.github.com")
        self.git(*identity, "commit", "-q", "-m", message, folder=work)
        self.git("push", "-q", "--force", str(self.forge.hosting.folder(fork)), branch, folder=work)

    def comments(self, number: int) -> list[str]:
        """What was said on an issue or pull request."""
        return [one["body"] for one in self.forge.ask("GET", f"/repos/{making.NAME}/issues/{number}/comments")]

    def labels(self, number: int) -> set[str]:
        return {one["name"] for one in self.forge.ask("GET", f"/repos/{making.NAME}/issues/{number}/labels")}


def program_on_main(place: Place, root: Path) -> Machine:
    """A machine for workflows, with the program as it was last committed on main, and people of the test."""
    work = root / "program"
    place.git("clone", "--quiet", "--no-local", str(GITHUB.parent), str(work))
    (work / ".github/approvers.json").write_text(json.dumps(APPROVERS))
    place.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qam", "People of the test", folder=work)
    folder = place.forge.hosting.folder(making.NAME)
    place.git("push", "-q", "--force", str(folder), "HEAD:main", folder=work)
    place.git("fetch", "-q", "origin")
    place.git("reset", "-q", "--hard", "origin/main")
    return Machine(
        home=root / "machine", root=folder, repository=making.NAME, token=lambda _rights: token_of(ADMIN),
        api_url=place.forge.address, server_url=place.forge.address,
    )  # fmt: skip
