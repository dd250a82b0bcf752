"""Connections that are there in time, however many addresses a host has, and however many of them are dead."""

from collections.abc import Sequence
from http.client import HTTPConnection, HTTPSConnection
from socket import IPPROTO_TCP, SOCK_STREAM, TCP_NODELAY, getaddrinfo, socket
from typing import Any

from horde_reference.client.deadline import Deadline

_Address = tuple[Any, ...]


class Timely(HTTPConnection):
    """A connection that is made within a deadline. `http.client` would give each address of a host the whole of it."""

    deadline: Deadline
    """By when; to be set before it is used."""

    def connect(self) -> None:
        """Connect to the first address that answers.

        Raises:
            OSError: none does.
            TimeoutError: the time is up.
        """
        found = getaddrinfo(self.host, self.port, type=SOCK_STREAM)
        self.sock = connected([(family, address) for family, _, _, _, address in found], self.deadline)


class TimelyHTTPS(HTTPSConnection, Timely):
    """The same with TLS, which is spoken once `Timely` has connected."""


def connected(addresses: Sequence[tuple[int, _Address]], deadline: Deadline) -> socket:
    """A socket that is connected to the first of these addresses that answers; each has its share of the time.

    Raises:
        OSError: none does; what the last of them said.
    """
    failure = OSError("the host has no address")
    for number, (family, address) in enumerate(addresses):
        sock = socket(family, SOCK_STREAM)
        try:
            sock.settimeout(deadline.left() / (len(addresses) - number))
            sock.connect(address)
            sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure
