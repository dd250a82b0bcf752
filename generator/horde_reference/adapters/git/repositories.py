"""The repository around a folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from git import Repo
from git.exc import GitCommandError, GitCommandNotFound, GitError, InvalidGitRepositoryError, NoSuchPathError

from horde_reference.errors import NoHistory

# What is read must not depend on the settings of whoever reads it, nor on what is in one clone only.
_SETTINGS: Final = {"log.showRoot": "true", "i18n.logOutputEncoding": "UTF-8"}
_ENVIRONMENT: Final = {
    "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
    **{f"GIT_CONFIG_KEY_{place}": key for place, key in enumerate(_SETTINGS)},
    **{f"GIT_CONFIG_VALUE_{place}": value for place, value in enumerate(_SETTINGS.values())},
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
}


@contextmanager
def repository_around(folder: Path) -> Iterator[Repo]:
    """The repository in whose working tree a folder lies; the folder itself need not exist any more.

    Raises:
        NoHistory: there is none, or git cannot read it.
    """
    start = folder.resolve() if folder.is_dir() else folder.resolve().parent
    if os.path.expandvars(start) != os.fspath(start):  # gitpython would run git somewhere else
        raise NoHistory("the path of the folder holds the name of an environment variable behind a $")
    try:
        with Repo(start, search_parent_directories=True) as repository:
            repository.git.update_environment(**_ENVIRONMENT)
            yield repository
    except (InvalidGitRepositoryError, NoSuchPathError) as error:
        raise NoHistory("the folder is in no git repository") from error
    except GitCommandNotFound as error:
        raise NoHistory("git is not installed") from error
    except GitCommandError as error:
        raise NoHistory(f"git says: {str(error.stderr).strip() or error}") from error
    except GitError as error:
        raise NoHistory(f"git says: {error}") from error


def path_inside(repository: Repo, folder: Path) -> str:
    """Path of a folder from the root of its repository; empty for the root itself.

    Raises:
        NoHistory: the repository has no working tree, or the folder is not in it.
    """
    root = Path(str(repository.working_tree_dir)).resolve()
    if repository.bare or not folder.resolve().is_relative_to(root):
        raise NoHistory("the folder is in no working tree of its repository")
    inside = folder.resolve().relative_to(root).as_posix()
    return "" if inside == "." else inside
