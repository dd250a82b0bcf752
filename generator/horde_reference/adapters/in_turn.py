"""A network on which no host is asked two things at a time, and each is left a moment between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse
from socket import EAI_NONAME, gaierror
from threading import Lock
from typing import Final

from horde_reference.adapters.guarded import Network, Refused, checked
from horde_reference.adapters.polite import Clock

_NO_SUCH_NAME: Final = frozenset({EAI_NONAME, -5})
"""What name servers say of a name that is none, or has no address; other errors say that they do not know."""


@dataclass(frozen=True, kw_only=True)
class InTurn(Network):
    """A network whose hosts are asked in turn, also by who was left behind as it took too long."""

    clock: Clock
    """How time passes."""
    pause: float
    """Seconds after each answer in which its host is left alone."""
    turns: dict[str, Lock] = field(default_factory=dict)
    """Host → held by whoever asks it."""

    @contextmanager
    def asked(
        self, method: str, url: str, headers: dict[str, str], *, connect: float, read: float
    ) -> Iterator[HTTPResponse]:
        """The answer to one request, as `Network.asked` gives it, when it is our turn."""
        with self.turns.setdefault(checked(url).hostname or "", Lock()):
            try:
                with super().asked(method, url, headers, connect=connect, read=read) as response:
                    yield response
            finally:
                self.clock.sleep(self.pause)


def in_turn(network: Network, clock: Clock, pause: float) -> InTurn:
    """The same network, with its hosts asked in turn."""
    return InTurn(network.look_up, network.is_allowed, network.context, clock=clock, pause=pause)


def is_nameless(network: Network, url: str) -> bool:
    """Whether name servers say that there is no host of the name in an address; not where they say nothing."""
    try:
        network.look_up(checked(url).hostname or "")
    except gaierror as error:
        return error.errno in _NO_SUCH_NAME
    except UnicodeError:  # no name can be written like that
        return True
    except (OSError, Refused):
        return False
    return False
