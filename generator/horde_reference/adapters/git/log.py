"""The log of the repository around a folder, and the contents that it speaks of."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from git import Repo
from git.exc import GitCommandError, GitCommandNotFound, GitError, InvalidGitRepositoryError, NoSuchPathError

from horde_reference.errors import CannotRun, NoHistory
from horde_reference.formats.paths import SUFFIX
from horde_reference.history.log import FORMAT

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


def walk(folder: Path, revision: str = "HEAD") -> Walk:
    """The log of a folder up to a revision.

    Raises:
        NoHistory: the folder is in no repository, in one without commits, or git cannot read it.
        CannotRun: there is no such revision.
    """
    with _repository(folder) as repository:
        if not repository.head.is_valid():
            raise NoHistory("the repository has no commits")
        prefix = _prefix(repository, folder)
        try:
            tip = repository.git.rev_parse("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        except GitCommandNotFound:
            raise
        except GitCommandError as error:
            raise CannotRun(f"{revision!r} is not a revision of the repository around {folder}.") from error
        mainline = repository.git.rev_list("--first-parent", "--reverse", "--timestamp", tip).splitlines()
        log = repository.git.log(*_WALK, tip, "--", prefix or ".", stdout_as_string=False)
        is_shallow = repository.git.rev_parse("--is-shallow-repository") == "true"
        return Walk(bytes(log), [_stamped(line) for line in mainline], prefix, is_shallow)


def is_modified(folder: Path) -> bool:
    """Whether files below a folder differ from those of the last commit, or are not in it.

    Raises:
        NoHistory: as `walk`.
    """
    with _repository(folder) as repository:
        inside = _prefix(repository, folder) or "."
        listed = repository.git.status("--porcelain", "-z", "--untracked-files=all", "--ignored", "--", inside)
        # What git ignores is read all the same, if it is a record or a folder of them.
        return any(not entry.startswith("!!") or entry.endswith((SUFFIX, "/")) for entry in listed.split("\0") if entry)


def blobs(folder: Path, ids: Sequence[str]) -> Iterator[bytes]:
    """Contents by their ids, in the same order.

    Raises:
        CannotRun: one of them is not in the repository.
    """
    with _repository(folder) as repository, TemporaryFile() as asked:
        asked.write("".join(f"{one}\n" for one in ids).encode())
        asked.seek(0)
        answers = repository.git.cat_file("--batch", istream=asked, as_process=True)
        try:
            for one in ids:
                head = answers.stdout.readline().split()
                if len(head) != 3:  # noqa: PLR2004 - id, type, size
                    raise CannotRun(f"The repository lacks {one}; run git fsck, or fetch all of it.")
                yield answers.stdout.read(int(head[2]))
                answers.stdout.read(1)
        finally:
            answers.stdout.close()
            with suppress(GitCommandError):  # whoever asked may have seen enough
                answers.wait()


@contextmanager
def _repository(folder: Path) -> Iterator[Repo]:
    start = folder.resolve() if folder.is_dir() else folder.resolve().parent
    try:
        with Repo(start, search_parent_directories=True) as repository:
            yield repository
    except (InvalidGitRepositoryError, NoSuchPathError) as error:
        raise NoHistory("the folder is in no git repository") from error
    except GitCommandNotFound as error:
        raise NoHistory("git is not installed") from error
    except GitCommandError as error:
        raise NoHistory(f"git says: {str(error.stderr).strip() or error}") from error
    except GitError as error:
        raise NoHistory(f"git says: {error}") from error


def _stamped(line: str) -> tuple[str, int]:
    """Id and time of a commit, from a line of `git rev-list --timestamp`."""
    time, _, name = line.partition(" ")
    return name, int(time)


def _prefix(repository: Repo, folder: Path) -> str:
    root = Path(str(repository.working_tree_dir)).resolve()
    if repository.bare or not folder.resolve().is_relative_to(root):
        raise NoHistory("the folder is in no working tree of its repository")
    inside = folder.resolve().relative_to(root).as_posix()
    return "" if inside == "." else f"{inside}/"
