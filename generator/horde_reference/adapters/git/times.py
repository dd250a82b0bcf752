"""When commits were made, as they say themselves."""

from pathlib import Path

from horde_reference.adapters.git.repositories import repository_around
from horde_reference.history.log import seconds


def committed_at(folder: Path, commit: str) -> int:
    """When a commit was made, in seconds since 1970. Its author can claim any time."""
    with repository_around(folder) as repository:
        return seconds(str(repository.git.log("-1", "--format=%ct", commit, "--")))
