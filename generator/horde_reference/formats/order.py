"""The order of keys in a record's file, taken from the record types."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, get_args, get_type_hints

from horde_reference.records.categories import CATEGORIES

SCHEMA_KEY: Final = "$schema"
LAST: Final = ("finetune_series", "size_on_disk_bytes", "config", "aliases", "withdrawn", "exceptions", "legacy")
"""Keys that are long or technical: they stand after what is particular to the category."""


@dataclass(frozen=True, slots=True, eq=False)
class KeyOrder:
    """Order of the keys of one object, and of the objects inside it. Keys that are not listed stay last."""

    rank: Mapping[str, int]
    """Key → place."""
    inside: Mapping[str, "KeyOrder"]
    """Key → order of the object, or of each object of the list, that is its value."""

    def is_kept(self, value: dict[str, Any]) -> bool:
        """Whether an object and all inside it have their keys in this order."""
        inside = _inside(self, tuple(value))
        if inside is None:
            return False
        for key, order in inside:
            inner = value[key]
            for one in inner if type(inner) is list else (inner,):
                if type(one) is dict and not order.is_kept(one):
                    return False
        return True

    def arranged(self, value: dict[str, Any]) -> dict[str, Any]:
        """The same object with its keys, and those of all inside it, in this order."""
        last = len(self.rank)
        keys = sorted(value, key=lambda key: self.rank.get(key, last))
        return {key: self._arranged_inside(key, value[key]) for key in keys}

    def _arranged_inside(self, key: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
        order = self.inside.get(key)
        match value:
            case dict() if order:
                return order.arranged(value)
            case list() if order:
                return [order.arranged(one) if isinstance(one, dict) else one for one in value]
        return value


@lru_cache(maxsize=4096)
def _inside(order: KeyOrder, keys: tuple[str, ...]) -> tuple[tuple[str, KeyOrder], ...] | None:
    """The keys whose values have an order of their own; `None` if the keys do not stand in order.

    Few sets of keys occur, and each occurs very often.
    """
    last = len(order.rank)
    places = [order.rank.get(key, last) for key in keys]
    if places != sorted(places):
        return None
    return tuple((key, order.inside[key]) for key in keys if key in order.inside)


def _order_of(record: type[Any], *first: str) -> KeyOrder:
    hints = get_type_hints(record)
    names = [field.name for field in dataclasses.fields(record)]
    ordered = sorted(names, key=lambda name: LAST.index(name) if name in LAST else -1)
    inside = {name: _order_of(inner) for name in names for inner in shapes_in(hints[name])}
    keys = [*first, *ordered]
    return KeyOrder(MappingProxyType({key: place for place, key in enumerate(keys)}), MappingProxyType(inside))


def shapes_in(hint: Any) -> Iterator[type[Any]]:  # noqa: ANN401 - a type or a form of typing
    """The record shapes that a type mentions, inside tuples and unions as well."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        yield hint
    for inner in get_args(hint):
        yield from shapes_in(inner)


CATEGORY_ORDERS: Final[Mapping[str, KeyOrder]] = MappingProxyType(
    {category.name: _order_of(category.record, SCHEMA_KEY) for category in CATEGORIES.values()}
)
"""Category → order of the keys in its files."""
