"""Record name ↔ path of its file. Reversible for every name, and safe on Windows, macOS and in addresses.

A `/` in a name is a folder. What a file system or an address cannot take is percent-encoded, so `%` is as well.
"""

import re
from typing import Final
from urllib.parse import unquote

SUFFIX: Final = ".json"

# Control characters, what Windows refuses, `%` (it is the escape itself) and `#` (it would end an address).
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*%#]')
# A slash that would make an empty part.
_EDGE_SLASH: Final = re.compile(r"^/|/$|/(?=/)")
# Windows drops blanks and dots at the end of a part; a dot in front hides a file or climbs a folder.
_PART_EDGE: Final = re.compile(r"^[ .]|[ .]$")
# A folder named like a record's file would take that record's place.
_FOLDER_SUFFIX: Final = re.compile(r"\.(?=json$)", re.IGNORECASE)


# Most names have nothing to escape.
_PLAIN: Final = re.compile(
    r'[^\x00-\x1f\x7f<>:"\\|?*%#/ .](?:[^\x00-\x1f\x7f<>:"\\|?*%#/]*[^\x00-\x1f\x7f<>:"\\|?*%#/ .])?'
)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def path_of(category: str, name: str) -> str:
    """Path below `data/` of the record's file, for example `text_generation/Qwen/Qwen3-8B.json`."""
    if _PLAIN.fullmatch(name):
        return f"{category}/{name}{SUFFIX}"
    safe = _EDGE_SLASH.sub("%2F", _FORBIDDEN.sub(_escaped, name))
    *folders, last = (_PART_EDGE.sub(_escaped, part) for part in safe.split("/"))
    folders = [_FOLDER_SUFFIX.sub("%2E", folder) for folder in folders]
    return "/".join([category, *folders, last + SUFFIX])


def name_of(path: str) -> tuple[str, str]:
    """Category and record name of a path that `path_of` made.

    Raises:
        ValueError: the path has no folder or does not end in `.json`.
    """
    category, slash, rest = path.partition("/")
    if not slash or not rest.endswith(SUFFIX):
        raise ValueError(f"{path!r} is not <category>/<name>{SUFFIX}")
    return category, unquote(rest.removesuffix(SUFFIX), errors="strict")
