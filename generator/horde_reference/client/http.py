"""A published tree on any host that speaks HTTP."""

import time
from hashlib import sha256
from typing import Final

from horde_reference.client.deadline import Deadline
from horde_reference.client.source import Answer, Source
from horde_reference.client.transport import Transport
from horde_reference.errors import NotThere, Unsound
from horde_reference.formats import head as heads
from horde_reference.formats.head import Head

_MEGABYTE: Final = 1_000_000
_RECHECK: Final = 1.0
_BETWEEN: Final = " of "


class Http(Source):
    """Files below an address.

    The tree's head is asked first, with its ETag: while it is unchanged, so is all else, and nothing is sent. What
    is sent must be what the head says, to the byte. On a host without a head each file is asked for by itself.
    """

    def __init__(
        self,
        root: str,
        *,
        deadline: float = 10.0,
        attempts: int = 3,
        max_bytes: int = 64 * _MEGABYTE,
        verify: bool = True,
    ) -> None:
        """A source of the files below an address.

        Args:
            root: address of the public root, for example `https://models.aihorde.net`.
            deadline: seconds that reading a file may take, retries and pauses included.
            attempts: how often to ask before giving up; errors of the server and of the network are worth another.
            max_bytes: bytes that a file may have.
            verify: whether the host has a head to ask and to check files against.
        """
        self._transport = Transport(root, deadline=deadline, attempts=attempts, max_bytes=max_bytes)
        self._attempts = attempts
        self._verify = verify
        self._seen: _Seen | None = None

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The file at a path, see `Source`."""
        digest, between, validator = (tag or "").partition(_BETWEEN)
        deadline = self._transport.deadline()
        if not self._verify or path == heads.PATH:
            return self._transport.get(path, tag, deadline)
        seen = self._head(validator, deadline)
        if between and seen.exists and validator == seen.validator != "":
            return Answer(None, tag or "", seen.checked)
        seen = self._loaded(seen, deadline)
        if not seen.digest_of(path):  # there is no head, or it does not speak of single records
            return self._transport.get(path, None if between else tag, deadline)
        return self._verified(path, digest if between else "", seen, deadline)

    def _verified(self, path: str, digest: str, seen: "_Seen", deadline: Deadline) -> Answer:
        """A file that the head speaks of, or that it is still the one with a digest."""
        wanted = seen.digest_of(path)
        if digest == wanted:
            return Answer(None, f"{wanted}{_BETWEEN}{seen.validator}", seen.checked)
        # A cache on the way that still has the file as it was before does not know it under this address.
        for _ in range(self._attempts):
            answer = self._transport.get(path, None, deadline, f"?sha256={wanted[:16]}")
            found = sha256(answer.body or b"").hexdigest()
            if found == wanted:
                return Answer(answer.body, f"{wanted}{_BETWEEN}{seen.validator}", seen.checked)
            # Something was published meanwhile, or two caches on the way do not have the same edition.
            seen = self._seen = self._asked("", None, deadline)
            wanted = seen.digest_of(path)
            if found == wanted:
                return Answer(answer.body, f"{wanted}{_BETWEEN}{seen.validator}", seen.checked)
        raise Unsound(f"{self._transport.root}/{path} is not the file that {heads.PATH} speaks of.")

    def _head(self, validator: str, deadline: Deadline) -> "_Seen":
        """What the head is by now, or that the host has none."""
        seen = self._seen
        if seen is None or time.monotonic() - seen.at > _RECHECK:
            seen = self._seen = self._asked(seen.validator if seen else validator, seen, deadline)
        return seen

    def _asked(self, validator: str, before: "_Seen | None", deadline: Deadline) -> "_Seen":
        try:
            answer = self._transport.get(heads.PATH, validator or None, deadline)
        except NotThere:
            return _Seen("", None, time.time(), exists=False)
        if answer.body is None:
            return _Seen(validator, before.head if before else None, answer.checked)
        try:
            head = heads.decode(answer.body)
        except Unsound as error:
            raise Unsound(f"{self._transport.root}: {error}") from error
        return _Seen(answer.tag, head, answer.checked)

    def _loaded(self, seen: "_Seen", deadline: Deadline) -> "_Seen":
        """The same with the head itself: after a restart only its validator may be known."""
        if seen.head is None and seen.exists:
            seen = self._seen = self._asked("", None, deadline)
        return seen

    def expire(self) -> None:
        """Ask for the head at the next reading."""
        self._transport.expire()
        if self._seen:
            self._seen.at = float("-inf")

    def close(self) -> None:
        """Close the connections that are kept."""
        self._transport.close()

    def __del__(self) -> None:
        if transport := self.__dict__.get("_transport"):
            transport.close()

    def __str__(self) -> str:
        return self._transport.root


class _Seen:
    """A look at the head of a tree."""

    __slots__ = ("at", "checked", "exists", "head", "validator")

    def __init__(self, validator: str, head: Head | None, checked: float, *, exists: bool = True) -> None:
        self.validator = validator
        self.head = head
        self.checked = checked
        self.exists = exists
        self.at = time.monotonic()

    def digest_of(self, path: str) -> str:
        """SHA-256 that the head gives for a file; empty where it does not speak of it."""
        listed = self.head.files.get(path) if self.head else None
        return listed.sha256 if listed else ""
