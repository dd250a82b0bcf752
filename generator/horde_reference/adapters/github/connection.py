"""Requests to GitHub's API: with a token that goes nowhere else, retried where that is safe, within its rate limits.

The clock is handed in: only workflows know what time it is.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

import msgspec

from horde_reference.adapters.github.credentials import Credential
from horde_reference.adapters.github.errors import RateLimited
from horde_reference.adapters.github.line import Line, NoAnswer, Request
from horde_reference.adapters.github.replies import Reply
from horde_reference.adapters.polite import Clock, Manners
from horde_reference.adapters.requesting import MOST_REDIRECTS, REDIRECTS, in_short
from horde_reference.errors import CannotRun, Unreachable, Unsound

PUBLIC_API: Final = "https://api.github.com"

_API: Final = "api."
_UPLOADS: Final = "uploads."
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Connection:
    """A way to GitHub's API for one who asks, one question at a time. To be closed.

    Args:
        credential: who asks; `None` for what everybody may read.
        clock: time that passes.
        now: seconds since 1970.
        address: of the API; on GitHub Enterprise it ends with /api/v3. Workflows find theirs in GITHUB_API_URL.
        manners: how patient it is. Whoever is asked to wait for longer than its longest pause gives up.

    Raises:
        CannotRun: the address is none, or one to which everybody could see the token go.
    """

    def __init__(
        self,
        credential: Credential | None,
        clock: Clock,
        now: Callable[[], float],
        address: str = PUBLIC_API,
        manners: Manners = Manners(),  # noqa: B008 - it is frozen
    ) -> None:
        self.address = _checked(address)
        self._credential = credential
        self._clock = clock
        self._now = now
        self._manners = manners
        self._line = Line(manners)

    def __repr__(self) -> str:
        return f"Connection({self.address!r}, {self._credential!r})"

    def close(self) -> None:
        """Close what is kept open."""
        self._line.close()

    def token(self) -> str | None:
        """The token that is good for the next minutes, also for git. Raises what `request` raises."""
        return self._credential.token(self._exchange, self._now()) if self._credential else None

    def login(self) -> str:
        """The user that what we write is by. Raises what `request` raises.

        Raises:
            CannotRun: there is no token, so we are nobody.
        """
        if self._credential is None:
            raise CannotRun("GitHub is not told who we are: there is no token.")
        return self._credential.login(self._exchange, self._now())

    def rights(self) -> Mapping[str, str] | None:
        """What we may do, such as contents → write; `None` where nobody tells. Raises what `request` raises."""
        return self._credential.rights(self._exchange, self._now()) if self._credential else None

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._clock.sleep(seconds)

    def request(
        self, method: str, path: str, query: Mapping[str, str | int] | None = None, body: object = None
    ) -> Reply:
        """Ask for a path of the API, as `paths.joined` makes it.

        Raises:
            Refused: GitHub says no.
            RateLimited: too much was asked; it says when to try again.
            Unreachable: there was no answer. What is not a GET may have been done all the same.
            Unsound: the answer is too large, or leads elsewhere.
        """
        return self._exchange(method, path + (f"?{urlencode(query)}" if query else ""), self.token(), body)

    def next_page(self, reply: Reply) -> Reply | None:
        """The next part of a list, if it goes on. Raises what `request` raises."""
        url = reply.next_page()
        return None if url is None else self._patiently(Request("GET", self._ours(self.address, url), self.token()))

    def upload(self, url: str, query: Mapping[str, str], data: bytes, kind: str) -> Reply:
        """Send a file to an address that GitHub named for it. Raises what `request` raises.

        Args:
            url: the address; on github.com it is on a host beside that of the API.
            query: what follows it.
            data: the file.
            kind: its media type.
        """
        there = self._beside(url) or self._ours(self.address, url)
        return self._patiently(Request("POST", f"{there}?{urlencode(query)}", self.token(), data, kind))

    def _exchange(self, method: str, path: str, bearer: str | None, body: object = None) -> Reply:
        data = None if body is None else msgspec.json.encode(body)
        return self._patiently(Request(method, self.address + path, bearer, data))

    def _patiently(self, request: Request) -> Reply:
        """Ask until there is an answer, but not too often."""
        reasons: list[str] = []
        until = 0.0
        for attempt in range(self._manners.attempts):
            self._rest(attempt, until)
            try:
                reply = self._followed(request)
            except NoAnswer as failure:
                reasons.append(str(failure))
                if request.is_repeatable:
                    continue
                break
            limit = reply.limited_until(self._now())
            if limit is None:
                return self._accepted(request, reply)
            until = limit
        if reasons:
            raise Unreachable(f"GitHub gave no answer to {self._named(request)}: {in_short(reasons)}.")
        raise RateLimited(datetime.fromtimestamp(until, UTC))

    def _rest(self, attempt: int, until: float) -> None:
        """Pause before an attempt, as long as GitHub asks for."""
        asked_for = until - self._now()
        if asked_for > self._manners.longest_pause:
            raise RateLimited(datetime.fromtimestamp(until, UTC))
        if (pause := max(self._manners.pause(attempt), asked_for)) > 0:
            self._clock.sleep(pause)

    def _followed(self, request: Request) -> Reply:
        """One attempt. What is read may have moved within the API; what is written is written where it was meant to."""
        for _ in range(MOST_REDIRECTS + 1):
            try:
                reply = self._line.ask(request)
            except Unsound as error:
                raise Unsound(f"GitHub's answer to {self._named(request)} is none: {error}.") from None
            if reply.status not in REDIRECTS or "Location" not in reply.headers:
                return reply
            if request.method != "GET":
                raise Unsound(f"{self._named(request)} leads elsewhere: the repository was renamed or moved.")
            request = replace(request, url=self._ours(request.url, reply.headers["Location"]))
        raise Unsound(f"{self._named(request)} leads from one address to the next and to no answer.")

    def _accepted(self, request: Request, reply: Reply) -> Reply:
        if reply.status >= HTTPStatus.BAD_REQUEST:
            raise reply.refusal(self._named(request), request.bearer)
        return reply

    def _named(self, request: Request) -> str:
        return f"{request.method} {request.url.removeprefix(self.address)}"

    def _ours(self, url: str, location: str) -> str:
        """An address that GitHub names, if it is one of its API: the token goes nowhere else."""
        with suppress(ValueError):
            found = urljoin(url, location)
            if urlsplit(found)[:2] == urlsplit(self.address)[:2]:
                return found
        raise Unsound("GitHub's answer leads to another host, which is not followed.")

    def _beside(self, url: str) -> str | None:
        """An address on the host for files, `uploads.` where the API's is `api.`; `None` if it is another."""
        with suppress(ValueError):
            here, there = urlsplit(self.address), urlsplit(url)
            beside = here.netloc.replace(_API, _UPLOADS, 1) if here.netloc.startswith(_API) else None
            return url if there[:2] == (here.scheme, beside) else None
        return None


def _checked(address: str) -> str:
    """An address of an API, without a slash at its end."""
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        sound = is_safe and bool(parts.hostname) and parts.port != 0 and address.isprintable()
    except ValueError:
        sound = False
    if not sound or any(one in address for one in "@?# \\"):
        raise CannotRun(f"{address!r} is not an address such as {PUBLIC_API}, with https and without user and query.")
    return address.rstrip("/")
