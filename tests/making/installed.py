"""Programs that tests install once and keep in `.cache/`."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

CACHE = Path(__file__).parent.parent.parent / ".cache"


def kept(name: str, install: Callable[[Path], CompletedProcess[str]]) -> Path:
    """The folder that a program is installed in. Of tests that run side by side, the first installs it."""
    home = CACHE / name
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "installed").is_file():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            done = install(home)
            if done.returncode:
                pytest.skip(f"{name} cannot be installed: {done.stderr[-300:]}")
            (home / "installed").touch()
    return home
