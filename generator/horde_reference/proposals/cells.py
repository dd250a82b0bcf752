"""Values of records ↔ cells of a spreadsheet, which loses none and starts no formula."""

import json
import re
from decimal import Decimal
from typing import Any, Final

from horde_reference.formats.json_reading import NotJson, loads
from horde_reference.formats.shape import shown
from horde_reference.proposals.places import Kind, Place

_SCALARS: Final = frozenset({Kind.LINE, Kind.TEXT, Kind.CHOICE})
_MARK: Final = "'"
# What a spreadsheet program takes for the start of a formula, and our mark itself.
_MARKED: Final = frozenset("=+-@\t\r'")
_TRUE: Final = frozenset({"true", "yes", "1"})
_FALSE: Final = frozenset({"false", "no", "0"})
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_ROUNDED: Final = re.compile(r"-?[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.ASCII | re.IGNORECASE)


class BadCell(ValueError):
    """A cell does not say a value of its place."""


def write_cell(place: Place, value: Any) -> str:  # noqa: ANN401 - any JSON value
    """The cell that says a value; empty for `None`."""
    if value is None or value in ([], {}):
        return ""
    return _marked(_plain(place, value))


def _plain(place: Place, value: Any) -> str:  # noqa: ANN401 - any JSON value
    if place.kind in _SCALARS:
        return str(value)
    if place.kind is Kind.LINES:
        joined = ", ".join(value)
        if _split(joined) == value and not joined.startswith("["):
            return joined
    return json.dumps(value, ensure_ascii=False)


def _marked(text: str) -> str:
    return _MARK + text if text[:1] in _MARKED and not _NUMBER.fullmatch(text) else text


def _unmarked(text: str) -> str:
    return text[1:] if text.startswith(_MARK) and text[1:2] in _MARKED and len(text) > 1 else text


def says(place: Place, cell: str, value: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether a cell says a value, also as a spreadsheet program may have written it: rounded, with other line ends."""
    text = unbroken(cell)
    if text == unbroken(write_cell(place, value)):
        return True
    rounded = _ROUNDED.fullmatch(text.strip()) if place.kind is Kind.NUMBER and value is not None else None
    return rounded is not None and Decimal(text.strip().replace(",", ".")) == _rounded(value, len(rounded[1] or ""))


def unbroken(text: str) -> str:
    """A text with line feeds only."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _rounded(value: int, marks: int) -> Decimal:
    """A number with as many digits as a program shows: one, and those behind its decimal sign."""
    return Decimal(f"{value:.{max(marks - 1, 0)}E}")


def read_cell(place: Place, cell: str) -> Any:  # noqa: ANN401 - any JSON value
    """The value that a cell says; `None` for an empty one.

    Raises:
        BadCell: it says none of this place.
    """
    text = _unmarked(cell)
    if place.kind in _SCALARS:
        return text or None
    text = text.strip()
    if not text:
        return None
    match place.kind:
        case Kind.FLAG:
            return _flag(text)
        case Kind.NUMBER:
            return _number(text)
        case Kind.LINES if not text.startswith("["):
            return _split(text)
    return _json(place, text)


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _flag(text: str) -> bool:
    folded = text.lower()
    if folded not in _TRUE | _FALSE:
        raise BadCell(f"{shown(text)} is neither true nor false")
    return folded in _TRUE


def _number(text: str) -> int:
    if _ROUNDED.fullmatch(text):
        raise BadCell(f"{shown(text)} was rounded by the spreadsheet program; give the column the format of a number")
    if not _NUMBER.fullmatch(text):
        raise BadCell(f"{shown(text)} is not a whole number in digits")
    return int(text)


def _json(place: Place, text: str) -> Any:  # noqa: ANN401 - any JSON value
    wanted = list if place.kind in {Kind.LINES, Kind.FILES} else dict
    try:
        value = loads(text.encode())
    except (NotJson, UnicodeEncodeError) as fault:
        raise BadCell(f"{shown(text)} is not JSON: {fault}") from None
    if place.kind is not Kind.OTHER and not isinstance(value, wanted):
        raise BadCell(f"{shown(text)} is JSON, but not {'a list' if wanted is list else 'an object'}")
    return value
