"""What was edited by hand in a legacy repository, proposed for our records."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from horde_reference.adapters.github import branches
from horde_reference.adapters.github.errors import Invalid
from horde_reference.adapters.github.values import PullRequest
from horde_reference.changes.report import as_json
from horde_reference.changes.three_way import Edit
from horde_reference.corpus import Corpus
from horde_reference.formats.canonical import document_of, load
from horde_reference.formats.json_writing import compact
from horde_reference.proposals.branches import branch_of
from horde_reference.proposals.wanted import Wanted
from horde_reference.records.base import Record
from horde_reference.workflows.gather import read
from horde_reference.workflows.hub import Hub, hub
from horde_reference.workflows.merge import merged
from horde_reference.workflows.proposals import MAIN
from horde_reference.workflows.proposing import Done, Manner, ask_for, asker
from horde_reference.workflows.sync import pulling
from horde_reference.workflows.sync.marking import Mark, marked
from horde_reference.workflows.sync.state import state_of
from horde_reference.workflows.sync.syncing import Prepared
from horde_reference.workflows.sync_settings import plainly_named
from horde_reference.workflows.wishes import Wish

_GONE = "It was taken out of the legacy repository by hand."
_LEFT = (
    "Nothing is left to adopt: what was edited there by hand is the same here, is gone, was edited here as well, or is "
    "to be replaced there as people said so."
)


@dataclass(frozen=True, slots=True)
class Drifted:
    """What became of a proposal to adopt what was edited there."""

    did: Literal["nothing", "closed", "refused", "proposed"]
    done: Done | None = None
    """The proposal, where there is one."""
    pull: PullRequest | None = None
    """The pull request that was closed, by us or by those who refuse it."""


def propose_drift(
    found: Prepared, environment: Mapping[str, str], repository: str | None, date: str, *, dry_run: bool
) -> Drifted:
    """Propose to adopt what was edited there and not here. What was edited on both sides, people have to settle.

    What is open is closed with a word when there is nothing to adopt; what was closed by hand is not proposed again.

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
    with hub(plainly_named(environment), repository, needs_token=not dry_run) as there:
        if not dry_run:
            branch = branch_of(*_words(found), owner=asker(there).login)
            standing = pulling.standing(there, branch, MAIN)
            if not edits:
                return _closed(found, there, standing.open)
            if standing.refuses(_digest(edits)):
                return Drifted("refused", pull=standing.latest)
        done = _proposed(found, edits, there, date, dry_run=dry_run) if edits else None
        return Drifted("proposed" if done else "nothing", done)


def _words(found: Prepared) -> tuple[str, ...]:
    return "drift", found.plan.repository


def _closed(found: Prepared, there: Hub, pull: PullRequest | None) -> Drifted:
    """Close what is open, unless it may be about what was not looked at, or cannot be read at the moment."""
    if pull is None or found.plan.faults or not found.categories:
        return Drifted("nothing")
    pulling.close(there, pull, _LEFT)
    with suppress(Invalid):  # a branch that is protected stays
        branches.delete(there.repository, pull.head_ref)
    return Drifted("closed", pull=pull)


def _proposed(found: Prepared, edits: Sequence[Edit], there: Hub, date: str, *, dry_run: bool) -> Done:
    theirs = state_of(found.categories, found.target.files, found.ours.current).records
    manner = Manner(
        words=_words(found),
        title=f"Adopt what was edited in {found.target.place.name}",
        ends=[marked("", Mark(digest=_digest(edits))).strip()],
        dry_run=dry_run,
    )
    return ask_for(there, found.ours.data, lambda main: Wish(_wanted(edits, theirs, main, date)), manner)


def _digest(edits: Iterable[Edit]) -> str:
    """What tells these edits from others."""
    return sha256(compact(as_json([one.change for one in edits]))).hexdigest()[:32]


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
