"""A repository of records with a real past: edits, moves, removals, side branches, merges."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from horde_reference.formats.canonical import decode, encode
from horde_reference.formats.json_writing import compact

CATEGORIES = ("image_generation", "text_generation", "clip")
NEEDED: dict[str, dict[str, object]] = {
    "image_generation": {"baseline": "stable_diffusion_xl", "nsfw": False},
    "text_generation": {"parameters": 8_000_000_000},
    "clip": {},
}
STEPS = 300


@dataclass
class Repository:
    """A git repository with a folder of records in it, and a clock that goes with each commit."""

    root: Path
    clock: int = 1_700_000_000
    author: str = "Ada"

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    @property
    def data(self) -> Path:
        return self.root / "data"

    def git(self, *arguments: str) -> str:
        stamp = f"{self.clock} +0900"
        identity = {"GIT_AUTHOR_NAME": self.author, "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_AUTHOR_DATE": stamp}
        committer = {"GIT_COMMITTER_NAME": "Bob", "GIT_COMMITTER_EMAIL": "b@example.org", "GIT_COMMITTER_DATE": stamp}
        apart = {"HOME": str(self.root), "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=apart | identity | committer, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def write(self, category: str, name: str, **stated: object) -> str:
        """Write a record; returns its path below `data/`."""
        document = {"name": name, "description": f"A model called {name}.", **NEEDED[category], **stated}
        path, body = encode(decode(category, compact(document)))
        (self.data / path).parent.mkdir(parents=True, exist_ok=True)
        (self.data / path).write_bytes(body)
        return path

    def commit(self, subject: str) -> str:
        self.clock += 3600
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject)
        return self.git("rev-parse", "HEAD").strip()

    def merge(self, branch: str, subject: str) -> str:
        self.clock += 3600
        self.git("merge", "--quiet", "--no-ff", "--message", subject, branch)
        return self.git("rev-parse", "HEAD").strip()


class Author:
    """Does to a repository what people do, at random."""

    def __init__(self, repository: Repository, chance: Random) -> None:
        self.repository = repository
        self.chance = chance
        self.known: dict[str, tuple[str, str]] = {}
        self.born = 0

    def act(self) -> str:
        """Change one to three records; returns what was done."""
        deeds: list[Callable[[], str]] = [self.add, self.add, self.edit, self.edit, self.move, self.remove, self.spell]
        return "; ".join(self.chance.choice(deeds)() for _ in range(self.chance.randint(1, 3)))

    def add(self) -> str:
        self.born += 1
        category = self.chance.choice(CATEGORIES)
        name = self.chance.choice(["Model {}", "author/Model-{}", "Modèle {} 模型", 'a "b" {}? 100%']).format(self.born)
        self.known[self.repository.write(category, name)] = category, name
        return f"Add {name}"

    def _pick(self) -> str | None:
        return self.chance.choice(sorted(self.known)) if self.known else None

    def edit(self) -> str:
        if (path := self._pick()) is None:
            return self.add()
        category, name = self.known[path]
        self.repository.write(category, name, version=str(self.chance.randint(1, 99)))
        return f"Edit {name}"

    def move(self) -> str:
        if (path := self._pick()) is None:
            return self.add()
        category, name = self.known.pop(path)
        (self.repository.data / path).unlink()
        self.born += 1
        new = f"{name.partition(' (')[0]} (moved {self.born})"
        self.known[self.repository.write(category, new, aliases=[name])] = category, new
        return f"Rename {name}"

    def remove(self) -> str:
        if len(self.known) < 5 or (path := self._pick()) is None:
            return self.add()
        (self.repository.data / path).unlink()
        return f"Remove {self.known.pop(path)[1]}"

    def spell(self) -> str:
        """Write a file in another way; it states the same."""
        if (path := self._pick()) is None:
            return self.add()
        file = self.repository.data / path
        file.write_text(file.read_text(encoding="utf-8").replace("\n  ", "\n    "), encoding="utf-8")
        return "Indent"


def write_long_past(repository: Repository) -> None:
    """Some hundred commits, among them merges and some that touch no record. The last state is in canonical form."""
    chance = Random(20261123)
    author = Author(repository, chance)
    for step in range(STEPS):
        if chance.random() < 0.1:
            _by_pull_request(author, step)
        elif chance.random() < 0.05:
            (repository.root / "README.md").write_text(f"{step}\n", encoding="utf-8")
            repository.commit("Words")
        else:
            repository.commit(author.act() + (f" (#{step})" if chance.random() < 0.3 else ""))
    for path, (category, name) in author.known.items():
        assert repository.write(category, name) == path
    repository.commit("Last words")


def _by_pull_request(author: Author, step: int) -> None:
    """Work on a side branch while the mainline goes on, then merge."""
    repository, branch = author.repository, f"side-{step}"
    repository.git("checkout", "--quiet", "-b", branch)
    known = dict(author.known)
    for _ in range(author.chance.randint(1, 3)):
        repository.commit(author.act())
    after, author.known = author.known, {path: one for path, one in known.items() if path in author.known}
    repository.git("checkout", "--quiet", "main")
    author.add()
    repository.commit("Meanwhile")
    repository.merge(branch, f"Merge pull request #{step} from someone/{branch}")
    author.known |= after
    author.known = {path: one for path, one in author.known.items() if (repository.data / path).is_file()}
