"""Text models."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.corpus import Corpus
from horde_reference.finding import Problem, pointer
from horde_reference.records.base import Flat, Record
from horde_reference.records.kinds import TextGeneration
from horde_reference.records.settings import SETTINGS, Setting
from horde_reference.records.spellings import INSTRUCT_FORMAT_SPELLINGS, TEXT_STYLE_SPELLINGS
from horde_reference.records.vocabulary import TextBackend
from horde_reference.text.backends import short_name

PREFIXES: Final = tuple(f"{backend}/" for backend in TextBackend)
"""What the legacy files put in front of a name."""
SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
"""How an address begins."""


def backend_prefix(record: TextGeneration) -> Iterator[Problem]:
    """A name has no backend in front.

    `aphrodite/…` and `koboldcpp/…` are made from the name when the legacy files are written. A name that has one
    already would get two, and usage would be counted twice.

    Use the name as its author writes it.
    """
    if record.name.casefold().startswith(PREFIXES):
        yield Problem("/name", f"{record.name!r} has a backend in front.", "Leave out the part before the first slash.")


def name_is_address(record: TextGeneration) -> Iterator[Problem]:
    """A name is not an address.

    Clients use the name as a key and ask workers for it by that key; the address belongs into `url`.

    Use `author/model` as the name.
    """
    if SCHEME.match(record.name):
        yield Problem("/name", f"{record.name!r} is an address.", "Use author/model, and put the address into url.")


def _number(kinds: type | tuple[type, ...]) -> Callable[[Flat, Setting], bool]:
    def fits(value: Flat, setting: Setting) -> bool:
        return (
            isinstance(value, kinds)
            and not isinstance(value, bool)
            and isinstance(value, int | float)
            and setting.low <= value <= setting.high
        )

    return fits


def _integers(value: Flat, setting: Setting) -> bool:
    return isinstance(value, tuple) and all(_number(int)(one, setting) for one in value)


def _texts(value: Flat, _setting: Setting) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


def _boolean(value: Flat, _setting: Setting) -> bool:
    return isinstance(value, bool)


_FITS: Final[Mapping[str, Callable[[Flat, Setting], bool]]] = MappingProxyType(
    {
        "integer": _number(int),
        "number": _number((int, float)),
        "integers": _integers,
        "texts": _texts,
        "boolean": _boolean,
    }
)


def settings_bounds(record: TextGeneration) -> Iterator[Problem]:
    """Recommended settings have values that the horde takes.

    The AI-Horde refuses a request with a setting out of bounds, so a client that follows the recommendation
    gets no answer at all.

    Correct the value.
    """
    for key, value in (record.settings or {}).items():
        setting = SETTINGS[key]
        if not _FITS[setting.type](value, setting):
            message = f"{key} is {json.dumps(value)}, not {_NOUNS[setting.type]}{_bounds(setting)}."
            yield Problem(pointer("settings", key), message, "Correct it, or leave the key out.")


def _bounds(setting: Setting) -> str:
    if setting.low == float("-inf"):
        return ""
    return f" from {setting.low:g} " + (f"to {setting.high:g}" if setting.high < float("inf") else "up")


_NOUNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "integer": "a whole number",
        "number": "a number",
        "integers": "a list of whole numbers",
        "texts": "a list of texts",
        "boolean": "true or false",
    }
)


def instruct_format_spelling(record: TextGeneration) -> Iterator[Problem]:
    """Instruct formats are spelt the usual way.

    Front ends pick the prompt template by this text; another spelling picks none.

    `horde-reference fix` corrects the known spellings.
    """
    if meant := INSTRUCT_FORMAT_SPELLINGS.get((record.instruct_format or "").strip()):
        message = f"{record.instruct_format!r} is another spelling of {meant!r}."
        yield Problem("/instruct_format", message, f"Write {meant!r}.")


def text_style_spelling(record: TextGeneration) -> Iterator[Problem]:
    """Styles of text models are spelt the usual way.

    Two spellings make two filters, each with half of the models.

    `horde-reference fix` corrects the known spellings.
    """
    if meant := TEXT_STYLE_SPELLINGS.get((record.style or "").strip()):
        yield Problem("/style", f"{record.style!r} is another spelling of {meant!r}.", f"Write {meant!r}.")


def short_name_shared(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two text models have the same name behind their author's.

    KoboldCpp knows models without their author. Two with the same short name would be one entry in the legacy
    database, and the horde could not tell which one a worker runs.

    Rename one of them.
    """
    holders: dict[str, list[Record]] = defaultdict(list)
    for record in corpus[TextGeneration.category].values():
        holders[short_name(record.name)].append(record)
    for first, *others in holders.values():
        for record in others:
            message = f"{record.name!r} and {first.name!r} have the same name behind the author's."
            yield record, Problem("/name", message, "Rename one of them.")
