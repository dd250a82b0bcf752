"""The documentation as mkdocs makes it, once for all tests that need it and for as long as nothing in it changes."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SITE = ROOT / "site"
CACHE = ROOT / ".cache"
# For a workflow's step: what was made stands in for what it would make, which takes it longer than all else.
_IN_PLACE_OF_MAKE = """
if [ "$*" = docs ]; then mkdir -p .cache; exec cp -r {made} .cache/docs; fi
exec {make} "$@"
"""


def sources() -> Iterator[Path]:
    """All that it is made from."""
    yield ROOT / "mkdocs.yml"
    yield from sorted(path for path in SITE.rglob("*") if path.is_file())
    yield from sorted((ROOT / "generator").rglob("*.py"))


def digest() -> str:
    found = sha256()
    for path in sources():
        found.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def made_docs() -> Path:
    """The folder that it is in. Of tests that run side by side, the first makes it."""
    CACHE.mkdir(exist_ok=True)
    home = CACHE / f"tested-docs-{digest()}"
    with (CACHE / "tested-docs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.is_dir():
            for old in CACHE.glob("tested-docs-*/"):
                shutil.rmtree(old)
            draft = CACHE / "tested-docs-draft"
            make(draft)
            draft.rename(home)
    return home


def make(into: Path) -> None:
    """Run mkdocs, for which any broken link is an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(into)]
    environment = {**os.environ, "DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def in_place_of_make() -> str:
    """What stands in for `make` where a workflow makes the documentation."""
    return _IN_PLACE_OF_MAKE.format(made=made_docs(), make=shutil.which("make"))
