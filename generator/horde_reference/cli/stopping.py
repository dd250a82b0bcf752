"""Ending when somebody says so, with what was begun."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event


@contextmanager
def stoppable() -> Iterator[Callable[[float], bool]]:
    """SIGTERM and SIGINT only say stop; gives what lets seconds pass, and returns whether that was said."""
    stop = Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop.wait
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
