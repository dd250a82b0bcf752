"""A built tree as one file: the same bytes for the same tree, whoever packs it, when, and on which machine."""

import gzip
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from horde_reference.adapters.marker import read_marker
from horde_reference.adapters.publish import is_untouched, listed
from horde_reference.errors import CannotRun

_MODE: Final = 0o644


def pack(tree: Path, into: Path, folder: str, time: int) -> str:
    """Write an archive of a tree, whole or not at all; returns its SHA-256 in hexadecimal.

    Args:
        tree: what a build made.
        into: the archive, which takes the place of one that is there.
        folder: folder in the archive that everything lies in.
        time: when all of it was made, in seconds since 1970.

    Raises:
        CannotRun: the tree is not as a build left it, or the archive cannot be written.
        OutputNotOurs: no build made it.
    """
    said = read_marker(tree)
    if said is None or not is_untouched(tree, said):
        raise CannotRun(f"{tree} is not as a build leaves it. Build it, then pack it.")
    try:
        with _written_whole(into) as draft:
            _pack(tree, draft, folder, time)
            return sha256(draft.read_bytes()).hexdigest()
    except OSError as error:
        raise CannotRun(f"{into} cannot be written: {error.strerror or error}.") from error


@contextmanager
def _written_whole(into: Path) -> Iterator[Path]:
    """A file that takes the place of another if all goes well."""
    into.parent.mkdir(parents=True, exist_ok=True)
    draft = into.with_name(f".{into.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(into)
    finally:
        draft.unlink(missing_ok=True)


def _pack(tree: Path, into: Path, folder: str, time: int) -> None:
    # The name and the time of the file that is packed would stand in it.
    with (
        into.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in sorted(listed(tree)):
            body = (tree / path).read_bytes()
            archive.addfile(_member(f"{folder}/{path}", len(body), time), io.BytesIO(body))


def _member(path: str, size: int, time: int) -> tarfile.TarInfo:
    """A file that is nobody's, and no link: which files are one on this disk is its own affair."""
    member = tarfile.TarInfo(path)
    member.size, member.mtime, member.mode = size, time, _MODE
    return member
