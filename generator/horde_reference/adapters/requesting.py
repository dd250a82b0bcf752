"""What every asking over `requests` needs: it follows nobody, reads no more than it may, and says what failed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from email.utils import parsedate_to_datetime
from typing import Final

import requests
from urllib3.exceptions import DecodeError

from horde_reference.errors import Unreachable, Unsound

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS: Final = 5

_CHUNK: Final = 65536
_TIMES: Final = {1: "", 2: " twice", 3: " three times"}


class Session(requests.Session):
    """A session that sends what it is told to, to whom it is told to.

    It follows no redirect: `requests` would read the body of each to its end, if it has one. And it looks up no
    password: anything but `None` keeps those of a ~/.netrc from being sent.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self.headers.update(headers)
        self.auth = lambda request: request

    def get_redirect_target(self, resp: requests.Response) -> None:
        """No address to go on to."""


def body_of(response: requests.Response, largest: int, is_given_up: Callable[[], bool]) -> bytes:
    """The whole body of an answer that is streamed, decompressed.

    Raises:
        Unsound: it is larger than it may be, or cannot be decompressed.
        Unreachable: nobody waits for it any more.
    """
    found = bytearray()
    try:
        # A few bytes may stand for gigabytes: no more than a chunk is ever made of them at once.
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            found += chunk
            if len(found) > largest:
                raise Unsound(f"its answer has more than {largest} bytes")
            if is_given_up():
                raise Unreachable("nobody waits for the answer any more")
    except DecodeError:
        raise Unsound("its answer cannot be decompressed") from None
    return bytes(found)


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that a server asks to wait. Where it says a date, it also says what time it takes it to be."""
    value, now = headers.get("Retry-After", ""), headers.get("Date", "")
    try:
        if value.strip().isdecimal():
            return float(value)
        return max((parsedate_to_datetime(value) - parsedate_to_datetime(now)).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def in_words(error: BaseException) -> str:
    """Why a connection failed."""
    if isinstance(error, requests.Timeout | TimeoutError) or "timed out" in str(error):
        return "it did not answer in time"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return f"the connection failed ({cause.strerror})"
        cause = cause.__cause__ or cause.__context__
    return "the connection failed"


def in_short(reasons: Sequence[str]) -> str:
    """Why each of several attempts failed, every reason once."""
    return ", ".join(f"{reason}{_TIMES.get(number, f' {number} times')}" for reason, number in Counter(reasons).items())
