"""Bringing a clone up to what it was cloned from."""

from pathlib import Path

from git.exc import GitCommandError

from horde_reference.adapters.git.failures import failure
from horde_reference.adapters.git.repositories import repository_around


def fast_forward(folder: Path) -> None:
    """Bring the branch of the clone around a folder up to its upstream. Work of its own is never merged.

    Raises:
        GitFailed: there is such work, no upstream, or nobody answers.
    """
    with repository_around(folder) as repository:
        try:
            repository.git.pull("--quiet", "--ff-only", "--no-recurse-submodules")
        except GitCommandError as error:
            said = str(error.stderr).strip()
            raise failure(said)(f"{folder} cannot be brought up to date: {said[:500]}") from None
