"""What may be said of a record, place by place, and how a person says it. Taken from the record types."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

from horde_reference.formats.order import CATEGORY_ORDERS, KeyOrder
from horde_reference.records.base import Download
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.vocabulary import Baseline

Path = tuple[str, ...]
"""Keys that lead to a value, from the outside in."""


FILES: Path = ("config", "download")
"""Place of the files to download."""


class Kind(StrEnum):
    """How a value is said."""

    LINE = "line"
    """A text of one line."""
    TEXT = "text"
    """A text of several lines."""
    NUMBER = "number"
    """A whole number."""
    FLAG = "flag"
    """Yes or no."""
    CHOICE = "choice"
    """A word of a closed vocabulary."""
    LINES = "lines"
    """Several texts, one a line."""
    WORDS = "words"
    """Texts by key."""
    VALUES = "values"
    """Numbers, texts, flags or lists of them by key."""
    FILES = "files"
    """Files to download, one a line."""
    OTHER = "other"
    """What only JSON can say."""


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a record."""

    path: Path
    kind: Kind
    options: tuple[str, ...] = ()
    """Words to choose from, where the kind is a choice. Without those that stand for none."""


_LONG: Final = frozenset({"description", "reason"})
_PLACEHOLDERS: Final = frozenset[StrEnum]({Baseline.INFER})
_SCALARS: Final = {bool: Kind.FLAG, int: Kind.NUMBER, str: Kind.LINE}


@cache
def places_of(category: str) -> tuple[Place, ...]:
    """Every place of the records of a category, in the order of the files; what is nested stands as its parts."""
    return tuple(_places(CATEGORIES[category].record, CATEGORY_ORDERS[category], ()))


@cache
def places_of_a_file() -> tuple[Place, ...]:
    """Every place of a file to download, from the record on: those of the list that it is in stand above it."""
    order = next(iter(CATEGORY_ORDERS.values()))
    for key in FILES:
        order = order.inside[key]
    return tuple(_places(Download, order, FILES))


def _places(shape: type[Any], order: KeyOrder, above: Path) -> Iterator[Place]:
    hints = get_type_hints(shape)
    fields = {field.name for field in dataclasses.fields(shape)}
    for name in (name for name in order.rank if name in fields):
        hint, path = _without_none(hints[name]), (*above, name)
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            yield from _places(hint, order.inside[name], path)
        else:
            yield Place(path, _kind(name, hint), _options(hint))


def _without_none(hint: Any) -> Any:  # noqa: ANN401 - a type or a form of typing
    rest = [one for one in get_args(hint) if one is not NoneType]
    return rest[0] if len(rest) == 1 and NoneType in get_args(hint) else hint


def _kind(name: str, hint: Any) -> Kind:  # noqa: ANN401 - a type or a form of typing
    inner = get_args(hint)
    match get_origin(hint):
        case origin if origin is tuple:
            return Kind.FILES if inner[0] is Download else Kind.LINES
        case origin if origin is dict:
            return Kind.WORDS if inner[1] is str else Kind.OTHER if inner[1] is Any else Kind.VALUES
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Kind.CHOICE
    kind = _SCALARS.get(hint, Kind.OTHER)
    return Kind.TEXT if kind is Kind.LINE and name in _LONG else kind


def _options(hint: Any) -> tuple[str, ...]:  # noqa: ANN401 - a type or a form of typing
    if not (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return ()
    return tuple(str(one) for one in hint if one not in _PLACEHOLDERS)
