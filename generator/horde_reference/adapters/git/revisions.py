"""The files of one revision of a repository."""

from collections.abc import Iterator
from pathlib import Path

from git import Blob
from git.exc import BadName

from horde_reference.adapters.git.repositories import path_inside, repository_around
from horde_reference.errors import CannotRun, NoHistory
from horde_reference.tree import File


def read_revision(revision: str, folder: Path) -> Iterator[File]:
    """Files of a folder as they were at a revision of the repository around it; paths relative to the folder.

    Raises:
        CannotRun: there is no repository, revision, or folder in that revision.
    """
    try:
        with repository_around(folder) as repository:
            inside = path_inside(repository, folder)
            tree = repository.commit(revision).tree
            for blob in (tree / inside if inside else tree).traverse():
                path = Path(str(blob.path)).relative_to(inside)  # type: ignore[union-attr] # a tree holds no pairs
                hidden = any(part.startswith(".") for part in path.parts)
                if isinstance(blob, Blob) and path.suffix == ".json" and not hidden:
                    yield path.as_posix(), blob.data_stream.read()
    except NoHistory as error:
        raise CannotRun(f"{revision!r} is not a folder, and no revision can be read: {error}.") from error
    except (BadName, IndexError, ValueError) as error:
        raise CannotRun(f"{revision!r} is neither a folder nor a revision of the repository.") from error
    except KeyError as error:
        raise CannotRun(f"The revision {revision} has no folder {folder}.") from error
