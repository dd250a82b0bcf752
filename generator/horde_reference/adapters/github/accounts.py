"""Accounts, as commits name them."""

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from horde_reference.adapters.github.connection import Connection
from horde_reference.adapters.github.decoding import decoded
from horde_reference.adapters.github.errors import Missing
from horde_reference.adapters.github.paths import joined

_HOST: Final = "users.noreply.github.com"


class _Known(Struct):
    login: str
    id: int


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on GitHub."""

    login: str
    id: int | None = None
    """Number of the account, which stays as it is when it is renamed; `None` where it is not known."""

    @property
    def address(self) -> str:
        """Address by which GitHub knows whose a commit is, and which tells nobody a real one."""
        return f"{self.login}@{_HOST}" if self.id is None else f"{self.id}+{self.login}@{_HOST}"


def account(connection: Connection, login: str) -> Account:
    """The account of a login, without its number if GitHub does not tell that.

    Raises what `Connection.request` raises.
    """
    try:
        found = decoded(connection.request("GET", joined("users", login)).body, _Known)
    except Missing:
        return Account(login)
    return Account(found.login, found.id)
