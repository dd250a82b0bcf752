"""What happened to one record at one commit."""

from dataclasses import dataclass
from typing import Any

import orjson

from horde_reference.changes.diff import FieldChange, Operation, differences
from horde_reference.history.log import Commit

Key = tuple[str, str]
"""Category and name of a record."""

Document = bytes
"""What a record's file states, without `$schema`: a compact JSON object, keys in the file's order."""


@dataclass(frozen=True, slots=True)
class Event:
    """One record before and after one commit."""

    id: int
    """Grows by one from event to event, over all categories."""
    commit: Commit
    """The commit that did it."""
    category: str
    """Category of the record."""
    name: str
    """Name of the record."""
    before: Document | None
    """What the record stated; `None` where it is new."""
    after: Document | None
    """What it states now; `None` where it is gone."""
    renamed_from: str | None = None
    """The record's name until this commit, where this is an old record under a new name."""

    @property
    def key(self) -> Key:
        """Category and name."""
        return self.category, self.name

    @property
    def operation(self) -> Operation:
        """What happened to the record."""
        if self.before is None:
            return "create"
        return "update" if self.after is not None else "delete"

    @property
    def effect(self) -> Operation | None:
        """What readers of the published records see happen: a record that is withdrawn goes. `None` for nothing."""
        before, after = is_offered(self.before), is_offered(self.after)
        if not (before or after):
            return None
        if not before:
            return "create"
        return "update" if after else "delete"

    def fields(self) -> list[FieldChange]:
        """The fields that differ, by path."""
        return list(differences(stated(self.before), stated(self.after)))


def is_offered(document: Document | None) -> bool:
    """Whether there is a record, and it is not withdrawn."""
    return document is not None and (b'"withdrawn":' not in document or "withdrawn" not in stated(document))


def hashes(stated: dict[str, Any]) -> frozenset[str]:
    """SHA-256 of a record's files; none where an old record says it in another way."""
    try:
        found = [one.get("sha256sum") for one in stated["config"]["download"]]
    except (KeyError, TypeError, AttributeError):
        return frozenset()
    return frozenset(one.lower() for one in found if isinstance(one, str))


def stated(document: Document | None) -> dict[str, Any]:
    """The JSON object of a document; an empty one for none."""
    value: dict[str, Any] = orjson.loads(document) if document is not None else {}
    return value
