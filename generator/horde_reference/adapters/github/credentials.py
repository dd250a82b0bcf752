"""Who we are to GitHub: a token, or an App, which gets itself tokens that last an hour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final, Protocol

import jwt
import msgspec

from horde_reference.adapters.github.decoding import decoded
from horde_reference.adapters.github.errors import NotAllowed
from horde_reference.adapters.github.paths import checked_name, joined
from horde_reference.adapters.github.replies import Reply
from horde_reference.adapters.secrecy import checked_token
from horde_reference.errors import CannotRun

ACTIONS: Final = "github-actions[bot]"
"""Who the token of a workflow's run is. It may not ask."""

_JWT_LASTS: Final = 540
"""Seconds. GitHub allows ten minutes; its clock and ours may differ by one."""
_CLOCKS_DIFFER: Final = 60
_RENEWED_BEFORE: Final = 300
"""Seconds before its end in which a token is not used any more: what is begun with it must still end with it."""


class Exchange(Protocol):
    """A request with a token of its own."""

    def __call__(self, method: str, path: str, bearer: str, body: object = None) -> Reply:
        """The reply, which is no refusal. Raises what `Connection.request` raises."""


class Credential(Protocol):
    """What proves who we are."""

    def token(self, exchange: Exchange, now: float) -> str:
        """A token that is good for the next minutes; `now` in seconds since 1970."""

    def login(self, exchange: Exchange, now: float) -> str:
        """The user that our comments are by."""

    def rights(self, exchange: Exchange, now: float) -> Mapping[str, str] | None:
        """What its tokens may do, such as contents → write; `None` where nobody tells."""


class _Named(msgspec.Struct):
    login: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token that somebody gave us.

    Raises:
        CannotRun: it cannot be one.
    """

    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "secret", checked_token(self.secret))

    def token(self, exchange: Exchange, now: float) -> str:  # noqa: ARG002 - as `Credential` has it
        """The token itself."""
        return self.secret

    def login(self, exchange: Exchange, now: float) -> str:  # noqa: ARG002 - as `Credential` has it
        """The user whose token it is; `ACTIONS` for tokens of installations, which may not ask."""
        try:
            return decoded(exchange("GET", "/user", self.secret).body, _Named).login
        except NotAllowed:
            return ACTIONS

    def rights(self, exchange: Exchange, now: float) -> Mapping[str, str] | None:  # noqa: ARG002 - as `Credential` has it
        """GitHub does not tell what a token may do."""
        return None


class _Installation(msgspec.Struct):
    id: int


class _Issued(msgspec.Struct):
    token: str
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)]
    permissions: dict[str, str] | None = None


class _Itself(msgspec.Struct):
    slug: str


class App:
    """A GitHub App that is installed on a repository.

    Args:
        app_id: number or client id of the App.
        private_key: its private key, in PEM.
        repository: the repository that it is to work on, as owner/name. Its tokens are good for no other.
        installation: number of the installation, if it is known; otherwise GitHub is asked.

    Raises:
        CannotRun: the key cannot be used.
    """

    def __init__(self, app_id: str, private_key: str, repository: str, installation: int | None = None) -> None:
        self._app_id = app_id
        self._key = private_key
        self._owner, self._name = checked_name(repository)
        self._installation = installation
        self._issued: _Issued | None = None
        self._signed(0)

    def __repr__(self) -> str:
        return f"App({self._app_id!r}, repository='{self._owner}/{self._name}')"

    def token(self, exchange: Exchange, now: float) -> str:
        """A token of the installation, a new one shortly before the last one ends."""
        return self._current(exchange, now).token

    def rights(self, exchange: Exchange, now: float) -> Mapping[str, str] | None:
        """What the owner of the repository let the App do there."""
        return self._current(exchange, now).permissions

    def login(self, exchange: Exchange, now: float) -> str:
        """The App's own user."""
        return f"{decoded(exchange('GET', '/app', self._signed(now)).body, _Itself).slug}[bot]"

    def _current(self, exchange: Exchange, now: float) -> _Issued:
        if self._issued is None or self._issued.expires_at.timestamp() - _RENEWED_BEFORE <= now:
            self._issued = self._issue(exchange, self._signed(now))
        return self._issued

    def _issue(self, exchange: Exchange, bearer: str) -> _Issued:
        if self._installation is None:
            where = joined("repos", self._owner, self._name, "installation")
            self._installation = decoded(exchange("GET", where, bearer).body, _Installation).id
        where = joined("app", "installations", self._installation, "access_tokens")
        issued = decoded(exchange("POST", where, bearer, {"repositories": [self._name]}).body, _Issued)
        checked_token(issued.token)
        return issued

    def _signed(self, now: float) -> str:
        claims = {"iat": int(now) - _CLOCKS_DIFFER, "exp": int(now) + _JWT_LASTS, "iss": self._app_id}
        try:
            return jwt.encode(claims, self._key, algorithm="RS256")
        except (ValueError, TypeError, jwt.PyJWTError):
            # What it says may hold what was given as a key.
            raise CannotRun("The App's private key cannot be used: it must be an RSA key in PEM.") from None
