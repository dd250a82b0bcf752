"""Read a file that somebody else may have put there: only a plain one, and never more than it may hold."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from horde_reference.errors import Unsound

_OPEN_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


@contextmanager
def opened(path: str | Path, flags: int, folder: int | None = None) -> Iterator[int]:
    """A descriptor, for as long as it is used."""
    descriptor = os.open(path, flags, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def read_plain(path: str | Path, limit: int, folder: int | None = None) -> bytes:
    """Bytes of a plain file; a link could lead anywhere, and a pipe never end.

    Args:
        path: of the file, or its name in the folder.
        limit: bytes that it may have.
        folder: descriptor of a folder.

    Raises:
        Unsound: it is no plain file, or too large.
        OSError: it is not there, is a link, or cannot be read.
    """
    with opened(path, _OPEN_FILE, folder) as descriptor:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unsound("it is not a plain file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            raw = file.read(limit + 1)
    if len(raw) > limit:
        raise Unsound(f"it has more than {limit // 2**20} MiB")
    return raw
