"""Programs that tests install once and keep in `.cache/`."""

import fcntl
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

CACHE = Path(__file__).parent.parent.parent / ".cache"


def kept(name: str, install: Callable[[Path], CompletedProcess[str]]) -> Path:
    """The folder that a program is installed in. Of tests that run side by side, the first installs it."""
    home = CACHE / name.replace("/", "_")
    CACHE.mkdir(exist_ok=True)
    with home.with_name(f"{home.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "installed").is_file():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            done = install(home)
            if done.returncode:
                pytest.skip(f"{name} cannot be installed: {done.stderr[-300:]}")
            (home / "installed").touch()
    return home


def npm_install(package: str, home: Path) -> "CompletedProcess[str]":
    """Install a package, named with its version, into a folder."""
    if shutil.which("npm") is None:
        pytest.skip("needs npm, which is not installed")
    command = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", "--no-save", package]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def npm(package: str) -> Path:
    """The folder of a package from npm, named with its version."""
    return kept(package, lambda home: npm_install(package, home)) / "node_modules" / package.rpartition("@")[0]
