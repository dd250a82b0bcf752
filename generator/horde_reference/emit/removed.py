"""Models that are no longer offered, and names that they no longer have.

api/model_references/v2/removed.json   category → name → why, since when, and what to use instead
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from horde_reference.edition import Edition
from horde_reference.formats.addresses import API_ROOT
from horde_reference.formats.json_writing import compact
from horde_reference.history.event import Event
from horde_reference.records.base import Record
from horde_reference.tree import Emitted

PATH: Final = f"{API_ROOT}/v2/removed.json"


def emit(edition: Edition) -> Iterator[Emitted]:
    """The one file: what records state, and of the others what the history says."""
    removed = {
        category: {
            name: facts
            for name, facts in sorted({**deleted(edition.events, category), **dict(_stated(members.values()))}.items())
            if name not in edition.published[category]
        }
        for category, members in edition.corpus.categories.items()
    }
    yield PATH, compact(removed)


def _stated(records: Iterable[Record]) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in records:
        facts = {"reason": f"It is called {record.name} now.", "replaced_by": record.name}
        if record.withdrawn is not None:
            facts = {"reason": record.withdrawn.reason, "date": record.withdrawn.date}
            if record.withdrawn.replaced_by is not None:
                facts["replaced_by"] = record.withdrawn.replaced_by
            yield record.name, facts
        for alias in record.aliases:
            yield alias, facts


def deleted(events: Iterable[Event], category: str) -> dict[str, dict[str, Any]]:
    """Names whose record was deleted without a word."""
    found: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.category == category:
            if event.after is None:
                day = event.commit.when.date().isoformat()
                found.setdefault(event.name, {}).update({"reason": "Its record was deleted.", "date": day})
            else:
                found.pop(event.name, None)
            if event.renamed_from is not None:
                found.setdefault(event.renamed_from, {})["replaced_by"] = event.name
    return found
