"""A folder to build in, beside the one that it will replace."""

import fcntl
import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from horde_reference.adapters.exchange import exchange


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `out` if all goes well, and is removed if not.

    Raises:
        OSError: a folder cannot be made or swapped; `out` is as it was.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(mkdtemp(prefix=f".{out.name}.building-", dir=out.parent))
    lock = _lock(stage)
    try:
        stage.chmod(0o777 & ~_umask())
        yield stage
        out.mkdir(exist_ok=True)
        exchange(stage, out)
    finally:
        # The old tree after the swap, the unfinished new one after a failure.
        shutil.rmtree(stage, ignore_errors=True)
        os.close(lock)


def sweep(out: Path) -> None:
    """Remove what builds that were killed left beside a tree, and put back what one had moved aside."""
    out = out.resolve()
    for left in out.parent.glob(f".{glob.escape(out.name)}.aside-*"):
        if not out.exists():
            left.rename(out)
        else:
            shutil.rmtree(left, ignore_errors=True)
    for left in out.parent.glob(f".{glob.escape(out.name)}.building-*"):
        try:
            os.close(_lock(left))
        except OSError:  # its build is still at work
            continue
        shutil.rmtree(left, ignore_errors=True)


def _lock(folder: Path) -> int:
    """Hold a folder for as long as the returned descriptor is open; the system lets go when its process ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
