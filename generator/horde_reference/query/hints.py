"""What the types of a record say of the values of its fields."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import TypeGuard, Union, get_args, get_origin, get_type_hints


class Hint:
    """What a type hint says that the values of a field may be."""

    __slots__ = ("listed", "single", "types", "values")

    def __init__(self, said: object) -> None:
        self.types: set[type[object]] = set()
        """Types of its values and of the members of its lists; `object` where the hint does not tell."""
        self.listed = False
        """Whether a value may be a list."""
        self.single = False
        """Whether a value may be anything but a list."""
        self.values: Hint | None = None
        """What the values of a dictionary may be; `None` where it is none."""
        for one in _alternatives(said):
            self._take(one)

    def _take(self, hint: object) -> None:
        origin = get_origin(hint)
        if origin is tuple:
            inner = Hint(get_args(hint)[0])
            self.listed = True
            self.types |= inner.types
            return
        self.single = True
        if origin is dict:
            self.types.add(dict)
            self.values = Hint(get_args(hint)[1])
        else:
            self.types.add(hint if isinstance(hint, type) else object)

    def holds(self, *types: type) -> bool:
        """Whether a value or a member of a list may be of one of these types."""
        return object in self.types or any(issubclass(one, types) for one in self.types)


def hints_of(record: type[object]) -> Mapping[str, object]:
    """Field of a record, or of a part of one → its type. Asked for late and once, as it takes its time."""
    return _hints_of(record)  # type: ignore[arg-type] # mypy takes the hash of objects for that of their type


@cache
def _hints_of(record: type[object]) -> Mapping[str, object]:
    return MappingProxyType(get_type_hints(record))


def is_list(value: object) -> TypeGuard[tuple[object, ...] | list[object]]:
    """Whether a value is a list. Records hold tuples; lists are what people write."""
    return isinstance(value, tuple | list)


def _alternatives(hint: object) -> list[object]:
    """What a union unites, but for None: that is a value which is not stated."""
    if get_origin(hint) in {Union, UnionType}:
        return [inner for one in get_args(hint) for inner in _alternatives(one)]
    return [] if hint is NoneType else [hint]
