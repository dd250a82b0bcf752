"""The log of the repository around a folder, and the contents that it speaks of."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from git import Repo
from git.exc import GitCommandError, GitCommandNotFound

from horde_reference.adapters.git.repositories import path_inside, repository_around
from horde_reference.errors import CannotRun, NoHistory
from horde_reference.history.log import FORMAT, seconds

_WALK: Final = (
    "--first-parent", "--diff-merges=first-parent", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-color",
    "--no-show-signature", "--no-notes", "--no-follow", f"--format={FORMAT}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Walk:
    """The log of a folder's files, as git prints it."""

    log: bytes
    """See `history.log.parse`."""
    mainline: Sequence[tuple[str, int]]
    """Ids and times of all commits of the mainline, also of those that did not touch the folder, oldest first."""
    prefix: str
    """Path of the folder from the root of the repository, with a slash at its end; empty for the root."""
    is_shallow: bool
    """Whether older commits were not fetched."""


def tip(folder: Path) -> tuple[str, bool] | None:
    """Id of the commit that a folder is at, and whether older ones are missing; `None` where there is no history."""
    try:
        with repository_around(folder) as repository:
            commit = _commit(repository, "HEAD")
            return None if commit is None else (commit, _is_shallow(repository))
    except NoHistory:
        return None


def walk(folder: Path, revision: str = "HEAD") -> Walk:
    """The log of a folder up to a revision.

    Raises:
        NoHistory: the folder is in no repository, in one without commits, or git cannot read it.
        CannotRun: there is no such revision.
    """
    with repository_around(folder) as repository:
        inside = path_inside(repository, folder)
        tip = _commit(repository, revision)
        if tip is None:
            if _commit(repository, "HEAD") is None:
                raise NoHistory("the repository has no commits")
            raise CannotRun(f"{revision!r} is not a revision of the repository around {folder}.")
        mainline = repository.git.rev_list("--first-parent", "--reverse", "--timestamp", tip).splitlines()
        log = repository.git.log(*_WALK, tip, "--", inside or ".", stdout_as_string=False)
        prefix = inside and f"{inside}/"
        return Walk(bytes(log), [_stamped(line) for line in mainline], prefix, _is_shallow(repository))


def _is_shallow(repository: Repo) -> bool:
    return bool(repository.git.rev_parse("--is-shallow-repository") == "true")


def _commit(repository: Repo, revision: str) -> str | None:
    """Id of a commit; `None` if there is no such one. What else is wrong, git says."""
    try:
        return str(repository.git.rev_parse("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))
    except GitCommandError as error:
        if isinstance(error, GitCommandNotFound) or "fatal:" in str(error.stderr):
            raise
        return None


def blobs(folder: Path, ids: Sequence[str]) -> Iterator[bytes]:
    """Contents by their ids, in the same order.

    Raises:
        CannotRun: one of them is not in the repository.
    """
    with repository_around(folder) as repository, TemporaryFile() as asked:
        asked.write("".join(f"{one}\n" for one in ids).encode())
        asked.seek(0)
        answers = repository.git.cat_file("--batch", istream=asked, as_process=True)
        try:
            yield from contents(answers.stdout, ids)
        finally:
            answers.stdout.close()
            with suppress(GitCommandError):  # whoever asked may have seen enough
                answers.wait()


def contents(answers: IO[bytes], ids: Sequence[str]) -> Iterator[bytes]:
    """Contents, from what `git cat-file --batch` answers to their ids.

    Raises:
        CannotRun: one of them is not in the repository.
    """
    for one in ids:
        head = answers.readline().split()
        if len(head) != 3:  # noqa: PLR2004 - id, type, size
            raise CannotRun(f"The repository lacks {one}; run git fsck, or fetch all of it.")
        yield answers.read(int(head[2]))
        answers.read(1)


def _stamped(line: str) -> tuple[str, int]:
    """Id and time of a commit, from a line of `git rev-list --timestamp`."""
    time, _, name = line.partition(" ")
    return name, seconds(time)
