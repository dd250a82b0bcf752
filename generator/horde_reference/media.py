"""What kinds of files are published, and what they are called on the web."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "json": "application/json",
        "jsonl": "application/x-ndjson",
        "csv": "text/csv; charset=utf-8",
        "atom": "application/atom+xml",
        "xml": "application/xml",
        "html": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "svg": "image/svg+xml",
        "png": "image/png",
        "ico": "image/vnd.microsoft.icon",
        "woff2": "font/woff2",
    }
)
"""Ending of a path → its media type."""

UNKNOWN: Final = "application/octet-stream"
"""Media type of all other files."""

_DENSE: Final = frozenset({"png", "ico", "woff2"})


def type_of(path: str) -> str:
    """Media type of a file, by the ending of its path."""
    return TYPES.get(_ending(path), UNKNOWN)


def is_compressible(path: str) -> bool:
    """Whether a file of this kind grows smaller when it is compressed."""
    return _ending(path) in TYPES.keys() - _DENSE


def _ending(path: str) -> str:
    return path.rpartition(".")[2]
