"""Texts that people read."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Final

from horde_reference.finding import Problem, pointer
from horde_reference.records.base import Record
from horde_reference.records.kinds import Adapter, ImageGeneration

# Controls, and format characters that show nothing or turn the direction of writing.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Every text that a record states at its top, with its pointer."""
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if type(value) is str:
            yield "/" + field.name, value
        elif type(value) is tuple:
            for place, one in enumerate(value):
                yield pointer(field.name, place), one


def blank_text(record: Record) -> Iterator[Problem]:
    """No text is made of blanks only.

    It looks like a statement to programs and like nothing to people.

    Say something, or leave the key out.
    """
    for where, text in _texts(record):
        if text.isspace():
            yield Problem(where, f"{text!r} says nothing.", "Say something, or leave the key out.")


def stray_blanks(record: Record) -> Iterator[Problem]:
    """No text begins or ends with a blank.

    Two texts that look the same then compare unequal, and filters show them twice.

    `horde-reference fix` removes the blanks.
    """
    for where, text in _texts(record):
        if where != "/name" and text != text.strip() and not text.isspace():
            yield Problem(where, f"{text[:40]!r} begins or ends with a blank.", "Run horde-reference fix.")


def invisible_characters(record: Record) -> Iterator[Problem]:
    """No text holds characters that nobody can see.

    Zero-width characters and marks that turn the direction of writing make one text look like another: a name
    that seems to be known, an address that seems to lead to a known host.

    Type the text anew.
    """
    for where, text in _texts(record):
        if found := _INVISIBLE.search(text):
            message = f"The character U+{ord(found[0]):04X} at position {found.start() + 1} cannot be seen."
            yield Problem(where, message, "Type the text anew.")


def description_missing(record: Record) -> Iterator[Problem]:
    """A model is described.

    People choose by the description; a name alone tells most of them nothing.

    Say in a sentence what the model is good at.
    """
    if record.description is None:
        yield Problem("", f"{record.name} has no description.", "Say in a sentence what the model is good at.")


def showcase_host(record: ImageGeneration | Adapter) -> Iterator[Problem]:
    """Showcases are https addresses, and not on Hugging Face.

    Front ends show them in other sites' pages, which Hugging Face refuses to serve pictures for.

    Put the picture into the image repository's `showcase` folder.
    """
    for place, url in enumerate(record.showcases):
        host = url.removeprefix("https://").partition("/")[0]
        if not url.startswith("https://") or host == "huggingface.co" or host.endswith(".huggingface.co"):
            message = f"{url!r} is not an address that front ends can show a picture from."
            yield Problem(pointer("showcases", place), message, "Put the picture into the image repository.")
