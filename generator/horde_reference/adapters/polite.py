"""Asking a public API as a good guest does: by name, one question at a time, in no hurry, and for no more than fits.

Over `requests`. The clock is handed in: only workflows know what time it is.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Event
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from horde_reference.adapters.in_time import in_time
from horde_reference.adapters.requesting import (
    MOST_REDIRECTS,
    REDIRECTS,
    Session,
    body_of,
    in_short,
    in_words,
    retry_after,
)
from horde_reference.errors import Unreachable
from horde_reference.formats.addresses import PUBLIC_ROOT
from horde_reference.version import __version__

HEADERS: Final = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "User-Agent": f"horde-reference/{__version__} (+{PUBLIC_ROOT})",
    "Client-Agent": f"horde-reference:{__version__}:{PUBLIC_ROOT}",
}
"""Who asks. The AI-Horde wants the second in the form name:version:contact."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that passes."""

    seconds: Callable[[], float]
    """Seconds since some moment; they never go back."""
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How patient a guest is, and how much it takes."""

    attempts: int = 3
    first_pause: float = 2.0
    """Seconds before the second attempt; before each one after it twice as many."""
    longest_pause: float = 60.0
    """Whoever is asked to stay away for longer goes: it does not come back early."""
    connect: float = 10.0
    """Seconds until there is a connection."""
    read: float = 20.0
    """Seconds until the next bytes come."""
    answer: float = 60.0
    """Seconds for one whole answer, however its bytes drip."""
    largest: int = 16 * 2**20
    """Bytes of an answer, decompressed."""

    def pause(self, attempt: int) -> float:
        """Seconds before an attempt, the first being 0: ever longer, and never as long as those of others."""
        longest = min(self.first_pause * 2 ** (attempt - 1), self.longest_pause) if attempt else 0.0
        return random.uniform(longest / 2, longest)  # noqa: S311 - nobody is to guess it


class _TryAgain(Exception):
    """An attempt that failed, and the seconds that the server asks to wait."""

    def __init__(self, message: str, pause: float = 0.0) -> None:
        super().__init__(message)
        self.pause = pause


class Guest:
    """Gets answers, all of them within one time."""

    def __init__(self, clock: Clock, seconds: float, manners: Manners = Manners()) -> None:
        self._clock = clock
        self._end = clock.seconds() + seconds
        self._manners = manners
        self._not_before = 0.0
        self._gone = Event()
        self._session = Session(HEADERS)

    def get(self, url: str) -> bytes:
        """The answer at an address.

        Raises:
            Unreachable: there was none in time, or one that is not an answer to the question.
            Unsound: it is too large, or cannot be decompressed.
        """
        reasons: list[str] = []
        for attempt in range(self._manners.attempts):
            try:
                self._wait(attempt)
                return self._unhurried(url)
            except _TryAgain as failure:
                reasons.append(str(failure))
                self._not_before = self._clock.seconds() + failure.pause
            except TimeoutError as failure:
                reasons.append(str(failure))
                break
        raise Unreachable(in_short(reasons))

    def close(self) -> None:
        """Close the connection that is kept."""
        self._session.close()

    def _wait(self, attempt: int) -> None:
        """Pause before an attempt, at least as long as the server asked for."""
        if self._gone.is_set():
            raise TimeoutError("not asked, as an answer before it did not end")
        manners, now = self._manners, self._clock.seconds()
        asked_for = self._not_before - now
        if asked_for > manners.longest_pause:
            raise TimeoutError(f"it asks to be left alone for {asked_for:.0f} s")
        pause = max(manners.pause(attempt), asked_for, 0.0)
        if now + pause >= self._end:
            raise TimeoutError("there was no time left to ask")
        if pause:
            self._clock.sleep(pause)

    def _unhurried(self, url: str) -> bytes:
        """One attempt, unless it takes too long. Who leaves one behind asks nothing more: it would be two at a time."""
        seconds = min(self._manners.answer, self._end - self._clock.seconds())
        try:
            return in_time(lambda: self._follow(url), seconds)
        except TimeoutError:
            self._gone.set()
            raise TimeoutError(f"its answer did not end within {seconds:.3g} s") from None

    def _follow(self, url: str) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            found = self._ask(url)
            if isinstance(found, bytes):
                return found
            url = found
        raise Unreachable("it leads from one address to the next and to no answer")

    def _ask(self, url: str) -> bytes | str:
        """One request. The answer, or the address to ask instead."""
        limits = (self._manners.connect, self._manners.read)
        try:
            with self._session.get(url, stream=True, allow_redirects=False, timeout=limits) as response:
                if response.status_code == HTTPStatus.OK:
                    return body_of(response, self._manners.largest, self._gone.is_set)
                if response.status_code in REDIRECTS and "Location" in response.headers:
                    return _next(url, response.headers["Location"])
                raise _refusal(response)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise _TryAgain(in_words(error)) from error


def _next(url: str, location: str) -> str:
    """The address that a redirect leads to, if it may be followed."""
    try:
        new = urljoin(url, location)
        here, there = urlsplit(url), urlsplit(new)
    except ValueError:
        raise Unreachable("it leads to an address that cannot be") from None
    if there.scheme != "https" and (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise Unreachable("it leads to another host without https, which is not followed")
    return new


def _refusal(response: requests.Response) -> Unreachable | _TryAgain:
    said = f"it answered {response.status_code}"
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _TryAgain(said, retry_after(response.headers))
    return Unreachable(said)
