"""What happened to each record, under all names that it had."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from horde_reference.changes.diff import FieldChange
from horde_reference.emit.site.labels import day, short
from horde_reference.formats.addresses import REPOSITORY
from horde_reference.history.event import Event, Key

SHOWN_STEPS: Final = 30
"""A page tells this many of the last changes."""
_SHOWN_FIELDS: Final = 12
_SHOWN_CHARACTERS: Final = 70
_DONE: Final = {"create": "Added", "update": "Changed", "delete": "Removed"}


@dataclass(frozen=True, slots=True)
class Edit:
    """A field that was changed; a side is empty where there was no value."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a commit did to a record."""

    day: str
    done: str
    subject: str
    author: str
    proposer: str | None
    approvers: str
    pull_request: tuple[int, str] | None
    change: str | None
    """Path of the file that says what else the commit did; `None` where there is none."""
    edits: Sequence[Edit]


def by_record(events: Iterable[Event]) -> Mapping[Key, Sequence[Event]]:
    """Record → all that happened to it, oldest first."""
    found: dict[Key, list[Event]] = {}
    for event in events:
        if event.renamed_from is not None:
            before = found.pop((event.category, event.renamed_from), [])
            found[event.key] = [one for one in before if one.commit is not event.commit]
        found.setdefault(event.key, []).append(event)
    return found


def steps(events: Sequence[Event]) -> list[Step]:
    """The last of them in words, newest first."""
    return [_step(event) for event in reversed(events[-SHOWN_STEPS:])]


def _step(event: Event) -> Step:
    commit = event.commit
    number = commit.pull_request
    return Step(
        day=day(commit.time),
        done=f"Renamed from {event.renamed_from}" if event.renamed_from is not None else _DONE[event.operation],
        subject=commit.subject,
        author=commit.author,
        proposer=commit.proposer,
        approvers=", ".join(commit.approvers),
        pull_request=(number, f"{REPOSITORY}/pull/{number}") if number else None,
        change=f"changes/{commit.number}.json" if event.effect is not None else None,
        edits=list(_edits(event)) if event.operation == "update" else (),
    )


def _edits(event: Event) -> Iterator[Edit]:
    for change in event.fields()[:_SHOWN_FIELDS]:
        yield _edit(change)


def _edit(change: FieldChange) -> Edit:
    return Edit(change.field, _written(change.old), _written(change.new))


def _written(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None:
        return ""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return short(text, _SHOWN_CHARACTERS)
