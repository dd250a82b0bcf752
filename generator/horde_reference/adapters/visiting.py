"""Asking a public host what it says at a path: once, following nobody, as the released client asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Event
from typing import Final
from urllib.parse import quote

import requests
from urllib3.exceptions import HTTPError

from horde_reference.adapters.in_time import in_time
from horde_reference.adapters.polite import HEADERS, Manners
from horde_reference.adapters.requesting import Session, body_of, in_words
from horde_reference.errors import Unreachable

MANNERS: Final = Manners(largest=64 * 2**20)
_HEADERS: Final = HEADERS | {"Accept": "*/*"}


@dataclass(frozen=True, slots=True)
class Visit:
    """What a host says at a path."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Visitor:
    """Asks one host, one question at a time. To be closed.

    Args:
        root: address of the public root.
        manners: how long it waits, and how much it takes.
    """

    def __init__(self, root: str, manners: Manners = MANNERS) -> None:
        self.root = root.rstrip("/")
        self._manners = manners
        self._session = Session(_HEADERS)

    def close(self) -> None:
        """Close the connection that is kept."""
        self._session.close()

    def visit(self, path: str) -> Visit:
        """What is at a path from the public root, which may be empty.

        Raises:
            Unreachable: there is no answer, or not in time.
            Unsound: the answer is too large, or cannot be decompressed.
        """
        given_up = Event()
        try:
            return in_time(lambda: self._asked(path, given_up), self._manners.answer)
        except TimeoutError:
            given_up.set()
            self._session = Session(_HEADERS)  # the other is still in use
            raise Unreachable("its answer did not end in time") from None

    def _asked(self, path: str, given_up: Event) -> Visit:
        limits = (self._manners.connect, self._manners.read)
        try:
            with self._session.get(f"{self.root}/{quote(path)}", stream=True, timeout=limits) as response:
                body = body_of(response, self._manners.largest, given_up.is_set)
                return Visit(response.status_code, response.headers, body)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise Unreachable(in_words(error)) from error
