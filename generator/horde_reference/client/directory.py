"""Files of a folder: of a built tree, or of a checkout of the records, as they are edited."""

import os
import time
from collections.abc import Iterator
from typing import Final

import msgspec

import horde_reference.version
from horde_reference.client.source import Answer, Source
from horde_reference.errors import NotThere, Unreachable
from horde_reference.formats.addresses import category_of
from horde_reference.records.categories import CATEGORIES

_SNAPSHOT: Final = os.path.join(os.path.dirname(horde_reference.version.__file__), "snapshot")  # noqa: PTH118, PTH120 - pathlib takes long to load


class Directory(Source):
    """A folder: `public/` as it was built, a checkout of this project, or a folder of records like its `data/`."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self._root = os.fspath(root)

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The file at a path, see `Source`. The records of a category are put together where only they are there."""
        now = time.time()
        try:
            return _file(os.path.join(self._root, path), tag, now)  # noqa: PTH118
        except (FileNotFoundError, NotADirectoryError):
            return Answer(_records(self._root, path), "", now)
        except OSError as error:
            raise Unreachable(f"{error.filename} cannot be read: {error.strerror}.") from error

    def __str__(self) -> str:
        return f"folder {self._root}"


class Snapshot(Directory):
    """The records that came with this package: always there, and as old as it is."""

    def __init__(self) -> None:
        super().__init__(_SNAPSHOT)

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The file at a path, see `Source`. Says that it stands in for what is published now."""
        answer = super().read(path, tag)
        failure = Unreachable("These are the records that came with the package.")
        return Answer(answer.body, answer.tag, os.path.getmtime(self._root), failure)  # noqa: PTH204

    def __str__(self) -> str:
        return "the snapshot"


def snapshot() -> Snapshot:
    """The records that came with this package."""
    return Snapshot()


def _file(path: str, tag: str | None, now: float) -> Answer:
    with open(path, "rb") as file:  # noqa: PTH123
        state = os.fstat(file.fileno())
        found = f"{state.st_mtime_ns} {state.st_size} {state.st_ino}"
        return Answer(None if tag == found else file.read(), found, now)


def _records(root: str, path: str) -> bytes:
    """The records of a category as one object by name, from a file for each."""
    category = category_of(path)
    data = os.path.join(root, "data")  # noqa: PTH118
    base = data if os.path.isdir(data) else root  # noqa: PTH112
    folder = os.path.join(base, category or "")  # noqa: PTH118
    if category is None or not any(os.path.isdir(os.path.join(base, name)) for name in CATEGORIES):  # noqa: PTH112, PTH118
        raise NotThere(f"The folder {root} has neither a file {path} nor records of such a category.")
    return b"{" + b",".join(filter(None, map(_member, _paths(folder)))) + b"}"


def _paths(folder: str) -> Iterator[str]:
    for inside, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.join(inside, name) for name in sorted(names) if name.endswith(".json"))  # noqa: PTH118


def _member(path: str) -> bytes:
    """A record as a member of an object: a text that says why, where it cannot be read; empty, if it is withdrawn."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            raw = file.read()
        stated = msgspec.json.decode(raw)
        return b"" if stated.get("withdrawn") else msgspec.json.encode(str(stated["name"])) + b":" + raw
    except (OSError, ValueError, AttributeError, KeyError, RecursionError) as error:
        return msgspec.json.encode(path) + b":" + msgspec.json.encode(f"It cannot be read: {error!r}")
