"""A record that a commit changed, or that a proposal would change, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from horde_reference.changes.diff import FieldChange, Operation
from horde_reference.changes.report import is_critical
from horde_reference.emit.site import labels
from horde_reference.emit.site.past import SHOWN_FIELDS, Edit, edits

SHOWN_RECORDS: Final = 20
"""Records that are told of one commit, or of one proposal."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record and what happens to it."""

    operation: Operation
    category: str
    """What people call its category."""
    name: str
    href: str | None
    """Its page, behind the way to the web root; `None` where there is none yet."""
    was: str | None
    """The name that it had before, if it has a new one."""
    edits: Sequence[Edit]
    critical: frozenset[str]
    """Those of these fields that a reviewer must not miss."""
    more: int
    """Fields that are not told."""


def touched(
    operation: Operation, key: tuple[str, str], href: str | None, fields: Sequence[FieldChange], was: str | None = None
) -> Touched:
    """What happens to a record.

    Args:
        operation: whether it comes, changes or goes.
        key: its category and name.
        href: its page, if there is one.
        fields: the fields that differ, by path.
        was: the name that it had before, if it has a new one.
    """
    category, name = key
    critical = frozenset(one.field for one in fields if operation == "update" and is_critical(category, one.field))
    more = max(len(fields) - SHOWN_FIELDS, 0)
    return Touched(operation, labels.TITLES[category], name, href, was, edits(fields), critical, more)
