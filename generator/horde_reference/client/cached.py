"""A source with a memory: asks no more often than it must, and is never without what it once had."""

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Final, TypeVar

from horde_reference.client.guard import MAX_SHRINK, refuse_unsound
from horde_reference.client.source import Answer, Source, ask
from horde_reference.client.stores import Kept, Store
from horde_reference.errors import NotThere, Unread

ResultT = TypeVar("ResultT")


class Cached(Source):
    """Keeps copies of what another source answers.

    A copy is given while it is fresh. After that the source is asked, and where that fails, or the answer is not
    sound, the copy is given all the same: `Answer.checked` says how old it is. Only where there is no copy does an
    error come through. A store that fails costs speed, never data.
    """

    def __init__(  # noqa: PLR0913 - what has a default is rarely stated
        self,
        source: Source,
        store: Store,
        *,
        ttl: float | None = 60.0,
        max_shrink: float = MAX_SHRINK,
        pause: float = 10.0,
        forget_missing: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """A source that remembers.

        Args:
            source: where files come from.
            store: where copies are kept.
            ttl: seconds for which a copy is given without asking; `None` for until `expire` is called.
            max_shrink: share of its records that a category may lose at once.
            pause: seconds for which a source or store that failed is not asked again, where it can be done without.
            forget_missing: whether the copy of a file goes when the source says that there is no such file any more.
            clock: seconds since 1970.
        """
        self._source = source
        self._store = store
        self._ttl = ttl
        self._max_shrink = max_shrink
        self._pause = pause
        self._clock = clock
        self._forget_missing = forget_missing
        self._locks: dict[int, threading.Lock] = {}
        self._round = 0
        self._asked: dict[str, int] = {}
        self._failed: dict[str, tuple[float, Unread]] = {}
        self._stand_ins: set[str] = set()
        self._unkept: dict[str, OSError] = {}
        self._store_rests_until = 0.0

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The file at a path, see `Source`."""
        kept = self._copy(path)
        if kept is None or not self._is_fresh(path, kept):
            kept = self._renewed(path, kept)
        return Answer(None if tag and tag == kept.tag else kept.body, kept.tag, kept.checked, self.failure(path))

    def failure(self, path: str) -> Unread | None:
        """Why a file could not be checked when it was last tried; `None` if it could."""
        return self._failed[path][1] if path in self._failed else None

    @property
    def store_failure(self) -> OSError | None:
        """Why a copy could not be kept or looked for; `None` where all could, when it was last tried."""
        return next(iter(self._unkept.values()), None)

    def expire(self) -> None:
        """Ask the source at the next reading of each file."""
        self._round += 1
        self._failed.clear()
        self._store_rests_until = 0.0
        self._source.expire()

    def invalidate(self) -> None:
        """Forget all copies, for all who share the store."""
        self.expire()
        self._store.clear()

    def close(self) -> None:
        """Pass it on."""
        self._source.close()

    def _is_fresh(self, path: str, kept: Kept) -> bool:
        # A copy from the future says that a clock went wrong, and nothing of how old it is.
        age = self._clock() - kept.checked
        in_time = self._ttl is None or 0 <= age < self._ttl
        return in_time and self._asked.get(path, 0) == self._round

    def _renewed(self, path: str, kept: Kept | None) -> Kept:
        """The file as the source has it now, or else the copy. Who comes while it is asked gets the copy at once."""
        # A process that was forked while a lock was held would wait for it for ever: each has its own.
        lock = self._locks.setdefault(os.getpid(), threading.Lock())
        if kept is None:
            lock.acquire()
        elif not lock.acquire(blocking=False):
            return kept
        try:
            # Whoever held the lock may have brought it.
            kept = kept or self._copy(path)
            if kept and (self._is_fresh(path, kept) or self._is_pausing(path)):
                return kept
            return self._asked_for(path, kept)
        finally:
            lock.release()

    def _is_pausing(self, path: str) -> bool:
        return path in self._failed and time.monotonic() < self._failed[path][0]

    def _asked_for(self, path: str, kept: Kept | None) -> Kept:
        asked = self._round
        try:
            answer = ask(self._source, path, _known(kept))
            if answer.body is not None:
                refuse_unsound(path, answer.body, kept.body if kept else None, self._max_shrink)
        except Unread as failure:
            self._note(path, failure)
            if kept is None or (self._forget_missing and isinstance(failure, NotThere)):
                self._forget(path)
                raise
            return kept
        self._note(path, answer.failure)
        self._asked[path] = asked
        if answer.failure and answer.body is not None and kept and path not in self._stand_ins:
            return kept  # what came from where it should is better than what stands in for it
        if answer.failure is None:
            self._stand_ins.discard(path)
        elif answer.body is not None:
            self._stand_ins.add(path)
        return self._stored(path, answer, kept)

    def _note(self, path: str, failure: Unread | None) -> None:
        if failure is None:
            self._failed.pop(path, None)
        else:
            self._failed[path] = time.monotonic() + self._pause, failure

    def _stored(self, path: str, answer: Answer, before: Kept | None) -> Kept:
        if answer.body is None and before is not None:
            kept = Kept(before.body, answer.tag, answer.checked)
            keep = self._store.confirm if before.tag == answer.tag else self._store.put
        else:
            body = answer.body or b""
            kept, keep = Kept(body, answer.tag or _tag_of(body), answer.checked), self._store.put
        self._with_store(path, partial(keep, path, kept))
        return kept

    def _copy(self, path: str) -> Kept | None:
        return self._with_store(path, partial(self._store.get, path))

    def _forget(self, path: str) -> None:
        self._with_store(path, partial(self._store.remove, path))

    def _with_store(self, path: str, work: Callable[[], ResultT]) -> ResultT | None:
        """What the store gives. One that fails (a full disk, a server that is gone) rests, and costs no data."""
        if time.monotonic() < self._store_rests_until:
            return None
        try:
            result = work()
        except OSError as failure:
            self._unkept[path] = failure
            self._store_rests_until = time.monotonic() + self._pause
            return None
        self._unkept.pop(path, None)
        return result

    def __str__(self) -> str:
        return str(self._source)


# Tags of our own, for files of sources that give none: whoever asks here learns that nothing changed all the same.
_OURS: Final = "sha256 "


def _tag_of(body: bytes) -> str:
    return _OURS + sha256(body).hexdigest()


def _known(kept: Kept | None) -> str | None:
    """The tag to ask the source with: only one that it gave itself."""
    return kept.tag if kept and not kept.tag.startswith(_OURS) else None
