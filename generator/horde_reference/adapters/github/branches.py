"""Branches, as GitHub sees them; what they hold goes through git.

Every function raises what `Connection.request` raises.
"""

from msgspec import Struct

from horde_reference.adapters.github.errors import Invalid, Missing
from horde_reference.adapters.github.forms import Sha
from horde_reference.adapters.github.repository import Repository


class _Object(Struct):
    sha: Sha


class _Ref(Struct):
    object: _Object


def tip(repository: Repository, branch: str) -> str | None:
    """The commit that a branch is at; `None` if there is no such branch."""
    try:
        return repository.get(_Ref, "git", "ref", f"heads/{branch}").object.sha
    except Missing:
        return None


def delete(repository: Repository, branch: str) -> bool:
    """Delete a branch; returns whether it was there.

    Raises:
        Invalid: it may not be deleted.
    """
    try:
        repository.delete("git", "refs", f"heads/{branch}")
    except (Invalid, Missing):
        if tip(repository, branch) is not None:
            raise
        return False
    return True
