"""A GitHub with a repository of records and the two legacy repositories, and a clone in which syncs are run."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import forge as making
from click.testing import Result
from git_server import git
from github_emulator import APP_ID, ORGANISATION
from places import Place, record

from horde_reference.formats import legacy_image, legacy_text
from horde_reference.formats.canonical import decode
from horde_reference.formats.legacy_database import database_of
from horde_reference.records.kinds import TextGeneration

NAMES = {"image": f"{ORGANISATION}/image", "text": f"{ORGANISATION}/text"}
CLIPS = [f"Clip {number}" for number in range(12)]
TEXTS = [f"author/Model-{number}B" for number in range(1, 13)]
FIRST, LAST = CLIPS[0], CLIPS[-1]
BILLION = 10**9


def clip(name: str, **stated: Any) -> bytes:
    return record(name, "clip", **stated)


def text(name: str, **stated: Any) -> bytes:
    return record(name, "text_generation", **{"parameters": 7 * BILLION, "style": "chat", **stated})


RECORDS = {f"data/clip/{name}.json": clip(name) for name in CLIPS} | {
    f"data/text_generation/{name}.json": text(name) for name in TEXTS
}


def legacy_files() -> dict[str, dict[str, bytes]]:
    """What the legacy repositories hold when they say what `RECORDS` say, with a file that is nobody's business."""
    clips = [decode("clip", clip(name)) for name in CLIPS]
    texts = [decode("text_generation", text(name)) for name in TEXTS]
    table = legacy_text.encode_table([one for one in texts if isinstance(one, TextGeneration)])
    image = bytes(legacy_image.encode_file(clips)).replace(b"    ", b"\t")  # as people indent it there
    return {
        "image": {"clip.json": image, "README.md": b"# Image\n"},
        "text": {"models.csv": table, "db.json": database_of(table), "README.md": b"# Text\n"},
    }


@dataclass
class World:
    """All of it. `repo` is image or text."""

    place: Place
    repo: str = "image"

    @property
    def forge(self) -> making.Forge:
        return self.place.forge

    @property
    def name(self) -> str:
        return NAMES[self.repo]

    @property
    def branch(self) -> str:
        return f"sync/{self.repo}"

    def edit(self, path: str, body: bytes | None, message: str = "Edit") -> str:
        """Change a record in the clone, and commit; returns the commit."""
        file = self.place.clone / path
        if body is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        self.place.git("add", "--all")
        self.place.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "-m", message)
        return self.place.git("rev-parse", "HEAD").strip()

    def describe(self, name: str, description: str) -> str:
        """Change a description."""
        if self.repo == "image":
            return self.edit(f"data/clip/{name}.json", clip(name, description=description))
        return self.edit(f"data/text_generation/{name}.json", text(name, description=description))

    def run(self, *words: object, who: str = "reviewer", **settings: str) -> Result:
        env = {f"HORDE_GITHUB_SYNC_{key.upper()}": value for key, value in settings.items()}
        before = dict(self.place.env)
        self.place.env |= env
        try:
            return self.place.run("sync", *words, who=who)
        finally:
            self.place.env.clear()
            self.place.env |= before

    def push(self, *words: object, who: str = "reviewer", **settings: str) -> Result:
        return self.run("push", "--repo", self.repo, *words, who=who, **settings)

    def pushed(self, *words: object, who: str = "reviewer", **settings: str) -> str:
        """A push that must do what it is to do; returns what it says."""
        done = self.push(*words, who=who, **settings)
        assert done.exit_code == 0, done.output
        return done.output

    def plan(self, *words: object, **settings: str) -> Result:
        return self.run("plan", "--repo", self.repo, *words, **settings)

    def pulls(self, state: str = "open") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.forge.ask("GET", f"/repos/{self.name}/pulls?state={state}")
        return found

    def pull(self) -> dict[str, Any]:
        """The one open pull request."""
        (found,) = self.pulls()
        assert found["head"]["ref"] == self.branch
        got: dict[str, Any] = self.forge.ask("GET", f"/repos/{self.name}/pulls/{found['number']}")
        return got

    def merge(self, method: str = "merge", who: str = "maintainer") -> None:
        """Merge the open pull request."""
        self.forge.ask("PUT", f"/repos/{self.name}/pulls/{self.pull()['number']}/merge", {"merge_method": method}, who)

    def close(self) -> int:
        """Close the open pull request by hand."""
        number: int = self.pull()["number"]
        self.forge.ask("PATCH", f"/repos/{self.name}/pulls/{number}", {"state": "closed"})
        return number

    def comments(self, number: int) -> list[str]:
        return [one["body"] for one in self.forge.ask("GET", f"/repos/{self.name}/issues/{number}/comments")]

    def there(self, path: str, revision: str = "main") -> bytes:
        """A file of the legacy repository."""
        return self.forge.hosting.read(self.name, revision, path)

    def by_hand(self, path: str, old: bytes, new: bytes) -> str:
        """Edit a file of the legacy repository."""
        body = self.there(path)
        assert old in body
        return self.forge.hosting.write(self.name, "main", {path: body.replace(old, new, 1)}, "By hand")

    def numbers(self, revision: str = "") -> dict[str, tuple[int, int]]:
        """Git's own numbers of what a branch changes: path → lines added and removed."""
        folder = self.forge.hosting.folder(self.name)
        said = git(folder, "diff", "--numstat", f"main...{revision or self.branch}")
        rows = (line.split("\t") for line in said.splitlines())
        return {path: (int(added), int(removed)) for added, removed, path in rows}

    def message(self, revision: str = "") -> str:
        return git(self.forge.hosting.folder(self.name), "log", "-1", "--format=%B", revision or self.branch)

    def tip(self) -> str | None:
        return self.forge.hosting.branches(self.name).get(self.branch)

    def described(self, name: str, revision: str = "") -> str:
        """The description of a model, as a branch of the legacy repository has it."""
        if self.repo == "image":
            return str(json.loads(self.there("clip.json", revision or self.branch))[name]["description"])
        return str(json.loads(self.there("db.json", revision or self.branch))[name]["description"])


def app_settings(world: World) -> dict[str, str]:
    """The settings of the App that is installed there."""
    key = world.forge.emulator.private_key.replace("\n", "\\n")
    return {"github_app_id": str(APP_ID), "github_app_private_key": key}


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
