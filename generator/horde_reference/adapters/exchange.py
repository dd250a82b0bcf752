"""Put a finished folder in the place of an old one, in one step where the system can."""

import ctypes
import errno
import os
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_UNSUPPORTED: Final = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def exchange(new: Path, old: Path) -> None:
    """Swap two folders that exist. Readers see the one or the other, never a mixture.

    Linux does it in one step. Elsewhere there are two, with an instant between them in which `old` is not there.

    Raises:
        OSError: neither way works; then both folders are where they were.
    """
    if not _exchanged(new, old):
        aside = old.with_name(f".{old.name}.aside-{os.getpid()}")
        old.rename(aside)
        try:
            new.rename(old)
        except OSError:
            aside.rename(old)
            raise
        aside.rename(new)


def _exchanged(new: Path, old: Path) -> bool:
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(old))
