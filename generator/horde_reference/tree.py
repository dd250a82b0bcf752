"""A tree of files as a value: path → bytes. Emitters make it, hosts map it, tests compare it."""

from collections.abc import Mapping
from typing import TypeAlias

from horde_reference.errors import UnsafePath

File: TypeAlias = tuple[str, bytes]
"""Path relative to the tree's root, parts joined by `/`, and the file's bytes."""

Tree: TypeAlias = Mapping[str, bytes]
"""Path → bytes."""


def checked_path(path: str) -> str:
    """The path itself.

    Raises:
        UnsafePath: it is absolute, empty, holds a NUL, or has a part that would leave the root.
    """
    if "\0" in path or any(part in {"", ".", ".."} for part in path.split("/")):
        raise UnsafePath(f"{path!r} is not a path inside a tree: it must be relative, without '', '.' or '..' parts.")
    return path
