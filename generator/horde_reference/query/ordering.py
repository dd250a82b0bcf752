"""Records in order, and the values that fields have."""

from collections.abc import Callable, Iterable

from horde_reference.query.errors import Unsuitable
from horde_reference.query.fields import Field, field_of
from horde_reference.query.operators import members, missing
from horde_reference.query.steps import RecordT
from horde_reference.records.base import Record


def sorting(
    kind: type[Record], paths: Iterable[str], *, descending: bool
) -> Callable[[Iterable[RecordT]], list[RecordT]]:
    """What puts records in the order of these fields, the first one first. Those that lack a value come last.

    Raises:
        UnknownField: the records have no such field.
        Unsuitable: a field has no order.
    """
    fields = [_sortable(field_of(kind, path)) for path in paths]

    def sort(records: Iterable[RecordT]) -> list[RecordT]:
        ordered = list(records)
        for field in reversed(fields):  # sorting is stable, so the field that counts most comes last
            ordered = _sorted(ordered, field, descending=descending)
        return ordered

    return sort


def distinct(records: Iterable[Record], field: Field) -> list[object]:
    """Every value of a field once, in order."""
    found = dict.fromkeys(value for record in records for value in members(field.read(record)))
    return sorted(found, key=_place)


def grouped(records: Iterable[RecordT], field: Field) -> dict[object, list[RecordT]]:
    """The records by the values of a field, in the order in which the values turn up; those without one last."""
    groups: dict[object, list[RecordT]] = {}
    without: list[RecordT] = []
    for record in records:
        value = field.read(record)
        if missing(value):
            without.append(record)
        for key in dict.fromkeys(members(value)):
            groups.setdefault(key, []).append(record)
    return groups | {None: without} if without else groups


def countable(field: Field) -> Field:
    """The field, if its values can be told apart by their hash.

    Raises:
        Unsuitable: they are dictionaries.
    """
    if dict in field.hint.types:
        raise Unsuitable(f"{field} holds values by key: name one, as in {field.path}__key.")
    return field


def _sortable(field: Field) -> Field:
    if field.spread or not field.hint.single:
        raise Unsuitable(f"{field} is a list: records cannot be put in order by it.")
    if not field.hint.holds(str, int, float):
        raise Unsuitable(f"{field} has parts: name the one to put records in order by.")
    return field


def _sorted(records: list[RecordT], field: Field, *, descending: bool) -> list[RecordT]:
    read = field.read
    stated = [(_place(value), record) for record in records if (value := read(record)) is not None]
    stated.sort(key=lambda pair: pair[0], reverse=descending)
    return [record for _, record in stated] + [record for record in records if read(record) is None]


def _place(value: object) -> tuple[int, float, str]:
    """Place of a value among others of any type: numbers, then texts without regard to case, then all else."""
    if isinstance(value, int | float):
        return 0, value, ""
    return (1, 0, value.casefold()) if isinstance(value, str) else (2, 0, repr(value))
