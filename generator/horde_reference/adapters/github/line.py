"""One request to GitHub's API and its reply, in time and no larger than it may be."""

from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from horde_reference.adapters.github.replies import Reply
from horde_reference.adapters.in_time import in_time
from horde_reference.adapters.polite import HEADERS, Manners
from horde_reference.adapters.requesting import REDIRECTS, Session, body_of, in_words

_HEADERS: Final = {
    "Accept": "application/vnd.github+json",
    "Accept-Encoding": "gzip",
    "User-Agent": HEADERS["User-Agent"],
    "X-GitHub-Api-Version": "2022-11-28",
}
# Done twice, they come to the same. All that we PATCH is set to a value, whatever it was before.
_REPEATABLE: Final = frozenset({"GET", "PUT", "PATCH", "DELETE"})


class NoAnswer(Exception):
    """None came, or one that says that another attempt may have one."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and with which token."""

    method: str
    url: str
    bearer: str | None = field(repr=False)
    data: bytes | None = field(default=None, repr=False)
    kind: str = "application/json"
    """Media type of the data."""

    @property
    def is_repeatable(self) -> bool:
        """Whether it may be asked twice."""
        return self.method in _REPEATABLE

    def headers(self) -> dict[str, str]:
        """The headers that other requests do not have."""
        headers = {"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        return headers if self.data is None else headers | {"Content-Type": self.kind}


class Line:
    """A connection that is kept open between requests."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._session = Session(_HEADERS)

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def ask(self, request: Request) -> Reply:
        """Ask once.

        Raises:
            NoAnswer: none came, or not in time, or the server has a fault that may pass.
            Unsound: it is too large, or cannot be decompressed.
        """
        session, given_up = self._session, Event()
        try:
            reply = in_time(lambda: self._exchange(session, given_up, request), self._manners.answer)
        except TimeoutError:
            # Its thread goes on until it notices; the next request must not meet it.
            given_up.set()
            self._session = Session(_HEADERS)
            raise NoAnswer(f"its answer did not end within {self._manners.answer:.3g} s") from None
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NoAnswer(f"it answered {reply.status}")
        return reply

    def _exchange(self, session: Session, given_up: Event, request: Request) -> Reply:
        limits = (self._manners.connect, self._manners.read)
        try:
            with session.request(
                request.method, request.url, data=request.data, headers=request.headers(), stream=True, timeout=limits
            ) as response:
                is_elsewhere = response.status_code in REDIRECTS
                body = b"" if is_elsewhere else body_of(response, self._manners.largest, given_up.is_set)
                return Reply(response.status_code, response.headers, body)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise NoAnswer(in_words(error)) from None
