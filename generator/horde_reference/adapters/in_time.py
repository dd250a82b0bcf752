"""What takes no longer than it may, whatever it waits for."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")


def in_time(work: Callable[[], T], seconds: float) -> T:
    """What the work gives, done in a thread of its own; any error that ends it is raised here.

    The time-out of a socket begins anew with each byte, and looking up a host has none: only who waits elsewhere can
    stop waiting. The thread that is left behind ends with the process.

    Raises:
        TimeoutError: it is not done in time.
    """
    handed = _Handed[T]()
    Thread(target=handed.over, args=[work], daemon=True).start()
    return handed.result(max(seconds, 0.0))


class _Handed(Future[T], Generic[T]):
    """What a thread hands over: what its work gave, or the error that ended it."""

    def over(self, work: Callable[[], T]) -> None:
        with self:
            self.set_result(work())

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        if error is not None:
            self.set_exception(error)
        return True
