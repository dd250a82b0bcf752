"""Models that are no longer offered, and names that they no longer have.

api/model_references/v2/removed.json   category → name → why, since when, and what to use instead
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from horde_reference.edition import Edition
from horde_reference.emit.api import ROOT
from horde_reference.formats.json_writing import compact
from horde_reference.records.base import Record
from horde_reference.tree import Emitted

PATH: Final = f"{ROOT}/v2/removed.json"


def emit(edition: Edition) -> Iterator[Emitted]:
    """The one file."""
    removed = {name: dict(_removed(members.values())) for name, members in edition.corpus.categories.items()}
    yield PATH, compact(removed)


def _removed(records: Iterable[Record]) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in records:
        if record.withdrawn is not None:
            facts = {"reason": record.withdrawn.reason, "date": record.withdrawn.date}
            instead = record.withdrawn.replaced_by
            yield record.name, facts if instead is None else {**facts, "replaced_by": instead}
        for alias in record.aliases:
            yield alias, {"reason": f"It is called {record.name} now.", "replaced_by": record.name}
