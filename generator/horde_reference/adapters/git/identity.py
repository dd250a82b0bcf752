"""Which repository a folder is a clone of."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from git.exc import GitCommandError

from horde_reference.adapters.git.repositories import repository_around
from horde_reference.errors import CannotRun, NoHistory

_SCP: Final = re.compile(r"(?:[^@/:]+@)?([^/:]+):(?!//)(.+)")


def place_of(address: str) -> str:
    """What an address names, the same for all ways to get there: host and path, or a folder."""
    if address.startswith("/"):
        return str(Path(address).resolve())
    found = _SCP.fullmatch(address)
    parts = urlsplit(address)
    host, path = (found[1], found[2]) if found else (parts.hostname or "", parts.path)
    if parts.scheme == "file":
        return str(Path(path).resolve())
    return f"{host}/{path.strip('/').removesuffix('.git')}".lower()


def verify(folder: Path, address: str) -> None:
    """Make sure that a folder is a clone of a repository, and pushes to no other.

    Raises:
        CannotRun: it is none, or of another.
    """
    try:
        with repository_around(folder) as repository:
            found = {
                place_of(line)
                for way in (("--all",), ("--push", "--all"))
                for line in repository.git.remote("get-url", *way, "origin").splitlines()
            }
    except (NoHistory, GitCommandError) as error:
        raise CannotRun(f"{folder} is not a clone of a repository: it has no remote called origin.") from error
    wanted = place_of(address)
    if found != {wanted}:
        raise CannotRun(f"{folder} is a clone of {', '.join(sorted(found - {wanted}))}, not of {wanted}.")
