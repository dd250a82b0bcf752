"""What the pages on changes say: the last commits that changed records, and how, field by field."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Final

from horde_reference.changes.diff import Operation
from horde_reference.edition import Edition
from horde_reference.emit.changes import path_of
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import model_href
from horde_reference.emit.site.understanding.touched import SHOWN_RECORDS, Touched, touched
from horde_reference.formats.addresses import REPOSITORY
from horde_reference.history.event import Event
from horde_reference.history.log import Commit

SHOWN_COMMITS: Final = 50
"""A page tells this many of the last commits, as a feed does."""


_DEEDS: Final[Mapping[Operation, str]] = {"create": "added", "update": "changed", "delete": "removed"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit and the records that it changed."""

    day: str
    subject: str
    author: str
    proposer: str | None
    approvers: str
    pull_request: tuple[int, str] | None
    """Number and address."""
    json: str
    """File that says all of it, behind the way to the web root."""
    counts: Mapping[str, int]
    """What happened to records → to how many of them."""
    records: Sequence[Touched]
    more: int
    """Records that are not told."""


def entries(edition: Edition, category: str | None) -> list[Entry]:
    """The last commits that changed records of a category, or of any, newest first."""
    seen = (
        event for event in reversed(edition.events) if event.effect is not None and category in {None, event.category}
    )
    commits = groupby(seen, key=attrgetter("commit"))
    return [_entry(edition, commit, list(events)[::-1]) for commit, events in islice(commits, SHOWN_COMMITS)]


def told_categories(edition: Edition) -> list[str]:
    """Categories in which anything ever happened, in the order in which people look for them."""
    return [category for category in labels.TITLES if category in edition.timeline.tallies]


def _entry(edition: Edition, commit: Commit, events: Sequence[Event]) -> Entry:
    number = commit.pull_request
    renamed = {(event.category, event.renamed_from) for event in events}
    told = [event for event in events if event.effect != "delete" or event.key not in renamed]
    return Entry(
        day=labels.day(commit.time),
        subject=commit.subject,
        author=commit.author,
        proposer=commit.proposer,
        approvers=", ".join(commit.approvers),
        pull_request=(number, f"{REPOSITORY}/pull/{number}") if number else None,
        json=path_of(commit),
        counts=Counter(map(_deed, told)),
        records=[_record(edition, event) for event in told[:SHOWN_RECORDS]],
        more=max(len(told) - SHOWN_RECORDS, 0),
    )


def _deed(event: Event) -> str:
    return "renamed" if event.renamed_from is not None else _DEEDS[event.effect or event.operation]


def _record(edition: Edition, event: Event) -> Touched:
    effect = event.effect or event.operation
    fields = event.fields() if event.operation == "update" else ()
    href = model_href(*event.key) if event.name in edition.corpus[event.category] else None
    return touched(effect, event.key, href, fields, event.renamed_from)
