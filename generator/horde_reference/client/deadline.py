"""One end for all that belongs together: no single wait for bytes may go beyond it, however slowly they drip."""

import time
from collections.abc import Callable
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from socket import socket
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Deadline:
    """A moment by which something must be done."""

    __slots__ = ("_end",)

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            TimeoutError: there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is up")
        return left


class _Bytes(RawIOBase):
    """What a socket receives until a deadline. The time-out of a socket alone begins anew with each byte."""

    def __init__(self, sock: socket, deadline: Deadline) -> None:
        self._sock = sock
        # Keeps the socket open when the connection lets go of it, as it does of one that the server will close.
        self._file = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        self._sock.settimeout(self._deadline.left())
        return self._file.readinto(buffer) or 0

    def close(self) -> None:
        self._file.close()
        super().close()


class _Timed:
    """A socket as far as an HTTP response uses it."""

    def __init__(self, sock: socket, deadline: Deadline) -> None:
        self._bytes = _Bytes(sock, deadline)

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(self._bytes)


def timed_response(deadline: Deadline) -> Callable[..., HTTPResponse]:
    """What makes HTTP responses that are received until a deadline."""

    def response(sock: socket, *arguments: Any, **options: Any) -> HTTPResponse:  # noqa: ANN401 - those of HTTPResponse
        return HTTPResponse(cast("socket", _Timed(sock, deadline)), *arguments, **options)

    return response
