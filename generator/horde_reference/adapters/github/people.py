"""What people may do."""

from msgspec import Struct

from horde_reference.adapters.github.errors import Missing
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Permission


class _Allowed(Struct):
    permission: Permission


def permission(repository: Repository, login: str) -> Permission:
    """What a user may do with a repository: read, write, or admin; none if nothing, or if there is no such user.

    Raises what `Connection.request` raises.
    """
    try:
        return repository.get(_Allowed, "collaborators", login, "permission").permission
    except Missing:
        return "none"
