"""Records as they would be if all open, valid proposals were applied: the beta channel."""

from collections.abc import Iterable

from pydantic import ValidationError

from horde_reference.formats.canonical import decode
from horde_reference.formats.json_writing import compact
from horde_reference.pending.proposal import Proposal
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES


def beta(proposals: Iterable[Proposal]) -> dict[str, dict[str, Record]]:
    """Category → name → record that proposals would add or change.

    Of several proposals for one record the newest counts. Removals are left out, and so is what the rules refuse.
    """
    found: dict[str, dict[str, Record]] = {name: {} for name in CATEGORIES}
    usable = [one for one in proposals if one.state == "open" and not one.errors]
    for proposal in sorted(usable, key=lambda one: (one.updated_at, one.number)):
        for change in proposal.changes:
            found[change.category].pop(change.name, None)
            if change.operation != "delete" and (record := _record(change.category, change.after)):
                found[change.category][change.name] = record
    return {category: dict(sorted(members.items())) for category, members in found.items()}


def _record(category: str, document: object) -> Record | None:
    """The record that a document states; none for one that is no record, in a file that somebody wrote by hand."""
    try:
        return decode(category, compact(document))
    except ValidationError:
        return None
