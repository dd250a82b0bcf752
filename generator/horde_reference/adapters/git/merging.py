"""What a branch would make of the main one, seen through git's objects: nothing of it is checked out or run."""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from git import Repo
from git.exc import GitCommandError

from horde_reference.adapters.git.repositories import path_inside, repository_around
from horde_reference.errors import CannotRun

_PLAIN: Final = frozenset({"100644", "100755"})
_GONE: Final = "000000"
_EMPTY_TREE: Final = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
_GITHUB_ADDRESS: Final = re.compile(
    r"(?<![\w.+-])(?:\d+\+)?([\w-]+(?:\[bot\])?)@users\.noreply\.github\.com", re.IGNORECASE | re.ASCII
)
# A link is written as a file that holds its target, line ends as they are, and nothing of the clone's own runs.
_AS_DATA: Final = ("core.symlinks=false", "core.autocrlf=false", "core.hooksPath=/dev/null", "core.fsmonitor=false")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that differs between two states."""

    path: str
    """From the root of the repository."""
    mode: str | None
    """Its mode in the new state, as git writes it; `None` where it is gone."""

    @property
    def is_plain(self) -> bool:
        """Whether it is gone, or a file and no link and no other repository."""
        return self.mode is None or self.mode in _PLAIN


@dataclass(frozen=True, slots=True)
class Merge:
    """Two commits, and what merging them gives."""

    base: str
    """Id of the one."""
    head: str
    """Id of the other."""
    fork: str
    """Id of the commit that both come from; the empty tree where there is none."""
    tree: str | None
    """Id of the merged tree; `None` where they contradict each other."""
    conflicts: tuple[str, ...]
    """Files in which they do."""
    changed: tuple[ChangedFile, ...]
    """Files that merging changes; where they contradict each other, those that the other changed since."""


def merge(folder: Path, base: str, head: str) -> Merge:
    """Merge two revisions of the repository around a folder, in memory.

    Raises:
        CannotRun: one of the two is no commit.
    """
    with repository_around(folder) as repository:
        ids = _commit(repository, base), _commit(repository, head)
        fork = _fork(repository, *ids)
        tree, conflicts = _merged(repository, *ids)
        changed = _changed(repository, *((ids[0], tree) if tree else (fork, ids[1])))
        return Merge(*ids, fork, tree, conflicts, tuple(changed))


@contextmanager
def materialised(folder: Path, tree: str) -> Iterator[Path]:
    """A copy of a folder as a tree of its repository has it, in a place that vanishes; empty where the tree has none.

    Args:
        folder: the folder in the working tree.
        tree: id of a commit or a tree.
    """
    with repository_around(folder) as repository, TemporaryDirectory() as scratch:
        inside = path_inside(repository, folder)
        copy = Path(scratch) / (folder.name or "data")
        copy.mkdir()
        part = repository.git.rev_parse("--verify", "--quiet", f"{tree}:{inside}", with_exceptions=False)
        if part:
            settings = [word for one in _AS_DATA for word in ("-c", one)]
            with repository.git.custom_environment(GIT_INDEX_FILE=f"{scratch}/index"):
                repository.git.execute(["git", *settings, "read-tree", part])
                repository.git.execute(["git", *settings, "checkout-index", "--all", f"--prefix={copy}{os.sep}"])
        yield copy


def place_of(folder: Path) -> str:
    """Path of a folder from the root of its repository, with a slash at its end; empty for the root."""
    with repository_around(folder) as repository:
        inside = path_inside(repository, folder)
        return inside and f"{inside}/"


def read_file(folder: Path, commit: str, path: str) -> bytes | None:
    """A file of a commit, by its path from the root of the repository; `None` where it has none, or no plain one."""
    with repository_around(folder) as repository:
        entry = str(repository.git.ls_tree("-z", "--full-tree", commit, "--", path)).rstrip("\0")
        mode, _, facts = entry.partition(" ")
        if mode not in _PLAIN:
            return None
        blob = facts.partition("\t")[0].split(" ")[1]
        return bytes(repository.git.cat_file("blob", blob, stdout_as_string=False, strip_newline_in_stdout=False))


def claims_of(folder: Path, base: str, head: str, keys: Iterable[str]) -> list[str]:
    """Commits between two whose messages end in lines with one of these keys."""
    with repository_around(folder) as repository:
        lines = "".join(f"%(trailers:key={key},valueonly,separator=%x2C)" for key in keys)
        said = str(repository.git.log("-z", f"--format=%H%x09{lines}", f"{base}..{head}", "--"))
        return [one.partition("\t")[0] for one in said.split("\0") if one.partition("\t")[2].strip()]


def said_by(folder: Path, commit: str, keys: Iterable[str]) -> list[list[str]]:
    """The values of each of these keys at the end of a commit's message."""
    with repository_around(folder) as repository:
        forms = (f"--format=%(trailers:key={key},valueonly)" for key in keys)
        return [str(repository.git.log("-1", form, commit, "--")).split() for form in forms]


def tree_of(folder: Path, commit: str) -> str:
    """Id of the tree of a commit."""
    with repository_around(folder) as repository:
        return str(repository.git.rev_parse(f"{commit}^{{tree}}"))


def parent_of(folder: Path, commit: str) -> str:
    """The commit before one, on the line that it was merged into; the empty tree where there is none."""
    with repository_around(folder) as repository:
        found = str(repository.git.rev_parse("--verify", "--quiet", f"{commit}^1", with_exceptions=False))
        return found or _EMPTY_TREE


def authors_of(folder: Path, base: str, head: str) -> list[str]:
    """Logins of who wrote the commits between two, of who committed them, and of whom they name as co-authors.

    As far as addresses tell that GitHub gives out.
    """
    with repository_around(folder) as repository:
        formats = ("%ae", "%ce", "%(trailers:key=Co-authored-by,valueonly)")
        said = [str(repository.git.log(f"--format={one}", f"{base}..{head}", "--")) for one in formats]
        return list(dict.fromkeys(_GITHUB_ADDRESS.findall("\n".join(said))))


def _commit(repository: Repo, revision: str) -> str:
    try:
        return str(repository.git.rev_parse("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    except GitCommandError as error:
        raise CannotRun(f"{revision!r} is not a commit of the repository.") from error


def _fork(repository: Repo, base: str, head: str) -> str:
    return str(repository.git.merge_base(base, head, with_exceptions=False)) or _EMPTY_TREE


def _merged(repository: Repo, base: str, head: str) -> tuple[str | None, tuple[str, ...]]:
    status, output, said = repository.git.merge_tree(
        "--write-tree", "--name-only", "--no-messages", "-z", "--allow-unrelated-histories", base, head,
        with_extended_output=True, with_exceptions=False,
    )  # fmt: skip
    tree, *conflicts = str(output).rstrip("\0").split("\0")
    if status not in {0, 1}:
        raise CannotRun(f"git cannot merge {head[:12]} into {base[:12]}: {said.strip()}")
    return (tree, ()) if status == 0 else (None, tuple(dict.fromkeys(filter(None, conflicts))))


def _changed(repository: Repo, old: str, new: str) -> Iterator[ChangedFile]:
    raw = repository.git.diff_tree("-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new)
    tokens = iter(str(raw).rstrip("\0").split("\0"))
    for facts in tokens:
        if facts:
            mode = facts.split(" ")[1]
            yield ChangedFile(next(tokens), None if mode == _GONE else mode)
