"""What a file held in the past, commit by commit."""

from collections.abc import Iterator
from pathlib import Path

from git.exc import GitCommandError

from horde_reference.adapters.git.merging import read_file
from horde_reference.adapters.git.repositories import path_inside, repository_around


def versions(folder: Path, path: str, since: str) -> Iterator[bytes | None]:
    """What a file below a folder held after each commit that touched it, newest first; `None` where it was gone.

    Args:
        folder: a folder in a clone.
        path: path of the file from there.
        since: the commit that comes before the first one.
    """
    with repository_around(folder) as repository:
        inside = path_inside(repository, folder)
        whole = f"{inside}/{path}" if inside else path
        said = str(repository.git.log("--full-history", "--format=%H", f"{since}..HEAD", "--", whole))
    for commit in said.split():
        yield read_file(folder, commit, whole)


def is_part(folder: Path, commit: str, later: str = "HEAD") -> bool:
    """Whether what a folder is at, or a later commit, came from a commit. Both must be here for that."""
    with repository_around(folder) as repository:
        try:
            repository.git.merge_base("--is-ancestor", commit, later)
        except GitCommandError:
            return False
    return True


def history(folder: Path) -> frozenset[str]:
    """Ids of all commits that what a folder is at came from, as far as they were fetched."""
    with repository_around(folder) as repository:
        return frozenset(str(repository.git.rev_list("HEAD")).split())
