"""The difference between two states of some files, as git writes and counts it."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from horde_reference.adapters.git.commits import Person, Words, commit
from horde_reference.adapters.git.running import Git

_NOBODY: Final = Person("nobody", "nobody@localhost", 0)
_WORDS: Final = Words("State", _NOBODY, _NOBODY)
_SETTINGS: Final = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "nobody"), ("EMAIL", "nobody@localhost"), ("DATE", "@0 +0000"))
}


def patch(before: Mapping[str, bytes], after: Mapping[str, bytes | None]) -> bytes:
    """What `git apply` makes the one of the other with; nothing where they are the same.

    Args:
        before: path → bytes.
        after: the same of what changed; `None` for a file that is gone.
    """
    return _compared(before, after, "--binary", "--full-index")


def lines_changed(before: Mapping[str, bytes], after: Mapping[str, bytes | None]) -> dict[str, tuple[int, int]]:
    """Path → numbers of lines that were added and removed, for files of text that differ."""
    listed = _compared(before, after, "--numstat", "-z").decode().rstrip("\0")
    found = (one.split("\t", 2) for one in listed.split("\0") if one)
    return {path: (int(added), int(removed)) for added, removed, path in found if added != "-"}


def _compared(before: Mapping[str, bytes], after: Mapping[str, bytes | None], *how: str) -> bytes:
    with TemporaryDirectory(prefix="horde-reference-") as home:
        git = Git(Path(home), home)
        git.here("init", "--quiet", "--bare")
        empty = git.here("mktree").decode().strip()
        root = git.here("commit-tree", empty, given=b"Nothing\n", settings=_SETTINGS).decode().strip()
        old = commit(git, root, dict(before), _WORDS)
        return git.here("diff", *how, "--no-renames", "--no-color", old, commit(git, old, after, _WORDS))
