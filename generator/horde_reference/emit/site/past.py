"""What happened to each record, under all names that it had."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from horde_reference.changes.diff import FieldChange
from horde_reference.emit.site.labels import day, short
from horde_reference.formats.addresses import REPOSITORY
from horde_reference.history.event import Event, Key

SHOWN_STEPS: Final = 30
"""A page tells this many of the last changes."""
SHOWN_FIELDS: Final = 12
"""Of each change, a page tells this many of its fields."""
_SHOWN_CHARACTERS: Final = 70
_SHOWN_BEFORE: Final = 20
"""Characters that two long texts have in common, of which so many show where the others begin."""
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
        edits=edits(event.fields()) if event.operation == "update" else (),
    )


def edits(changes: Sequence[FieldChange]) -> list[Edit]:
    """Fields that were changed, as many as a page shows of one record."""
    return [Edit(one.field, *_sides(_written(one.old), _written(one.new))) for one in changes[:SHOWN_FIELDS]]


def _written(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _sides(old: str, new: str) -> tuple[str, str]:
    """Both texts, shortened, from a little before the first character in which they differ."""
    alike = next((place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), None)
    begin = max((min(len(old), len(new)) if alike is None else alike) - _SHOWN_BEFORE, 0)
    if begin == 0 or max(len(old), len(new)) <= _SHOWN_CHARACTERS:
        return short(old, _SHOWN_CHARACTERS), short(new, _SHOWN_CHARACTERS)
    return short(f"…{old[begin:]}", _SHOWN_CHARACTERS), short(f"…{new[begin:]}", _SHOWN_CHARACTERS)
