"""What was edited by hand in a legacy repository, proposed for our records."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from horde_reference.changes.three_way import Edit
from horde_reference.corpus import Corpus
from horde_reference.formats.canonical import document_of, load
from horde_reference.proposals.wanted import Wanted
from horde_reference.records.base import Record
from horde_reference.workflows.gather import read
from horde_reference.workflows.hub import hub
from horde_reference.workflows.merge import merged
from horde_reference.workflows.proposing import Done, Manner, ask_for
from horde_reference.workflows.sync.state import state_of
from horde_reference.workflows.sync.syncing import Prepared
from horde_reference.workflows.sync_settings import plainly_named
from horde_reference.workflows.wishes import Wish

_GONE = "It was taken out of the legacy repository by hand."


def propose_drift(
    found: Prepared, environment: Mapping[str, str], repository: str | None, date: str, *, dry_run: bool
) -> Done:
    """Propose to adopt what was edited there and not here. What was edited on both sides, people have to settle.

    Args:
        found: what a sync would do.
        environment: says where GitHub is, and who asks.
        repository: owner and name of the repository of our records; by default that of the environment.
        date: today, as year-month-day.
        dry_run: whether to write nothing.

    Raises:
        CannotRun: GitHub or git do not do what is asked.
    """
    edits = [one for one in found.plan.edits if not one.is_conflict]
    theirs = state_of(found.categories, found.target.files, found.ours.current).records
    title = f"Adopt what was edited in {found.target.place.name}"
    manner = Manner(words=("drift", found.plan.repository), title=title, dry_run=dry_run)
    with hub(plainly_named(environment), repository, needs_token=not dry_run) as there:
        return ask_for(there, found.ours.data, lambda main: Wish(_wanted(edits, theirs, main, date)), manner)


def _wanted(edits: Iterable[Edit], theirs: Corpus, main: Path, date: str) -> Sequence[Wanted]:
    ours = load(read(main).files).corpus
    return [_adopted(one, theirs[one.category].get(one.name), ours[one.category].get(one.name), date) for one in edits]


def _adopted(edit: Edit, theirs: Record | None, ours: Record | None, date: str) -> Wanted:
    if theirs is not None:
        document = {key: value for key, value in document_of(merged(theirs, ours)).items() if key != "withdrawn"}
        operation: Any = "add" if ours is None else "update"
    else:
        document = {**(document_of(ours) if ours else {}), "withdrawn": {"reason": _GONE, "date": date}}
        operation = "remove"
    return Wanted(operation=operation, category=edit.category, name=edit.name, document=document)
