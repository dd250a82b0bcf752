"""What people let a sync do that it would not do by itself. It holds as long as the pull request is open."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Final

from horde_reference.changes.three_way import Edit
from horde_reference.errors import CannotRun
from horde_reference.formats.canonical import document_of
from horde_reference.formats.json_writing import compact
from horde_reference.workflows.sync.planning import Plan

CHANGES: Final = "changes"
"""Key of what is allowed: so many changes. All other keys are categories, and what they may shrink to."""
_DIGITS: Final = 16


def key_of(edit: Edit) -> str:
    """What tells an edit made by hand from others, also from a later one of the same record."""
    said = document_of(edit.theirs) if edit.theirs else None
    return sha256(compact([edit.category, edit.name, said])).hexdigest()[:_DIGITS]


def taken(edits: Sequence[Edit], names: Collection[str], before: Collection[str]) -> list[Edit]:
    """The edits that are to be replaced by what our records say.

    Args:
        edits: all that were made by hand.
        names: models that somebody names now.
        before: keys of edits that were named before, and of which a pull request is open.

    Raises:
        CannotRun: a model that is named was not edited there.
    """
    if unknown := sorted(set(names).difference(*(one.names for one in edits))):
        there = ", ".join(sorted({one.name for one in edits})) or "nothing"
        raise CannotRun(f"{', '.join(unknown)} was not edited there by hand; what was is: {there}.")
    return [one for one in edits if set(names).intersection(one.names) or key_of(one) in before]


def allowed(plan: Plan, before: Mapping[str, int], *, many: bool, shrink: bool) -> dict[str, int]:
    """How much may be done at once: what was allowed before, and what the plan does where people let it.

    Args:
        plan: what is to be done.
        before: what was allowed before, and of which a pull request is open.
        many: whether however many models may change.
        shrink: whether a category may lose whatever it loses.
    """
    found = dict(before)
    if many:
        found[CHANGES] = len(plan.changes)
    if shrink:
        after = plan.counts["after"]
        found |= {name: after.get(name, 0) for name, had in plan.counts["before"].items() if after.get(name, 0) < had}
    return found
