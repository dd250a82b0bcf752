"""Texts that people read."""

import dataclasses
import unicodedata
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, Final, get_args, get_origin, get_type_hints

from horde_reference.finding import Problem, pointer
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import Adapter, ImageGeneration
from horde_reference.rules.downloads import host_of

# Controls, format characters, and the separators of lines and paragraphs.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
# A line break is seen. Joiners spell words in several languages and make one emoji of two; names need neither.
_HARMLESS: Final = frozenset("\n\u200c\u200d")
_PICTURELESS_SUFFIXES: Final = (".huggingface.co", ".hf.co")


def _is_text(hint: Any) -> bool:  # noqa: ANN401 - a type or a form of typing
    """Whether values of a field's type are texts or lists of texts."""
    return hint is str or (get_origin(hint) is not dict and any(map(_is_text, get_args(hint))))


def _text_fields(record: type[Record]) -> tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]]]:
    hints = get_type_hints(record)
    names = tuple(field.name for field in dataclasses.fields(record) if _is_text(hints[field.name]))
    return names, attrgetter(*names)


# Record type → its fields that hold texts, and what reads them all at once.
_FIELDS: Final = {category.record: _text_fields(category.record) for category in CATEGORIES.values()}


def _placed(record: Record) -> Iterator[tuple[str, int | None, str]]:
    """Every text that a record states at its top: field, place in a list, text."""
    names, values_of = _FIELDS[type(record)]
    for field, value in zip(names, values_of(record), strict=True):
        if type(value) is tuple:
            for place, one in enumerate(value):
                yield field, place, one
        elif value is not None:
            yield field, None, value


def texts(record: Record) -> list[str]:
    """Every text that a record states at its top."""
    flat: list[str] = []
    for value in _FIELDS[type(record)][1](record):
        if value:
            if type(value) is str:
                flat.append(value)
            else:
                flat.extend(value)
    return flat


def _at(field: str, place: int | None) -> str:
    return pointer(field) if place is None else pointer(field, place)


def blank_text(record: Record) -> Iterator[Problem]:
    """No text is made of blanks only.

    It looks like a statement to programs and like nothing to people.

    Say something, or leave the key out.
    """
    for field, place, text in _placed(record):
        if text.isspace():
            yield Problem(_at(field, place), f"{text!r} says nothing.", "Say something, or leave the key out.")


def stray_blanks(record: Record) -> Iterator[Problem]:
    """No text begins or ends with a blank.

    Two texts that look the same then compare unequal, and filters show them twice.

    `horde-reference fix` removes the blanks.
    """
    for field, place, text in _placed(record):
        if field != "name" and text != text.strip() and not text.isspace():
            yield Problem(_at(field, place), f"{text[:40]!r} begins or ends with a blank.", "Run horde-reference fix.")


def invisible_characters(record: Record) -> Iterator[Problem]:
    """No text holds characters that nobody can see.

    Zero-width characters and marks that turn the direction of writing make one text look like another: a name
    that seems to be known, an address that seems to lead to a known host.

    Type the text anew.
    """
    for field, place, text in _placed(record):
        if found := _first_unseen(text, named=field == "name"):
            message = f"The character U+{ord(found):04X} at position {text.index(found) + 1} cannot be seen."
            yield Problem(_at(field, place), message, "Type the text anew.")


def _first_unseen(text: str, *, named: bool) -> str | None:
    unseen = (one for one in text if unicodedata.category(one) in _UNSEEN)
    return next((one for one in unseen if named or one not in _HARMLESS), None)


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
        if url[:8].lower() != "https://" or ("." + host_of(url)).endswith(_PICTURELESS_SUFFIXES):
            message = f"{url!r} is not an address that front ends can show a picture from."
            yield Problem(pointer("showcases", place), message, "Put the picture into the image repository.")
