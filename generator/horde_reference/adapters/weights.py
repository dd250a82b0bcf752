"""Ask hosts what they know of weight files: heads of answers, and small files whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPResponse
from types import MappingProxyType
from typing import Final, TypeVar

from horde_reference.adapters.guarded import Network, Refused
from horde_reference.adapters.in_time import in_time
from horde_reference.adapters.polite import HEADERS, Clock, Manners
from horde_reference.errors import Unreachable
from horde_reference.proposals.weights import Answer, Standing, Weight, hashed, judged

SMALL: Final = 16 * 2**20
"""Bytes up to which a file is fetched to be hashed, where its host does not tell the hash."""

_MOST_REDIRECTS: Final = 5
_CHUNK: Final = 65536
_OK: Final = 200
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
# Addresses that are signed for GET refuse HEAD as if they were locked.
_NO_HEAD: Final = frozenset({403, 405, 501})
_PAUSE: Final = 0.1
# The bytes are to be those of the file.
_HEADERS: Final[Mapping[str, str]] = MappingProxyType({**HEADERS, "Accept": "*/*", "Accept-Encoding": "identity"})

T = TypeVar("T")


class _TryAgain(Exception):
    """A failure that may pass, and the seconds that the server asks to wait."""

    def __init__(self, message: str, pause: float = 0.0) -> None:
        super().__init__(message)
        self.pause = pause


@dataclass(frozen=True, slots=True)
class Scales:
    """Weighs files, one after the other."""

    clock: Clock
    network: Network = field(default_factory=Network)
    manners: Manners = field(default_factory=Manners)
    small: int = SMALL
    """Bytes up to which a file is fetched to be hashed."""

    def weigh(self, url: str) -> Weight:
        """What is known of the file at an address. What went wrong is part of the answer: nothing is raised."""
        self.clock.sleep(_PAUSE)
        try:
            return in_time(lambda: self._weighed(url), self.manners.answer)
        except TimeoutError:
            return Weight(standing=Standing.UNREACHABLE, why="did not answer in time")
        except Refused as error:
            return Weight(standing=Standing.REFUSED, why=str(error))
        except Unreachable as error:
            return Weight(standing=Standing.UNREACHABLE, why=str(error))

    def _weighed(self, url: str) -> Weight:
        for _ in range(_MOST_REDIRECTS + 1):
            found = judged(self._head(url))
            if isinstance(found, Weight):
                return self._completed(url, found)
            url = found.url
        return Weight(standing=Standing.UNREACHABLE, why="leads from one address to the next and to no file")

    def _completed(self, url: str, found: Weight) -> Weight:
        """The weight, with the hash of a file that is small enough to be fetched for it."""
        if found.standing is not Standing.UNTOLD or (found.size or 0) > self.small:
            return found
        return self._patiently(lambda: self._fetched(url, found))

    def _head(self, url: str) -> Answer:
        answer = self._patiently(lambda: self._asked("HEAD", url))
        return self._patiently(lambda: self._asked("GET", url)) if answer.status in _NO_HEAD else answer

    def _patiently(self, ask: Callable[[], T]) -> T:
        """What asking gives, after a pause once more where the failure may pass."""
        pause = self.manners.first_pause
        for _ in range(self.manners.attempts - 1):
            try:
                return ask()
            except _TryAgain as failure:
                if failure.pause > self.manners.longest_pause:
                    raise Unreachable(f"asks to be left alone for {failure.pause:.0f} s") from None
                self.clock.sleep(max(pause, failure.pause))
                pause = min(2 * pause, self.manners.longest_pause)
        try:
            return ask()
        except _TryAgain as failure:
            raise Unreachable(str(failure)) from None

    def _asked(self, method: str, url: str) -> Answer:
        """The head of an answer, whatever it says; its body is left where it is."""
        return self._exchanged(method, url, lambda response: _answer(url, response))

    def _fetched(self, url: str, found: Weight) -> Weight:
        return self._exchanged("GET", url, lambda response: self._hashed(found, response))

    def _exchanged(self, method: str, url: str, read: Callable[[HTTPResponse], T]) -> T:
        limits = {"connect": self.manners.connect, "read": self.manners.read}
        try:
            with self.network.asked(method, url, dict(_HEADERS), **limits) as response:
                if response.status in _BUSY:
                    raise _TryAgain(f"answered {response.status}", _seconds(response.headers.get("Retry-After", "")))
                return read(response)
        except Unreachable as error:
            raise _TryAgain(str(error)) from error

    def _hashed(self, found: Weight, response: HTTPResponse) -> Weight:
        """The weight of what is sent; as it was where that is no file, is cut off, or more than is fetched."""
        if response.status != _OK:
            return found
        digest, size = sha256(), 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > self.small:
                return found
            digest.update(chunk)
        # `length` is what is still to come of the bytes that were announced.
        return found if response.length or found.size not in (None, size) else hashed(found, digest.hexdigest(), size)


def _answer(url: str, response: HTTPResponse) -> Answer:
    return Answer(url, response.status, {name.lower(): value for name, value in response.headers.items()})


def _seconds(value: str) -> float:
    return float(value) if value.isascii() and value.isdecimal() else 0.0
