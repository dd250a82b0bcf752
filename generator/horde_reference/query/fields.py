"""The fields of a record by their paths: `baseline`, `finetune_series__name`, `config__download__file_name`."""

from collections.abc import Callable, Collection
from dataclasses import fields, is_dataclass
from importlib import import_module
from operator import attrgetter
from typing import Final, cast

from horde_reference.query.errors import UnknownField
from horde_reference.query.hints import Hint, hints_of, is_list
from horde_reference.records.base import Record
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.quantisation import quantisation_of

PRIVATE: Final = frozenset({"legacy", "exceptions", "aliases", "withdrawn"})
"""Fields that the published records do not have."""

Read = Callable[[object], object]


class Field:
    """One field, found by its path: how to read it and what it holds."""

    __slots__ = ("hint", "kind", "path", "read", "spread")

    def __init__(self, kind: type[Record], path: str, read: Read, hint: Hint, *, spread: bool = False) -> None:
        self.kind = kind
        """Type of the records that it belongs to."""
        self.path = path
        """Its path, without an operator."""
        self.read = read
        """Its value of a record; `None` where it is not stated."""
        self.hint = hint
        """What its values may be."""
        self.spread = spread
        """Whether the path leads through a list: then a value is the tuple of what all members say."""

    def __str__(self) -> str:
        return f"'{self.path}' of {called(self.kind)}"


def called(kind: type[Record]) -> str:
    """Records of a kind in words: `image_generation models`."""
    return f"{getattr(kind, 'category', kind.__name__)} models"


def field_of(kind: type[Record], path: str) -> Field:
    """The field that a path leads to.

    Raises:
        UnknownField: the records have none there.
    """
    return split(kind, path, ())[0]


def split(kind: type[Record], keyword: str, operators: Collection[str]) -> tuple[Field, str]:
    """The field that a keyword starts with and the operator that it ends in, empty where it has none.

    Raises:
        UnknownField: it has another part that is neither.
    """
    first, *parts = keyword.split("__")
    operator = parts.pop() if parts and parts[-1] in operators else ""
    field = _first(kind, first)
    for part in parts:
        field = _below(field, part, operators)
    return field, operator


def size_of(record: Record) -> int | None:
    """Bytes that a model takes on disk: as stated, or else the sum of its files where all of them say theirs."""
    if record.size_on_disk_bytes is not None:
        return record.size_on_disk_bytes
    sizes = [file.size_bytes for file in record.config.download]
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None


def _quantisation_of(record: Record) -> str | None:
    return quantisation_of(record.name)


def _group_of(record: Record) -> str:
    return str(import_module("horde_reference.text.names").parse_name(record.name).group)  # which few queries need


def _names(of: type[object]) -> tuple[str, ...]:
    """Names of the fields that a record, or a part of one, has for all to see."""
    private = PRIVATE if issubclass(of, Record) else frozenset[str]()
    return tuple(name for name in (field.name for field in fields(cast("type[Record]", of))) if name not in private)


def _first(kind: type[Record], name: str) -> Field:
    derived: dict[str, tuple[Callable[[Record], object], object]] = {"size": (size_of, int)}
    if issubclass(kind, TextGeneration):
        derived["quantisation"] = (_quantisation_of, str)
        derived["text_model_group"] = (_group_of, str)
    if name in derived:
        read, of = derived[name]
        return Field(kind, name, cast("Read", read), Hint(of))
    if name not in _names(kind):
        raise UnknownField(name, (*_names(kind), *derived), f"{called(kind)} have no field {name!r}.")
    return Field(kind, name, attrgetter(name), Hint(hints_of(kind)[name]))


def _below(field: Field, part: str, operators: Collection[str]) -> Field:
    """The part of a field that has parts."""
    hint, path = field.hint, f"{field.path}__{part}"
    if hint.values is not None:
        return Field(field.kind, path, _member(field.read, part), hint.values)
    inner = {name: of for of in filter(is_dataclass, hint.types) for name in _names(of)}
    if part not in inner:
        known = (*inner, *(operators if part not in operators else ()))  # an operator stands last
        raise UnknownField(part, known, f"{field} has no part {part!r}.")
    spread = hint.listed or field.spread
    read = (_of_each if spread else _of_one)(field.read, attrgetter(part))
    return Field(field.kind, path, read, Hint(hints_of(inner[part])[part]), spread=spread)


def _member(read: Read, key: str) -> Read:
    def read_member(record: object) -> object:
        value = read(record)
        return cast("dict[str, object]", value).get(key) if isinstance(value, dict) else None

    return read_member


def _of_one(read: Read, get: Read) -> Read:
    def read_part(record: object) -> object:
        value = read(record)
        return None if value is None else get(value)

    return read_part


def _of_each(read: Read, get: Read) -> Read:
    def read_parts(record: object) -> object:
        value = read(record)
        members = value if is_list(value) else ()
        return tuple(part for part in map(get, members) if part is not None)

    return read_parts
