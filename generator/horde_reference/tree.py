"""A tree of files as a value: path → bytes. Emitters make it, hosts map it, tests compare it."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from horde_reference.errors import UnsafePath


@dataclass(frozen=True, slots=True)
class Members:
    """A large JSON object as the texts of its members, so that nobody has to hold or parse it whole."""

    texts: tuple[bytes, ...]
    """Texts of one or more members each, without braces and without a comma at their ends."""
    closing: bytes
    """What follows the last member."""

    def __bytes__(self) -> bytes:
        """The whole file."""
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """The file piece by piece."""
        if not self.texts:
            yield b"{}\n"
            return
        for place, text in enumerate(self.texts):
            yield b"," if place else b"{"
            yield text
        yield self.closing

    def objects(self) -> Iterator[bytes]:
        """Objects that have the members between them, each small enough to parse."""
        return (b"{" + text + b"}" for text in self.texts)


Body: TypeAlias = bytes | Members
"""What a file holds."""

File: TypeAlias = tuple[str, bytes]
"""Path relative to the tree's root, parts joined by `/`, and the file's bytes."""

Emitted: TypeAlias = tuple[str, Body]
"""A file as an emitter makes it: `bytes(body)` is what is written."""


def pieces(body: Body) -> Iterator[bytes]:
    """A file's bytes piece by piece."""
    return body.pieces() if isinstance(body, Members) else iter((body,))


def size_of(body: Body) -> int:
    """A file's bytes, counted."""
    return sum(map(len, body.pieces())) if isinstance(body, Members) else len(body)


class Digests:
    """SHA-256 of bodies. One that is asked for again right away, here or elsewhere, is not read again."""

    def __init__(self) -> None:
        self._last: tuple[Body | None, bytes] = None, b""

    def of(self, body: Body) -> bytes:
        """The digest of a body, 32 bytes."""
        if body is not self._last[0]:
            self._last = body, _digest(body)
        return self._last[1]


def _digest(body: Body) -> bytes:
    if not isinstance(body, Members):
        return sha256(body).digest()
    digest = sha256()
    for piece in body.pieces():
        digest.update(piece)
    return digest.digest()


def checked_path(path: str) -> str:
    """The path itself.

    Raises:
        UnsafePath: it is absolute, empty, holds a NUL, or has a part that would leave the root.
    """
    bounded = f"/{path}/"
    if "//" in bounded or "\0" in path or ("/." in bounded and ("/./" in bounded or "/../" in bounded)):
        raise UnsafePath(f"{path!r} is not a path inside a tree: it must be relative, without '', '.' or '..' parts.")
    return path
