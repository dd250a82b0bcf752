"""The head of a published tree: which commit it is, and what its files are.

It changes with every commit; every other file changes only with what it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from horde_reference.errors import Unsound

PATH: Final = "head.json"
"""Path of the head from the public root."""

MANIFEST: Final = "files.json"
"""Path of the list of those files that the head does not list itself."""

SCHEMA_VERSION: Final = "1.0.0"
"""Version of this form."""


@dataclass(slots=True)  # not frozen, which would double the cost of making one for every file
class Fingerprint:
    """How to know that a file arrived whole."""

    sha256: str
    """SHA-256 of its bytes, 64 hexadecimal digits."""
    size: int
    """Its bytes."""


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a published tree."""

    number: int
    """Place of the commit in the mainline: grows with every commit. 0 where there is no history."""
    commit: str | None
    """Id of the commit; `None` where there is no history."""
    time: int | None
    """Seconds since 1970 at which it was committed; `None` where there is no history."""
    modified: bool
    """Whether the records are not those of the commit."""
    records: Mapping[str, int]
    """Category → how many records are published."""
    files: Mapping[str, Fingerprint]
    """Path from the public root → fingerprint, of all files but those that grow in number with records and history.

    Those are in the file `MANIFEST`, whose fingerprint is here.
    """
    schema_version: str = SCHEMA_VERSION
    """Version of this form."""


def decode(raw: bytes) -> Head:
    """The head that a file states; keys that we do not know are passed over.

    Raises:
        Unsound: it is not a head.
    """
    try:
        return msgspec.json.decode(raw, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unsound(f"{PATH} is not a head: {error}") from error
