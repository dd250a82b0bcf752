"""Where copies of files are kept: in memory, on disk. That in Redis has a module of its own."""

import os
import threading
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from hashlib import sha256
from typing import Final
from urllib.parse import quote, unquote

_LONGEST_NAME: Final = 200
_DIGEST: Final = 64


class Kept:
    """A copy of a file."""

    __slots__ = ("body", "checked", "tag")

    def __init__(self, body: bytes, tag: str, checked: float) -> None:
        self.body = body
        """The file."""
        self.tag = tag
        """What its source gave for this state of it."""
        self.checked = checked
        """When its origin was last seen to have it so, in seconds since 1970."""


class Store(ABC):
    """Keeps copies of files by their paths. What cannot be kept or found is an `OSError`, which costs nobody data."""

    @abstractmethod
    def get(self, path: str) -> Kept | None:
        """The copy of a file; `None` where there is none."""

    @abstractmethod
    def put(self, path: str, kept: Kept) -> None:
        """Keep a copy in place of an earlier one, whole or not at all."""

    def confirm(self, path: str, kept: Kept) -> None:
        """Keep when a copy that is here already was checked again."""
        self.put(path, kept)

    @abstractmethod
    def remove(self, path: str) -> None:
        """Forget the copy of a file, if there is one."""

    @abstractmethod
    def clear(self) -> None:
        """Forget all copies."""


class MemoryStore(Store):
    """Keeps copies in this process."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def get(self, path: str) -> Kept | None:
        """The copy of a file."""
        return self._kept.get(path)

    def put(self, path: str, kept: Kept) -> None:
        """Keep a copy."""
        self._kept[path] = kept

    def remove(self, path: str) -> None:
        """Forget the copy of a file."""
        self._kept.pop(path, None)

    def clear(self) -> None:
        """Forget all copies."""
        self._kept.clear()


class DiskStore(Store):
    """Keeps copies in a folder, which any number of processes may share: a copy is a file that is replaced whole.

    A file's first line is the digest of its body and the tag; its time is when the copy was checked.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = os.fspath(folder)

    def get(self, path: str) -> Kept | None:
        """The copy of a file; `None` also where it is damaged."""
        try:
            with open(self._file(path), "rb") as file:  # noqa: PTH123 - pathlib takes long to load
                head, body = file.readline(), file.read()
                checked = os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return None
        digest, _, tag = head.decode(errors="replace").rstrip("\n").partition(" ")
        return Kept(body, unquote(tag), checked) if digest == sha256(body).hexdigest() else None

    def put(self, path: str, kept: Kept) -> None:
        """Keep a copy."""
        os.makedirs(self._folder, exist_ok=True)  # noqa: PTH103
        draft = os.path.join(self._folder, f".{os.getpid()}-{threading.get_ident()}-{time.monotonic_ns()}")  # noqa: PTH118
        try:
            with open(draft, "xb") as file:  # noqa: PTH123
                file.write(f"{sha256(kept.body).hexdigest()} {quote(kept.tag)}\n".encode())
                file.write(kept.body)
            os.utime(draft, (kept.checked, kept.checked))
            os.replace(draft, self._file(path))  # noqa: PTH105
        finally:
            with suppress(FileNotFoundError):  # it is in its place
                os.unlink(draft)  # noqa: PTH108

    def confirm(self, path: str, kept: Kept) -> None:
        """Keep when a copy was checked; one that another process replaced meanwhile is newer in any case."""
        os.utime(self._file(path), (kept.checked, kept.checked))

    def remove(self, path: str) -> None:
        """Forget the copy of a file."""
        with suppress(FileNotFoundError):
            os.unlink(self._file(path))  # noqa: PTH108

    def clear(self) -> None:
        """Forget all copies; what else lies in the folder stays."""
        for name in os.listdir(self._folder) if os.path.isdir(self._folder) else ():  # noqa: PTH208, PTH112
            file = os.path.join(self._folder, name)  # noqa: PTH118
            if _is_copy(file):
                with suppress(FileNotFoundError):  # another process may forget as well
                    os.unlink(file)  # noqa: PTH108

    def _file(self, path: str) -> str:
        name = quote(path, safe=" ")
        if len(name) > _LONGEST_NAME:
            name = sha256(path.encode()).hexdigest()
        return os.path.join(self._folder, name)  # noqa: PTH118

    def __str__(self) -> str:
        return self._folder


def _is_copy(file: str) -> bool:
    """Whether a file begins as those of a `DiskStore` do: with a digest."""
    try:
        with open(file, "rb") as opened:  # noqa: PTH123
            digest, blank, _ = opened.read(_DIGEST + 1).partition(b" ")
    except OSError:  # a folder, or gone by now
        return False
    return len(digest) == _DIGEST and blank == b" " and digest.isalnum()
