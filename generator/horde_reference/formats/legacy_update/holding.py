"""Which record an entry of a legacy file holds, and where a new one goes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from horde_reference.formats.legacy_order import position_of
from horde_reference.records.base import Record

ItemT = TypeVar("ItemT")


def holders(wanted: Mapping[str, Record], present: Mapping[str, str]) -> dict[str, str]:
    """Key in the file → key that its entry shall have, for each entry that stays.

    An entry belongs to the record with its key, else to the one with the name that it states, else to the one that
    had that name or key before. So a record that got another name keeps its place.

    Args:
        wanted: key → record.
        present: key in the file → name that the entry states.
    """
    held = {key: key for key in present if key in wanted}
    free = {key: record for key, record in wanted.items() if key not in present}
    by_name = {name: key for key, name in present.items() if key not in held}
    for key, record in free.items():
        for former in (record.name, *reversed(record.aliases)):
            there = former if former in present else by_name.get(former)
            if there is not None and there not in held:
                held[there] = key
                break
    return held


def without(wanted: Iterable[str], held: Iterable[str]) -> list[str]:
    """The keys that no entry holds yet, in their order."""
    taken = set(held)
    return [key for key in wanted if key not in taken]


def birth_name(record: Record) -> str:
    """The first name of a record: its place among others does not depend on when it got another one."""
    return record.aliases[0] if record.aliases else record.name


def place_of(record: Record) -> tuple[float, str]:
    """Sort key of records in a legacy file that people do not sort: where they stand, new ones last, by name."""
    position = position_of(record)
    return (float("inf") if position is None else position, birth_name(record))


def put_in(items: Sequence[tuple[Any, ItemT]], new: Iterable[tuple[Any, ItemT]]) -> list[ItemT]:
    """The items with new ones between them, each behind the last one whose sort key is not above its own.

    Args:
        items: sort key and item; a key of `None` for an item that gives no place to others.
        new: sort key and item.
    """
    placed: list[tuple[int, int, ItemT]] = [(at, 0, item) for at, (_, item) in enumerate(items)]
    for number, (key, item) in enumerate(sorted(new, key=lambda one: one[0]), 1):
        behind = (at for at in range(len(items) - 1, -1, -1) if items[at][0] is not None and items[at][0] <= key)
        placed.append((next(behind, -1), number, item))
    return [item for _, _, item in sorted(placed, key=lambda one: one[:2])]
