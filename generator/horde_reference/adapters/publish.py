"""Write a published tree: the whole of it beside the old one, then both swapped in one step.

A build that is interrupted, or runs out of disk, leaves the old tree as it was. Files that did not change are linked
into the new tree, not written: they keep their times, so that uploads and caches see what really changed. An answer
that has several addresses is written once and linked to the others.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from horde_reference.adapters.marker import MARKER, Marker, read_marker
from horde_reference.adapters.stage import staged
from horde_reference.errors import CannotRun, OutputNotOurs
from horde_reference.tree import Body, Digests, Emitted, checked_path, pieces

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a tree changed."""

    files: int
    """Files in the tree, the marker aside."""
    written: int
    """Files that are new or have other bytes than before."""
    removed: int
    """Files that were there and are no longer."""


def is_untouched(out: Path, said: Marker) -> bool:
    """Whether a tree's files still are, byte for byte, those that were written."""
    return _digest({path: _digest_of(out / path) for path in listed(out)}) == said.outputs


def listed(folder: Path, prefix: str = "") -> Iterator[str]:
    """Paths of the files below a folder, the marker left out; in no order.

    Args:
        folder: the folder.
        prefix: what the paths begin with.
    """
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from listed(Path(entry.path), f"{prefix}{entry.name}/")
        elif prefix or entry.name != MARKER:
            yield prefix + entry.name


def _digest_of(path: Path) -> bytes:
    digest = sha256()
    file = os.open(path, os.O_RDONLY)
    try:
        while piece := os.read(file, _CHUNK):
            digest.update(piece)
    finally:
        os.close(file)
    return digest.digest()


def _digest(digests: Mapping[str, bytes]) -> str:
    return sha256(b"".join([os.fsencode(path) + b"\0" + digests[path] for path in sorted(digests)])).hexdigest()


def write_tree(files: Iterable[Emitted], out: Path, marker: Marker, digests: Digests) -> Written:
    """Make `out` hold exactly these files and a marker, all at once.

    Args:
        files: what to write.
        out: the folder.
        marker: what is to be said of the tree.
        digests: may know some of the bodies already.

    Raises:
        OutputNotOurs: `out` holds files that no build made; it is as it was.
        CannotRun: the disk is full or a folder cannot be written; `out` is as it was.
        UnsafePath: a path would leave the tree; `out` is as it was.
    """
    out = out.resolve()
    try:
        with staged(out) as stage:
            return _fill(stage, out, _Writer(stage, out, digests), files, marker)
    except OSError as error:
        raise CannotRun(f"{out} cannot be written: {error.strerror or error}. It is as it was.") from error


def _fill(stage: Path, out: Path, writer: "_Writer", files: Iterable[Emitted], marker: Marker) -> Written:
    for path, body in files:
        writer.add(checked_path(path), body)
    gone = writer.present - writer.digests.keys()
    _refuse_foreign(out, gone, {path.partition("/")[0] for path in writer.digests})
    done = Written(len(writer.digests), writer.written, len(gone))
    writer.add(MARKER, replace(marker, files=done.files, outputs=_digest(writer.digests)).encode())
    if out.is_dir():
        shutil.copymode(out, stage)
    return done


def _refuse_foreign(out: Path, gone: AbstractSet[str], ours: AbstractSet[str]) -> None:
    """Only what lies in our own folders may be removed, and all of a tree that is as a build left it."""
    foreign = sorted(path for path in gone if path.partition("/")[0] not in ours)
    said = read_marker(out) if foreign else None
    if foreign and not (said and is_untouched(out, said)):
        raise OutputNotOurs(
            f"{out} holds {', '.join(foreign[:3])}, which this tool did not make and would remove. "
            "Take it out, or build into another folder."
        )


class _Writer:
    """Writes files into a new tree, or links them from the old one where they did not change."""

    def __init__(self, stage: Path, old: Path, digests: Digests) -> None:
        self.present: AbstractSet[str] = set(listed(old)) if old.is_dir() else set()
        self.digests: dict[str, bytes] = {}
        self.written = 0
        self._digests = digests
        self._stage = str(stage)
        self._old = str(old)
        self._folders: set[str] = {""}
        self._last: tuple[Body | None, str] = None, ""

    def add(self, path: str, body: Body) -> None:
        self._make_folder(path.rpartition("/")[0])
        self.digests[path] = self._digests.of(body)
        target = f"{self._stage}/{path}"
        if path in self.present and _holds(old := f"{self._old}/{path}", body) and _linked(old, target):
            return
        if not (body is self._last[0] and _linked(self._last[1], target)):
            _write(target, body)
            self._last = body, target
        self.written += 1

    def _make_folder(self, folder: str) -> None:
        if folder not in self._folders:
            self._make_folder(folder.rpartition("/")[0])
            os.mkdir(f"{self._stage}/{folder}")  # noqa: PTH102
            self._folders.add(folder)


def _linked(source: str, target: str) -> bool:
    """Give a file another name, if the file system has links."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _write(path: str, body: Body) -> None:
    file = os.open(path, _CREATE, 0o666)
    try:
        for piece in pieces(body):
            done = os.write(file, piece)
            while done < len(piece):
                done += os.write(file, memoryview(piece)[done:])
    finally:
        os.close(file)


def _holds(path: str, body: Body) -> bool:
    """Whether a file has these bytes."""
    file = os.open(path, os.O_RDONLY)
    try:
        return all(os.read(file, len(piece)) == piece for piece in pieces(body)) and not os.read(file, 1)
    finally:
        os.close(file)
