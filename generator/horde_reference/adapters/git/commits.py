"""Making a commit from changed files, in git's objects alone: no file is ever checked out.

So no link can lead a write elsewhere, and nothing that a repository holds is run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from horde_reference.adapters.git.running import Git
from horde_reference.errors import CannotRun, UnsafePath
from horde_reference.tree import checked_path

Changes = Mapping[str, bytes | None]
"""What files are to hold, by path; `None` where one is to be gone."""

_PLAIN: Final = "100644"
_PLAIN_MODES: Final = frozenset({_PLAIN, "100755"})
_GONE: Final = f"0 {'0' * 40}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a revision."""

    mode: str
    """As git writes it: 120000 is a link, 160000 another repository."""
    id: str

    @property
    def is_plain(self) -> bool:
        """Whether it is a file, and no link and no other repository."""
        return self.mode in _PLAIN_MODES


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, at a time."""

    name: str
    email: str
    time: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a commit says: who, when, why."""

    message: str
    author: Person
    committer: Person


def entries(git: Git, revision: str) -> dict[str, Entry]:
    """The files of a revision by their paths, without reading them."""
    listed = git.here("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision).decode(
        errors="surrogateescape"
    )
    return dict(_entry(line) for line in listed.split("\0") if line)


def commit(git: Git, base: str, changes: Changes, words: Words) -> str:
    """Id of a new commit on top of another; the other itself where nothing would change.

    Raises:
        UnsafePath: a path is none, belongs to git itself, or leads through a file or link that is there.
        GitFailed: git could not do it.
    """
    there = entries(git, base)
    _refuse_unsafe(there, changes)
    with TemporaryDirectory(prefix="horde-reference-") as scratch:
        index = {"GIT_INDEX_FILE": f"{scratch}/index"}
        git.here("read-tree", f"{base}^{{tree}}", settings=index)
        lines = "".join(_index_lines(git, Path(scratch), there, changes))
        git.here("update-index", "-z", "--index-info", given=lines.encode(errors="surrogateescape"), settings=index)
        # Files that nobody read are not here, but in the repository elsewhere.
        tree = git.here("write-tree", "--missing-ok", settings=index).decode().strip()
    if tree == git.here("rev-parse", f"{base}^{{tree}}").decode().strip():
        return base
    message = f"{words.message.rstrip()}\n".encode()
    return git.here("commit-tree", tree, "-p", base, given=message, settings=_people(words)).decode().strip()


def _refuse_unsafe(there: Mapping[str, Entry], changes: Changes) -> None:
    left = {path for path in there if changes.get(path, b"") is not None}
    left |= {path for path, body in changes.items() if body is not None}
    folders = {path[:end] for path in left for end, letter in enumerate(path) if letter == "/"}
    for path, body in changes.items():
        if any(part.casefold() == ".git" for part in checked_path(path).split("/")):
            raise UnsafePath(f"{path!r} belongs to git itself.")
        above = {path[:end] for end, letter in enumerate(path) if letter == "/"}
        if body is not None and (above & left or path in folders):
            raise UnsafePath(f"{path!r} cannot be written: a file or a link is where a folder must be, or the reverse.")


def _index_lines(git: Git, scratch: Path, there: Mapping[str, Entry], changes: Changes) -> Iterator[str]:
    """What the index is to hold, as `git update-index --index-info` reads it: first what goes."""
    yield from (f"{_GONE}\t{path}\0" for path, body in changes.items() if body is None and path in there)
    written = {path: body for path, body in changes.items() if body is not None}
    for path, name in zip(written, _stored(git, scratch, list(written.values())), strict=True):
        known = there.get(path)
        yield f"{known.mode if known and known.is_plain else _PLAIN} {name}\t{path}\0"


def _stored(git: Git, scratch: Path, bodies: list[bytes]) -> list[str]:
    """Ids of contents, which are stored."""
    for place, body in enumerate(bodies):
        (scratch / str(place)).write_bytes(body)
    asked = "".join(f"{scratch / str(place)}\n" for place in range(len(bodies)))
    return git.here("hash-object", "-w", "--no-filters", "--stdin-paths", given=asked.encode()).decode().split()


def _people(words: Words) -> dict[str, str]:
    found: dict[str, str] = {}
    for role, person in (("AUTHOR", words.author), ("COMMITTER", words.committer)):
        if "\0" in person.name + person.email:
            raise CannotRun("Names and addresses of authors cannot hold NUL.")
        found |= {
            f"GIT_{role}_NAME": person.name,
            f"GIT_{role}_EMAIL": person.email,
            f"GIT_{role}_DATE": f"@{person.time} +0000",
        }
    return found


def _entry(line: str) -> tuple[str, Entry]:
    """A file, from a line of `git ls-tree`."""
    facts, _, path = line.partition("\t")
    mode, _, name = facts.split(" ")
    return path, Entry(mode, name)
