"""The files of one revision of a repository."""

from collections.abc import Iterator
from pathlib import Path

from git import Blob, Repo
from git.exc import BadName, GitError, InvalidGitRepositoryError, NoSuchPathError

from horde_reference.errors import CannotRun
from horde_reference.tree import File


def read_revision(revision: str, folder: Path) -> Iterator[File]:
    """Files of a folder as they were at a revision of the repository around it; paths relative to the folder.

    Raises:
        CannotRun: there is no repository, revision, or folder in that revision.
    """
    try:
        start = folder.resolve() if folder.is_dir() else folder.resolve().parent
        with Repo(start, search_parent_directories=True) as repository:
            inside = folder.resolve().relative_to(Path(str(repository.working_tree_dir)).resolve())
            tree = repository.commit(revision).tree
            for blob in (tree / inside.as_posix() if inside.parts else tree).traverse():
                path = Path(str(blob.path)).relative_to(inside)  # type: ignore[union-attr] # a tree holds no pairs
                hidden = any(part.startswith(".") for part in path.parts)
                if isinstance(blob, Blob) and path.suffix == ".json" and not hidden:
                    yield path.as_posix(), blob.data_stream.read()
    except (InvalidGitRepositoryError, NoSuchPathError) as error:
        raise CannotRun(f"{revision!r} is not a folder, and {folder} is not inside a git repository.") from error
    except (BadName, IndexError, ValueError, GitError) as error:
        raise CannotRun(f"{revision!r} is neither a folder nor a revision of the repository.") from error
    except KeyError as error:
        raise CannotRun(f"The revision {revision} has no folder {folder}.") from error
