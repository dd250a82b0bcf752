"""Forks, for those who may not write to the repository itself."""

from typing import Final

from horde_reference.adapters.github.branches import tip
from horde_reference.adapters.github.forms import ForkForm
from horde_reference.adapters.github.repository import Repository
from horde_reference.errors import Unreachable

_PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 60.0, 60.0, 60.0)
"""Seconds between looks. GitHub says that a fork may take five minutes."""


def ensure(repository: Repository) -> Repository:
    """The fork of a repository that belongs to whoever asks, made if there is none, once its files are there.

    Raises what `Connection.request` raises, and:
        Unreachable: it is not there after five minutes.
    """
    made = repository.send("POST", ForkForm, "forks", body={"default_branch_only": True})
    fork = Repository(made.full_name, repository.connection)
    for pause in _PAUSES:
        if tip(fork, made.default_branch) is not None:
            return fork
        repository.connection.wait(pause)
    raise Unreachable(f"The fork {fork.name} was asked for, but is not there yet. Try again later.")
