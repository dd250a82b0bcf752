"""What GitHub replies: what it says is wrong, when it wants to be asked again, where a list goes on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

from horde_reference.adapters.github.errors import REFUSALS, Refused
from horde_reference.adapters.requesting import retry_after
from horde_reference.adapters.secrecy import shown
from horde_reference.formats.json_reading import NotJson, loads

_LIMITED: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS})
# What GitHub asks for where it names no time.
_A_MINUTE: Final = 60.0
# No limit lasts longer. Whoever says so has another clock.
_LONGEST: Final = 86400.0
_NEXT: Final = re.compile(r'<([^<>]*)>\s*;[^,<]*\brel="?next"?')
_MOST_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def next_page(self) -> str | None:
        """Address of the next part of a list."""
        found = _NEXT.search(self.headers.get("Link", ""))
        return found[1] if found else None

    def refusal(self, request: str, token: str | None) -> Refused:
        """The error that a reply stands for which says no. It does not show the token, even if the reply does."""
        said = _object(self.body)
        message, faults = said.get("message"), [shown(fault, token) for fault in _faults(said)]
        kind = REFUSALS.get(self.status, Refused)
        return kind(request, self.status, shown(message, token) if isinstance(message, str) else "", faults)

    def limited_until(self, now: float) -> float | None:
        """When to ask again, in seconds since 1970; `None` if it is not about a rate limit."""
        if self.status not in _LIMITED:
            return None
        seconds = self._left_alone_for(now)
        return None if seconds is None else now + min(seconds, _LONGEST)

    def _left_alone_for(self, now: float) -> float | None:
        if "Retry-After" in self.headers:
            return retry_after(self.headers)
        reset = self.headers.get("X-RateLimit-Reset", "")
        if self.headers.get("X-RateLimit-Remaining") == "0" and reset.isdecimal():
            # Their clock and ours may differ: they also say what time it is.
            return max(float(reset) - self._sent(now), 0.0)
        if self.status == HTTPStatus.TOO_MANY_REQUESTS or b"secondary rate limit" in self.body:
            return _A_MINUTE
        return None

    def _sent(self, now: float) -> float:
        try:
            return parsedate_to_datetime(self.headers.get("Date", "")).timestamp()
        except (ValueError, TypeError, OverflowError):
            return now


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = loads(body)
    except NotJson:
        return {}
    return found if isinstance(found, dict) else {}


def _faults(said: Mapping[str, Any]) -> Iterator[str]:
    """What GitHub finds wrong with which field. It has three ways of saying so."""
    found = said.get("errors")
    for fault in found[:_MOST_FAULTS] if isinstance(found, list) else [found]:
        if isinstance(fault, str):
            yield fault
        elif isinstance(fault, dict):
            yield " ".join(str(fault[key]) for key in ("resource", "field", "code", "message") if fault.get(key))
