"""A folder with the files of a repository."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from git import Repo
from git.exc import GitCommandError, GitError

from horde_reference.errors import CannotRun


def is_address(source: str) -> bool:
    """Whether a text is the address of a repository rather than a folder."""
    return "://" in source or source.startswith("git@")


@contextmanager
def checkout(source: str) -> Iterator[Path]:
    """A folder with the files of a repository: the folder itself, or a shallow clone of an address while it is used.

    Raises:
        CannotRun: the folder does not exist, or the address cannot be cloned.
    """
    if not is_address(source):
        if not Path(source).is_dir():
            raise CannotRun(f"{source} is not a folder.")
        yield Path(source)
        return
    with TemporaryDirectory(prefix="horde-reference-") as folder:
        try:
            Repo.clone_from(source, folder, multi_options=["--depth=1", "--single-branch"]).close()
        except GitCommandError as error:
            raise CannotRun(f"{source} cannot be cloned: {error.stderr.strip()}") from error
        except GitError as error:
            raise CannotRun(f"{source} cannot be cloned: {error}") from error
        yield Path(folder)
