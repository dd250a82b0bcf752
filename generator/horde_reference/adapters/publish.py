"""Write a published tree: the whole of it beside the old one, then both swapped in one step.

A build that is interrupted, or runs out of disk, leaves the old tree as it was. Files that did not change are linked
into the new tree, not written: they keep their times, so that uploads and caches see what really changed.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from horde_reference.adapters.exchange import exchange
from horde_reference.errors import CannotRun, OutputNotOurs
from horde_reference.tree import Body, Emitted, checked_path, pieces

MARKER: Final = ".horde-reference.json"
"""File in the root of each tree that says that we made it, and from what."""

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a tree changed."""

    files: int
    """Files in the tree, the marker aside."""
    written: int
    """Files that are new or have other bytes than before."""
    removed: int
    """Files that were there and are no longer."""


def read_marker(out: Path) -> dict[str, Any] | None:
    """What the marker of a tree says; `None` where there is no tree yet.

    Raises:
        OutputNotOurs: the folder holds files and no marker of ours, or is no folder.
    """
    marker = out / MARKER
    if marker.is_file():
        try:
            said: dict[str, Any] = json.loads(marker.read_bytes())
        except ValueError:
            raise OutputNotOurs(f"{marker} is not JSON. Remove the folder {out}, or build into another.") from None
        return said
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputNotOurs(
            f"{out} holds files that this tool did not make; it would replace them. Build into another folder."
        )
    return None


def is_untouched(out: Path, said: Mapping[str, Any]) -> bool:
    """Whether a tree's files still are those that were written, by their paths and sizes and that none is newer."""
    newest = (out / MARKER).stat().st_mtime_ns
    present = dict(_listed(out, ""))
    if any(status.st_mtime_ns > newest for status in present.values()):
        return False
    return _digest({path: status.st_size for path, status in present.items()}) == said.get("outputs")


def _listed(folder: Path, prefix: str) -> Iterator[tuple[str, os.stat_result]]:
    """Files below a folder, the marker left out."""
    with os.scandir(folder) as entries:
        listed = list(entries)
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            yield from _listed(Path(entry.path), f"{prefix}{entry.name}/")
        elif prefix or entry.name != MARKER:
            yield prefix + entry.name, entry.stat(follow_symlinks=False)


def write_tree(files: Iterable[Emitted], out: Path, marker: Mapping[str, Any]) -> Written:
    """Make `out` hold exactly these files and a marker with what is given, all at once.

    Raises:
        CannotRun: the disk is full or a folder cannot be written; `out` is as it was.
        UnsafePath: a path would leave the tree; `out` is as it was.
    """
    out = out.resolve()
    stage = out.with_name(f".{out.name}.building-{os.getpid()}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        stage.mkdir()
        try:
            written = _fill(stage, out, files, marker)
            out.mkdir(exist_ok=True)
            exchange(stage, out)
        finally:
            # The old tree after the swap, the unfinished new one after a failure.
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise CannotRun(f"{out} cannot be written: {error.strerror or error}. It is as it was.") from error
    return written


def sweep(out: Path) -> None:
    """Remove what builds that were killed left beside the tree."""
    out = out.resolve()
    for stage in out.parent.glob(f".{out.name}.building-*"):
        owner = stage.name.rpartition("-")[2]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(stage, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _fill(stage: Path, out: Path, files: Iterable[Emitted], marker: Mapping[str, Any]) -> Written:
    old = {path for path, _ in _listed(out, "")} if out.is_dir() else set()
    writer = _Writer(str(stage), str(out), old)
    for path, body in files:
        writer.add(checked_path(path), body)
    done = Written(len(writer.sizes), writer.written, len(old - writer.sizes.keys()))
    said = {"made_by": "horde-reference", **marker, "files": done.files, "outputs": _digest(writer.sizes)}
    writer.add(MARKER, json.dumps(said, indent=2).encode() + b"\n")
    return done


def _digest(sizes: Mapping[str, int]) -> str:
    digest = sha256()
    for path in sorted(sizes):
        digest.update(f"{path}\0{sizes[path]}\n".encode())
    return digest.hexdigest()


class _Writer:
    """Writes files into a new tree, or links them from the old one where they did not change."""

    def __init__(self, stage: str, old: str, present: AbstractSet[str]) -> None:
        self.sizes: dict[str, int] = {}
        self.written = 0
        self._stage = stage
        self._old = old
        self._present = present
        self._folders: set[str] = {""}

    def add(self, path: str, body: Body) -> None:
        self._make_folder(path.rpartition("/")[0])
        target = f"{self._stage}/{path}"
        self.sizes[path] = sum(map(len, pieces(body)))
        if path in self._present and _holds(f"{self._old}/{path}", body):
            os.link(f"{self._old}/{path}", target)
            return
        file = os.open(target, _CREATE, 0o666)
        try:
            for piece in pieces(body):
                rest = memoryview(piece)
                while rest:
                    rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        self.written += 1

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            self._make_folder(folder.rpartition("/")[0])
            Path(f"{self._stage}/{folder}").mkdir()
            self._folders.add(folder)


def _holds(path: str, body: Body) -> bool:
    """Whether a file has these bytes."""
    file = os.open(path, os.O_RDONLY)
    try:
        return all(os.read(file, len(piece)) == piece for piece in pieces(body)) and not os.read(file, 1)
    finally:
        os.close(file)
