"""What each operator asks of a value. None of them raises, whatever the value is.

equality            (none) ne in not_in      as written, case and all
order               lt le gt ge              numbers with numbers, texts with texts without regard to case
parts of a text     contains startswith endswith      without regard to case
members of a list   contains                          likewise
presence            exists
"""

import operator
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, cast

from horde_reference.query.hints import is_list

Test = Callable[[object], bool]

NEGATIONS: Final[Mapping[str, str]] = MappingProxyType({"ne": "", "not_in": "in"})
"""Operator → the one that it is the opposite of."""
ORDER: Final[Mapping[str, Callable[[Any, Any], bool]]] = MappingProxyType(
    {"lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge}
)
"""Operators that compare, and how."""
EDGES: Final = frozenset({"startswith", "endswith"})
"""Operators that look at an end of a text."""
OPERATORS: Final = ("ne", "lt", "le", "gt", "ge", "in", "not_in", "contains", "startswith", "endswith", "exists")
"""All of them. Equality has no word."""


def test_for(name: str, wanted: object) -> Test:
    """The test that an operator makes of what is wanted."""
    if name in ORDER:
        return _ordered(ORDER[name], wanted)
    if name == "in":
        return _one_of(cast("tuple[object, ...]", wanted))
    if name == "exists":
        return exists if wanted else missing
    if name == "contains":
        return _contains(wanted)
    if name in EDGES:
        return _edge(name, wanted)
    return _equal(wanted)


def missing(value: object) -> bool:
    """Whether a record states nothing here. An empty list states nothing either."""
    return value is None or (isinstance(value, tuple | list | dict) and not value)


def exists(value: object) -> bool:
    """Whether a record states something here."""
    return not missing(value)


def members(value: object) -> Collection[object]:
    """The members of a list; any other value is its own only member, and a missing one has none."""
    if is_list(value):
        return value
    return () if value is None else (value,)


def any_member(test: Test) -> Test:
    """Whether any member of a list passes the test."""
    return lambda value: any(map(test, members(value)))


def _equal(wanted: object) -> Test:
    if wanted is None:
        return missing
    if isinstance(wanted, tuple):
        return lambda value: is_list(value) and tuple(value) == wanted
    return lambda value: value == wanted


def _one_of(wanted: tuple[object, ...]) -> Test:
    stated = _quick(one for one in wanted if one is not None)
    if None in wanted:
        return lambda value: missing(value) or value in stated
    return lambda value: value in stated


def _quick(wanted: Iterable[object]) -> Collection[object]:
    """A set, unless a field that has such values, or has any where none is wanted, may have some without a hash."""
    values = tuple(wanted)
    return frozenset(values) if values and all(isinstance(one, str | int | float) for one in values) else values


def _ordered(compare: Callable[[Any, Any], bool], wanted: object) -> Test:
    if isinstance(wanted, str):
        folded = wanted.casefold()
        return lambda value: isinstance(value, str) and compare(value.casefold(), folded)
    return lambda value: isinstance(value, int | float) and compare(value, wanted)


def _edge(name: str, wanted: object) -> Test:
    folded = str(wanted).casefold()
    if name == "startswith":
        return lambda value: isinstance(value, str) and value.casefold().startswith(folded)
    return lambda value: isinstance(value, str) and value.casefold().endswith(folded)


def _contains(wanted: object) -> Test:
    """Whether a text has a part, a list a member, or a dictionary a key."""
    folded = _fold(wanted)

    def contains(value: object) -> bool:
        if isinstance(value, str):
            return isinstance(folded, str) and folded in value.casefold()
        return folded in map(_fold, cast("dict[str, object]", value) if isinstance(value, dict) else members(value))

    return contains


def _fold(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
