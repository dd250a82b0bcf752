"""Two builds of a commit are the same to the byte, wherever and whenever they are made."""

import ast
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from repositories import Repository

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "generator/horde_reference"
# The client does ask: how old is a copy? No build uses it, as a test below makes sure.
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if "client" not in path.relative_to(PACKAGE).parts]
# So does what fetches usage, and what asks GitHub: when was that? No build does, as the same test makes sure.
FETCHES = {PACKAGE / "workflows/usage.py", PACKAGE / "workflows/hub.py"}
CLOCKS = {"now", "today", "utcnow", "time_ns", "perf_counter", "localtime", "gmtime", "monotonic"}


def build(data: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, with nothing but these settings."""
    command = [sys.executable, "-m", "horde_reference", "build", "--data", str(data), "--out", str(out)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def fingerprint(out: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(out)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


PLACES = {
    "tokyo": {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "no locale": {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
    "turkish": {"TZ": "UTC", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"},
}


def test_zone_locale_and_chance_change_nothing(long_past: Repository, tmp_path: Path) -> None:
    trees = set()
    for place, settings in PLACES.items():
        done = build(long_past.data, tmp_path / place, PATH=os.environ["PATH"], HOME=str(tmp_path), **settings)
        assert done.returncode == 0, done.stderr
        trees.add(fingerprint(tmp_path / place))
    assert len(trees) == 1


def test_a_fresh_clone_in_another_place_gives_the_same_tree(long_past: Repository, tmp_path: Path) -> None:
    clone = tmp_path / "somewhere else"
    subprocess.run(["git", "clone", "--quiet", f"file://{long_past.root}", clone], check=True)
    for path in clone.rglob("*.json"):
        os.utime(path, (1, 1))
    for data, out in ((long_past.data, tmp_path / "one"), (clone / "data", tmp_path / "two")):
        assert build(data, out, PATH=os.environ["PATH"], HOME=str(tmp_path)).returncode == 0
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


SETTINGS = """
[diff]
renames = copies
orderFile = /dev/null
noprefix = true
[i18n]
logOutputEncoding = ISO-8859-1
[log]
showRoot = false
follow = true
date = relative
showSignature = true
mailmap = true
decorate = full
[core]
quotePath = true
abbrev = 4
[color]
ui = always
[status]
relativePaths = true
short = true
"""


def test_settings_of_whoever_builds_change_nothing(repository: Repository, tmp_path: Path) -> None:
    """Git shows a log as its user likes it; ours must not depend on that."""
    repository.author = "José"
    repository.write("clip", "one")
    repository.commit("Añadir")
    (tmp_path / ".gitconfig").write_text(SETTINGS)
    for home, out in ((tmp_path, tmp_path / "one"), (tmp_path / "nowhere", tmp_path / "two")):
        assert build(repository.data, out, PATH=os.environ["PATH"], HOME=str(home)).returncode == 0
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "two")


@pytest.mark.parametrize("path", MODULES, ids=[path.name for path in MODULES])
def test_nothing_asks_what_time_it_is(path: Path) -> None:
    """What was built on another day would differ. Files' own times may be read."""
    if path in FETCHES:
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            assert node.attr not in CLOCKS, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.Import):
            assert "time" not in {alias.name for alias in node.names}, f"{path.name}:{node.lineno}"
        if isinstance(node, ast.ImportFrom):
            assert node.module != "time", f"{path.name}:{node.lineno}"


def test_a_build_uses_nothing_that_asks() -> None:
    script = (
        "import sys, horde_reference.workflows.build\n"
        "asks = {'client', 'workflows.usage', 'workflows.hub'}\n"
        "names = {f'horde_reference.{one}' for one in asks} | {'requests'}\n"
        "print(sorted(names & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_git_everything_is_built_but_the_past(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.commit("Add one")
    done = build(repository.data, tmp_path / "public", PATH="")
    assert done.returncode == 0, done.stderr
    assert "[history-absent]" in done.stdout
    assert "git is not installed" in done.stdout
