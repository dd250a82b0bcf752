"""Paths of GitHub's API, and names of its repositories."""

import re
from typing import Final
from urllib.parse import quote

from horde_reference.errors import CannotRun, UnsafePath

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[A-Za-z0-9._-]{1,100}")


def checked_name(name: str) -> tuple[str, str]:
    """Owner and name of a repository.

    Raises:
        CannotRun: the text does not name one.
    """
    owner, _, short = name.partition("/")
    if not _NAME.fullmatch(name) or short in {".", ".."}:
        raise CannotRun(f"{name!r} is not the name of a repository, which looks like owner/name.")
    return owner, short


def joined(*parts: str | int) -> str:
    """A path of the API from its parts, whatever they hold.

    Raises:
        UnsafePath: one of them would change what the path is about: `labels/..` are all labels.
    """
    if any(str(part) in {"", ".", ".."} for part in parts):
        raise UnsafePath(f"{'/'.join(map(str, parts))!r} is not a path: it has a part that is '', '.' or '..'.")
    return "".join(f"/{quote(str(part), safe='')}" for part in parts)
