"""Requests to addresses that strangers wrote: https only, to hosts of the public internet, one connection each.

A name is looked up once and the connection made to what was found, so that no second look-up can lead elsewhere.
"""

import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

from horde_reference.errors import Unreachable

_PORT: Final = 443
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # to addresses of the old kind, private ones as well


class Refused(Exception):
    """An address that is not asked: what is wrong with it, in words that follow its name."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a host of the public internet."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found in _TRANSLATED or found.teredo or found.sixtofour:
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast


def look_up(host: str) -> Sequence[tuple[str, int]]:
    """The IP addresses of a host, each with the port to ask there.

    Raises:
        OSError, UnicodeError: it has none.
    """
    return [(str(found[4][0]), _PORT) for found in socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Network:
    """How hosts are found and trusted."""

    look_up: Callable[[str], Sequence[tuple[str, int]]] = look_up
    """Name of a host → its addresses and ports."""
    is_allowed: Callable[[str], bool] = is_public
    """Whether an IP address may be asked."""
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    """Whose certificates are trusted."""

    @contextmanager
    def asked(
        self, method: str, url: str, headers: dict[str, str], *, connect: float, read: float
    ) -> Iterator[HTTPResponse]:
        """The answer to one request, open to be read. Redirects are not followed.

        Args:
            method: such as `HEAD`.
            url: the address.
            headers: what to say besides.
            connect: seconds until there is a connection.
            read: seconds until the next bytes come.

        Raises:
            Refused: the address must not be asked.
            Unreachable: there was no answer.
        """
        parts = checked(url)
        host = parts.hostname or ""
        connection = HTTPSConnection(host, _PORT, timeout=read, context=self.context)
        try:
            connection.sock = self._connected(host, connect, read)
            connection.request(method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), None, headers)
            yield connection.getresponse()
        except TimeoutError as error:
            raise Unreachable("did not answer in time") from error
        except (OSError, HTTPException) as error:
            raise Unreachable(f"cannot be reached ({_reason(error)})") from error
        finally:
            connection.close()

    def _connected(self, host: str, connect: float, read: float) -> ssl.SSLSocket:
        try:
            found = self.look_up(host)
        except (OSError, UnicodeError):
            raise Unreachable("is not known to any name server") from None
        if not found or not all(self.is_allowed(address) for address, _ in found):
            raise Refused("is not a host of the public internet")
        plain = _reached(found, connect)
        plain.settimeout(read)
        return self.context.wrap_socket(plain, server_hostname=host)


def _reached(addresses: Sequence[tuple[str, int]], seconds: float) -> socket.socket:
    """A connection to the first of these addresses that takes one; the last may fail for all."""
    *first, last = addresses
    for address in first:
        with suppress(OSError):
            return socket.create_connection(address, seconds)
    return socket.create_connection(last, seconds)


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked.

    Raises:
        Refused: it is not https, names a user or another port, or holds what does not belong in an address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("is in no address that can be") from None
    if not url.isascii() or not url.isprintable() or " " in url:
        raise Refused("is in an address with characters that do not belong there")
    if parts.scheme != "https" or not parts.hostname:
        raise Refused("is not asked, since the address is not https")
    if port not in (None, _PORT) or "@" in parts.netloc:
        raise Refused("is not asked, since the address names a user or a port")
    return parts


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) else None
    return words or type(error).__name__
