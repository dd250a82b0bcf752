"""What GitHub says when it does not do what it is asked to.

    CannotRun
    ├── Refused          it says no: with its message, and what is wrong with which field
    │   ├── NotKnown     401: the token or key is wrong, expired or withdrawn
    │   ├── NotAllowed   403: the token may not do this
    │   ├── Missing      404, 410: there is no such thing, or the token may not see it
    │   ├── Conflicting  405, 409: it is not possible now, as something changed or is in the way
    │   └── Invalid      422: it is not possible as it was asked
    └── RateLimited      too much was asked; it says when to try again

`errors.Unreachable` where there was no answer, `errors.Unsound` where it is not what it should be.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from horde_reference.errors import CannotRun


class Refused(CannotRun):
    """GitHub says no.

    Attributes:
        status: the HTTP status.
        said: GitHub's message.
        faults: what is wrong with which field, in GitHub's words.
    """

    def __init__(self, request: str, status: int, said: str, faults: Sequence[str] = ()) -> None:
        why = "; ".join((said or "it does not say why", *faults)).rstrip(".")
        super().__init__(f"GitHub refuses {request} with {status}: {why}.")
        self.status = status
        self.said = said
        self.faults = tuple(faults)


class NotKnown(Refused):
    """The token or key is wrong, expired or withdrawn."""


class NotAllowed(Refused):
    """The token may not do this."""


class Missing(Refused):
    """There is no such thing, or the token may not see it."""


class Conflicting(Refused):
    """It is not possible now: something changed, or is in the way."""


class Invalid(Refused):
    """It is not possible as it was asked."""


class RateLimited(CannotRun):
    """Too much was asked, by us or by others with the same token.

    Attributes:
        until: when to try again.
    """

    def __init__(self, until: datetime) -> None:
        super().__init__(f"GitHub's rate limit is used up. Try again after {until:%Y-%m-%d %H:%M:%S} UTC.")
        self.until = until


REFUSALS: Final[Mapping[int, type[Refused]]] = MappingProxyType(
    {401: NotKnown, 403: NotAllowed, 404: Missing, 405: Conflicting, 409: Conflicting, 410: Missing, 422: Invalid}
)
"""Errors by the status that they stand for; any other is a `Refused`."""
