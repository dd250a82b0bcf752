"""A note from the run that checks a proposal, which has no rights, to the one that answers, which has.

Whoever proposes decides what runs there, so the note may say anything: it is read strictly, and nothing in it is
believed that is not checked.
"""

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

MAX_BYTES: Final = 1000
"""A note has no more."""


class NoteUnsound(ValueError):
    """What was found is no note."""


@dataclass(frozen=True, slots=True)
class Note:
    """Which pull request was looked at."""

    number: Annotated[int, msgspec.Meta(ge=1, le=10**9)]
    """Its number."""


def decode(raw: bytes) -> Note:
    """The note that a file holds.

    Raises:
        NoteUnsound: it holds none.
    """
    try:
        if len(raw) <= MAX_BYTES:
            return msgspec.json.decode(raw, type=Note)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    raise NoteUnsound("it is not a note of review preview")


def encode(note: Note) -> bytes:
    """The file of a note."""
    return msgspec.json.encode(note) + b"\n"
