"""HTTP as a careful client speaks it: one deadline for all, retries, one connection kept, answers that are whole.

Over `http.client` alone. The libraries above it take as long to load as all the rest of a client's start.
"""

import os
import random
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Final, cast
from urllib.parse import quote, urljoin, urlsplit

from horde_reference.client.bodies import ENCODINGS, whole_body
from horde_reference.client.connecting import Timely, TimelyHTTPS
from horde_reference.client.deadline import Deadline, timed_response
from horde_reference.client.source import Answer
from horde_reference.errors import NotThere, Unreachable, Unread, Unsound
from horde_reference.version import __version__

_Origin = tuple[str, str, int]
"""Scheme, host with port, and the process."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_MOST_REDIRECTS: Final = 5
_FIRST_PAUSE: Final = 0.2
# A host that is down costs one deadline, not one for each file that is wanted of it.
_LEFT_ALONE: Final = 5.0
# A server may not send us away for good.
_LONGEST_PAUSE: Final = 300.0
_SAFE: Final = "/:@!$&'()*+,;=~-._"


class _TryAgain(Exception):
    """An attempt that failed, and how long to wait before the next, if the server said it."""

    def __init__(self, message: str, pause: float | None = None, *, answered: bool = False) -> None:
        super().__init__(message)
        self.pause = pause
        self.answered = answered


class Transport:
    """Gets files below one address. May be used by several threads: each takes a connection, or makes one."""

    def __init__(self, root: str, *, deadline: float, attempts: int, max_bytes: int) -> None:
        if urlsplit(root).scheme not in {"http", "https"}:
            raise ValueError(f"{root!r} is not an address that begins with http:// or https://.")
        self.root = root.rstrip("/")
        self._deadline = deadline
        self._attempts = attempts
        self._max_bytes = max_bytes
        self._idle: dict[_Origin, HTTPConnection] = {}
        self._not_before = 0.0
        self._down: tuple[float, str] | None = None

    def deadline(self) -> Deadline:
        """A deadline that begins now, for one or more files that belong together."""
        return Deadline(self._deadline)

    def get(self, path: str, tag: str | None, deadline: Deadline, query: str = "") -> Answer:
        """A file, or that it is unchanged since the answer with this tag.

        Raises:
            NotThere: there is no such file.
            Unreachable: no whole answer came before the deadline.
        """
        if self._down and time.monotonic() < self._down[0]:
            raise Unreachable(self._down[1])
        url = f"{self.root}/{quote(path, safe=_SAFE)}{query}"
        reasons: list[str] = []
        answered = False
        for attempt in range(self._attempts):
            try:
                self._wait(attempt, deadline, reasons)
                return self._follow(url, tag, deadline)
            except _TryAgain as failure:
                reasons.append(str(failure))
                answered = failure.answered
                self._not_before = max(self._not_before, time.monotonic() + (failure.pause or 0))
            except TimeoutError as failure:
                reasons.append(str(failure) or "no answer in time")
                break
        said = f"{url} gave no answer: {'; '.join(dict.fromkeys(reasons))}."
        if not answered:
            self._down = time.monotonic() + min(self._deadline, _LEFT_ALONE), said
        raise Unreachable(said)

    def expire(self) -> None:
        """Ask a host again that just did not answer. A pause that it asked for itself is kept all the same."""
        self._down = None

    def _wait(self, attempt: int, deadline: Deadline, reasons: list[str]) -> None:
        """Pause before an attempt: ever longer, never as long as others, and as long as the server asked for."""
        # Chance keeps workers that failed together from asking together again.
        longest = _FIRST_PAUSE * 2**attempt if attempt else 0.0
        pause = max(random.uniform(longest / 2, longest), self._not_before - time.monotonic())  # noqa: S311
        if pause > deadline.left():
            what = "the server asked for a pause" if not reasons else "the next attempt would come too late"
            raise TimeoutError(f"{what} ({pause:.0f} s, after the deadline)")
        if pause > 0:
            time.sleep(pause)

    def _follow(self, url: str, tag: str | None, deadline: Deadline) -> Answer:
        first = url
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._ask(url, tag, deadline)
            if isinstance(answer, Answer):
                return answer
            if answer.partition(":")[0] not in {"https", urlsplit(url).scheme}:
                raise Unreachable(f"{first} leads to {answer}, which is not followed.")
            url = answer
        raise Unreachable(f"{first} leads from one address to the next and to no file.")

    def _ask(self, url: str, tag: str | None, deadline: Deadline) -> Answer | str:
        """One request. The answer, or the address to ask instead."""
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        # A connection must not be used by the process that made it and by one that was forked from it.
        origin = (parts.scheme, parts.netloc, os.getpid())
        try:
            with ExitStack() as closing:
                connection, response = self._exchange(origin, target, _headers(tag), deadline)
                closing.callback(connection.close)
                closing.callback(response.close)
                answer = self._understood(url, response, tag, deadline)
                if isinstance(answer, Answer) and not response.will_close:
                    # It was read to its end: the connection is good for another request.
                    closing.pop_all()
                    response.close()
                    self._keep(origin, connection)
                return answer
        except TimeoutError as error:
            raise TimeoutError(f"no answer within {self._deadline:g} s") from error
        except (OSError, HTTPException, EOFError) as error:
            raise _TryAgain(str(error) or type(error).__name__) from error
        except (ValueError, OverflowError) as error:  # an address that a server gave, and that cannot be
            raise Unreachable(f"{url} cannot be asked: {error}.") from error

    def _exchange(
        self, origin: _Origin, target: str, headers: dict[str, str], deadline: Deadline
    ) -> tuple[HTTPConnection, HTTPResponse]:
        """Send a request and receive the head of its answer, over the connection that is idle, if that still works."""
        if (idle := self._idle.pop(origin, None)) is not None:
            # The server may have closed it at any time.
            with suppress(ConnectionError, HTTPException), _closed_if_failed(idle):
                return idle, _response(idle, target, headers, deadline)
        connection = (TimelyHTTPS if origin[0] == "https" else Timely)(origin[1], timeout=deadline.left())
        connection.deadline = deadline
        with _closed_if_failed(connection):
            return connection, _response(connection, target, headers, deadline)

    def _understood(self, url: str, response: HTTPResponse, tag: str | None, deadline: Deadline) -> Answer | str:
        status = response.status
        if status == HTTPStatus.OK:
            try:
                body = whole_body(response, self._max_bytes, deadline)
            except Unsound as error:
                raise Unsound(f"{url}: {error}") from error
            return Answer(body, _validator(response), time.time())
        location = response.headers.get("Location")
        if status == HTTPStatus.NOT_MODIFIED and tag:
            return Answer(None, tag, time.time())
        if status in _REDIRECTS and location:
            return urljoin(url, location)
        raise _refusal(url, response)

    def _keep(self, origin: _Origin, connection: HTTPConnection) -> None:
        """Keep a connection for the next request; one is enough."""
        surplus = self._idle.pop(origin, None)
        self._idle[origin] = connection
        if surplus is not None:
            surplus.close()

    def close(self) -> None:
        """Close the connections that are kept."""
        while self._idle:
            self._idle.popitem()[1].close()


@contextmanager
def _closed_if_failed(connection: HTTPConnection) -> Generator[None]:
    """Close a connection over which something failed."""
    with ExitStack() as closing:
        closing.callback(connection.close)
        yield
        closing.pop_all()


def _headers(tag: str | None) -> dict[str, str]:
    headers = {"Accept-Encoding": ENCODINGS, "User-Agent": f"horde-reference/{__version__}"}
    if tag:
        # An ETag stands in quotation marks, a date does not.
        headers["If-None-Match" if tag.endswith('"') else "If-Modified-Since"] = tag
    return headers


def _response(connection: HTTPConnection, target: str, headers: dict[str, str], deadline: Deadline) -> HTTPResponse:
    if connection.sock is not None:
        connection.sock.settimeout(deadline.left())
    connection.request("GET", target or "/", headers=headers)
    connection.response_class = cast("type[HTTPResponse]", timed_response(deadline))
    return connection.getresponse()


def _validator(response: HTTPResponse) -> str:
    return str(response.headers.get("ETag") or response.headers.get("Last-Modified") or "")


def _refusal(url: str, response: HTTPResponse) -> Unread | _TryAgain:
    status = response.status
    if status in _GONE:
        return NotThere(f"{url} does not exist.")
    said = f"{status} {response.reason}"
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _TryAgain(said, _retry_after(response.headers.get("Retry-After")), answered=True)
    return Unreachable(f"{url} answers {said}.")


def _retry_after(value: str | None) -> float | None:
    """Seconds that a server asks to wait: it says them, or a date."""
    if value is None:
        return None
    try:
        seconds = float(value) if value.strip().isdecimal() else parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE)
