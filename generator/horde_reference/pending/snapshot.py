"""The queue at one time, and the file that holds it.

Like usage, it is fetched by a command of its own and is an input of the build, which never asks anybody.
"""

from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from horde_reference.pending.proposal import Proposal

VERSION: Final = 1
"""Version of the form of the file."""


class QueueUnsound(ValueError):
    """A file is not a snapshot of the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """All proposals that are open, and those that were settled last."""

    version: Literal[1] = VERSION
    """Version of the form."""
    repository: str
    """Repository whose pull requests they are: `owner/name`."""
    fetched_at: int
    """Seconds since 1970 when they were fetched."""
    proposals: tuple[Proposal, ...] = ()
    """Newest first."""

    @property
    def open(self) -> tuple[Proposal, ...]:
        """Those that wait."""
        return tuple(one for one in self.proposals if one.state == "open")


def decode(raw: bytes) -> Queue:
    """The queue that a file holds.

    Raises:
        QueueUnsound: it holds none.
    """
    try:
        return msgspec.json.decode(raw, type=Queue)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise QueueUnsound(f"it is not a snapshot of the queue: {error}") from None


def encode(queue: Queue) -> bytes:
    """The file of a queue."""
    return msgspec.json.format(msgspec.json.encode(queue), indent=1) + b"\n"
