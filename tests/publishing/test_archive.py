"""An archive is the tree, the same bytes whoever packs it."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from repositories import Repository

from horde_reference.adapters.marker import MARKER
from horde_reference.workflows.build import Wishes, build

Run = Callable[..., Result]


@pytest.fixture
def tree(repository: Repository, tmp_path: Path) -> Path:
    build(repository.data, tmp_path / "public", Wishes(site=False))
    return tmp_path / "public"


def packed(run: Run, tree: Path, out: Path) -> bytes:
    done = run("publish", "archive", "--dir", tree, "--out", out)
    assert done.exit_code == 0, done.output
    return (out / "horde-models-2.tar.gz").read_bytes()


def test_it_holds_the_tree_and_nothing_of_who_packed_it(tree: Path, run: Run, tmp_path: Path) -> None:
    packed(run, tree, tmp_path / "dist")
    checked = subprocess.run(
        ["sha256sum", "--check", "horde-models-2.tar.gz.sha256"],
        cwd=tmp_path / "dist",
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    with tarfile.open(tmp_path / "dist/horde-models-2.tar.gz") as archive:
        members = archive.getmembers()
        archive.extractall(tmp_path / "out", filter="data")
    held = {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    del held[MARKER]
    assert {one.name.removeprefix("horde-models-2/") for one in members} == set(held)
    assert {path: (tmp_path / "out/horde-models-2" / path).read_bytes() for path in held} == held
    assert [one.name for one in members] == sorted(one.name for one in members)
    facts = {(one.uid, one.gid, one.uname, one.gname, one.mode, one.type) for one in members}
    assert facts == {(0, 0, "", "", 0o644, tarfile.REGTYPE)}
    assert len({one.mtime for one in members}) == 1


def test_it_is_the_same_wherever_and_whenever(
    repository: Repository, tree: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = packed(run, tree, tmp_path / "one")
    other = tmp_path / "elsewhere"
    shutil.copytree(repository.root, other / "clone")
    build(other / "clone/data", other / "tree", Wishes(site=False))
    for path in (other / "tree").rglob("*"):  # other times, other rights, no file a link of another
        if path.is_file():
            body = path.read_bytes()
            path.unlink()
            path.write_bytes(body)
            path.chmod(0o600)
            os.utime(path, (1, 1))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert packed(run, other / "tree", tmp_path / "two") == first


def test_what_no_build_left_so_is_not_packed(tree: Path, run: Run, tmp_path: Path) -> None:
    (tree / "api/heartbeat.json").write_text("{}")
    spoilt = run("publish", "archive", "--dir", tree, "--out", tmp_path / "dist")
    assert (spoilt.exit_code, "is not as a build leaves it" in spoilt.output) == (3, True)
    assert run("publish", "archive", "--dir", tmp_path / "none", "--out", tmp_path / "dist").exit_code == 3
    assert not (tmp_path / "dist").exists() or list((tmp_path / "dist").iterdir()) == []


def test_what_is_not_of_a_commit_is_not_packed(
    repository: Repository, run: Run, tmp_path: Path, write: Callable[..., Path]
) -> None:
    shutil.copytree(repository.root, tmp_path / "clone")
    write(tmp_path / "clone/data", "clip", "Not committed")
    write(tmp_path / "bare/data", "clip", "In no clone")
    for data in (tmp_path / "clone/data", tmp_path / "bare/data"):
        build(data, data.parent / "public", Wishes(site=False))
        done = run("publish", "archive", "--dir", data.parent / "public", "--out", tmp_path / "dist")
        assert (done.exit_code, "is not what a commit says" in done.output) == (3, True)
