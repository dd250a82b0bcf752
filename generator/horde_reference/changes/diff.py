"""What changed between two corpora, record by record and field by field."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from json import dumps
from typing import Any, Final, Literal

from horde_reference.corpus import Corpus
from horde_reference.formats.canonical import document_of
from horde_reference.records.base import Record

_PLAIN_KEY: Final = re.compile(r'[^.\[\]"]+')
Operation = Literal["create", "update", "delete"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs."""

    field: str
    """Dotted path, for example `config.download`; a key with a dot in it stands in brackets: `fields["a.b"]`.

    Objects are entered, lists are compared as a whole.
    """
    old: Any
    """JSON value before; `None` where there was none."""
    new: Any
    """JSON value after; `None` where there is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """Before and after of one record."""

    before: Record | None
    """The record before; `None` where it is new."""
    after: Record | None
    """The record after; `None` where it is gone."""

    @property
    def record(self) -> Record:
        """The record as it is, or as it last was."""
        record = self.after or self.before
        if record is None:
            raise ValueError("a change has a before or an after")
        return record

    @property
    def operation(self) -> Operation:
        """What happened to the record."""
        if self.before is None:
            return "create"
        return "update" if self.after else "delete"

    def fields(self) -> list[FieldChange]:
        """The fields that differ, by path. A field that is left out equals its default."""
        before = document_of(self.before) if self.before else {}
        after = document_of(self.after) if self.after else {}
        return list(differences(before, after))


def diff(base: Corpus, head: Corpus) -> tuple[Change, ...]:
    """What must change in `base` to make it `head`, by category and name."""
    return tuple(_changes(base, head))


def _changes(base: Corpus, head: Corpus) -> Iterator[Change]:
    for category, before in base.categories.items():
        after = head[category]
        for name in sorted({*before, *after}):
            change = Change(before.get(name), after.get(name))
            if change.before is None or change.after is None or not same(change.before, change.after):
                yield change


def apply(changes: Iterable[Change], base: Corpus) -> Corpus:
    """The corpus after the changes; `apply(diff(a, b), a) == b`."""
    records = {(record.category, record.name): record for record in base}
    for change in changes:
        key = (change.record.category, change.record.name)
        if change.after is None:
            del records[key]
        else:
            records[key] = change.after
    return Corpus.of(records.values())


def differences(old: dict[str, Any], new: dict[str, Any], prefix: str = "") -> Iterator[FieldChange]:
    """The fields in which two JSON objects differ, by path."""
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        path = _joined(prefix, key)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from differences(before, after, path)
        elif (key in old) != (key in new) or dumps(before) != dumps(after):
            yield FieldChange(path, before, after)


def _joined(prefix: str, key: str) -> str:
    if not _PLAIN_KEY.fullmatch(key):
        return prefix + dumps([key], ensure_ascii=False)
    return f"{prefix}.{key}" if prefix else key


def same(one: Record, other: Record) -> bool:
    """Whether two records state the same JSON. To Python `1 == True`."""
    return one is other or (one == other and dumps(document_of(one)) == dumps(document_of(other)))
