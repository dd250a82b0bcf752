"""The repository on GitHub that a command works on: which one, at which address, and who asks. The clock enters here.

`variables` says what the environment states of it.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Final

from horde_reference.adapters.github.connection import PUBLIC_API, Connection
from horde_reference.adapters.github.credentials import Credential
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.polite import Clock
from horde_reference.errors import CannotRun
from horde_reference.workflows.credentials import credential

_SERVER: Final = "https://github.com"

CLOCK: Final = Clock(time.monotonic, time.sleep)
"""Time that passes."""


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Hub:
    """A repository on GitHub, and where git finds it."""

    repository: Repository
    """Its API."""
    server: str
    """Address below which repositories are cloned from, without a slash at its end."""
    credential: Credential | None
    """Who asks."""

    @property
    def address(self) -> str:
        """Address to clone it from."""
        return self.address_of(self.repository.name)

    def address_of(self, name: str) -> str:
        """Address to clone a repository from, by owner and name."""
        return f"{self.server}/{name}.git"

    def seconds(self) -> int:
        """Seconds since 1970."""
        return now()


@contextmanager
def hub(environment: Mapping[str, str], name: str | None = None, *, needs_token: bool = False) -> Iterator[Hub]:
    """The repository that is named, or that the environment names.

    Raises:
        CannotRun: none is named, the name cannot be one, or nobody asks where somebody must.
    """
    found = name or environment.get("GITHUB_REPOSITORY")
    if not found:
        raise CannotRun("Name the repository with --repository OWNER/NAME, or in GITHUB_REPOSITORY.")
    asks = credential(environment, found)
    if needs_token and asks is None:
        raise CannotRun(
            "This writes on GitHub: put a token into GITHUB_TOKEN, or name an App in GITHUB_APP_ID. "
            "It needs no other place."
        )
    address = environment.get("GITHUB_API_URL", PUBLIC_API)
    with closing(Connection(asks, CLOCK, time.time, address)) as connection:
        server = environment.get("GITHUB_SERVER_URL", _SERVER).rstrip("/")
        yield Hub(Repository(found, connection), server, asks)
