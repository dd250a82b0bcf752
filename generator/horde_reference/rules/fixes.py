"""Safe fixes: pure functions from one JSON object to another, that nobody needs to think about.

Each may be given a file of any shape, also one that other rules refuse, and leaves what it does not know as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from horde_reference.formats.canonical import decode, format_document
from horde_reference.formats.json_writing import pretty
from horde_reference.formats.legacy_text import is_current
from horde_reference.formats.shape import BASELINE_SPELLINGS, needed_keys
from horde_reference.records.kinds import ImageGeneration, TextGeneration
from horde_reference.records.spellings import INSTRUCT_FORMAT_SPELLINGS, TAG_SPELLINGS, TEXT_STYLE_SPELLINGS

Document = dict[str, Any]
Fix = Callable[[str, Document], Document]
"""Category and object → the object, mended."""

_KEPT_AS_WRITTEN: Final = frozenset({"$schema", "name", "legacy"})


def fix_document(category: str, document: Document, needless: Iterable[str] = ()) -> bytes:
    """The canonical text of a file after every safe fix; `needless` names exceptions to remove."""
    excused = document.get("exceptions")
    for rule, fix in FIXES.items():
        if not (isinstance(excused, dict) and rule in excused):
            document = fix(category, document)
    return format_document(category, _without_exceptions(document, set(needless)))


def _without_exceptions(document: Document, needless: set[str]) -> Document:
    stated = document.get("exceptions")
    if not isinstance(stated, dict):
        return document
    needed = {rule: reason for rule, reason in stated.items() if rule not in needless}
    rest = {key: value for key, value in document.items() if key != "exceptions"}
    return {**rest, "exceptions": needed} if needed else rest


def _strip(_category: str, document: Document) -> Document:
    """Take blanks off the edges of texts and of texts in lists."""
    return {key: value if key in _KEPT_AS_WRITTEN else _stripped(value) for key, value in document.items()}


def _stripped(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case str():
            return value.strip()
        case list():
            return [one.strip() if isinstance(one, str) else one for one in value]
    return value


def _drop_nothing_said(category: str, document: Document) -> Document:
    """Leave out what is null, and texts that are empty where they may be left out: both say nothing."""
    needed = needed_keys(category)
    return {
        key: _without_nothing(key, value)
        for key, value in document.items()
        if not (value is None or value == "") or key in needed
    }


def _without_nothing(key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case dict() if key == "legacy":
            # What the legacy files have is kept as it is, nulls as well.
            return {inner: one for inner, one in value.items() if one is not None}
        case dict():
            return _without_nulls(value)
        case list():
            return [one for one in value if one is not None and one != ""]
    return value


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case dict():
            return {key: _without_nulls(one) for key, one in value.items() if one is not None}
        case list():
            return [_without_nulls(one) for one in value if one is not None]
    return value


def _lower_hashes(_category: str, document: Document) -> Document:
    match document:
        case {"config": {"download": [*downloads]} as config}:
            return {**document, "config": {**config, "download": [_lower_hash(one) for one in downloads]}}
    return document


def _lower_hash(download: Any) -> Any:  # noqa: ANN401 - any JSON value
    match download:
        case {"sha256sum": str(digest)}:
            return {**download, "sha256sum": digest.lower()}
    return download


def _respell(key: str, spellings: Mapping[str, str], *categories: str) -> Fix:
    """A fix that replaces known misspellings of a text, or of the texts of a list."""

    def meant(value: Any) -> Any:  # noqa: ANN401 - any JSON value
        return spellings.get(value, value) if isinstance(value, str) else value

    def respell(category: str, document: Document) -> Document:
        value = document.get(key)
        if value is None or (categories and category not in categories):
            return document
        return {**document, key: _respelt(value, meant) if isinstance(value, list) else meant(value)}

    return respell


def _respelt(values: list[Any], meant: Callable[[Any], Any]) -> list[Any]:
    """The values with their misspellings replaced; one whose right spelling is there already is left out."""
    return [meant(value) for value in values if meant(value) == value or meant(value) not in values]


def _drop_stale_cells(category: str, document: Document) -> Document:
    match document:
        case {"legacy": {"cells": dict(cells)} as legacy} if category == TextGeneration.category:
            current = _current_cells(category, document, cells)
            rest = {key: value for key, value in legacy.items() if key != "cells"} | (
                {"cells": current} if current else {}
            )
            without = {key: value for key, value in document.items() if key != "legacy"}
            return {**without, "legacy": rest} if rest else without
    return document


def _current_cells(category: str, document: Document, cells: Document) -> Document:
    try:
        record = decode(category, pretty(document))
    except ValidationError:
        return cells
    if not isinstance(record, TextGeneration):
        return cells
    return {column: cell for column, cell in cells.items() if is_current(record, column, cell)}


FIXES: Final[Mapping[str, Fix]] = MappingProxyType(
    {
        "stray-blanks": _strip,
        "null-value": _drop_nothing_said,
        "sha256-case": _lower_hashes,
        "unknown-value": _respell("baseline", BASELINE_SPELLINGS, ImageGeneration.category),
        "tag-spelling": _respell("tags", TAG_SPELLINGS),
        "instruct-format-spelling": _respell("instruct_format", INSTRUCT_FORMAT_SPELLINGS),
        "text-style-spelling": _respell("style", TEXT_STYLE_SPELLINGS, TextGeneration.category),
        "legacy-cell-current": _drop_stale_cells,
    }
)
"""Rule id → the fix of what it finds, in the order in which they are applied."""
