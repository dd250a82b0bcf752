"""The audit trail as text: one JSON object a line, in segments that never change again once they are full."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

from horde_reference.history.event import Document, Event
from horde_reference.history.log import Commit

SEGMENT_BYTES: Final = 5_242_880
"""A segment has at most this many bytes, but for one that holds a single longer event."""

_DOMAIN: Final = "v2"


def encode(event: Event) -> bytes:
    """The line of an event, without its line break."""
    facts = {
        "event_id": event.id,
        "timestamp": event.commit.time,
        "domain": _DOMAIN,
        "category": event.category,
        "model_name": event.name,
        "operation": event.operation,
        "logical_user_id": event.commit.author,
        "commit": event.commit.hash,
        "number": event.commit.number,
        "subject": event.commit.subject,
        "pull_request": event.commit.pull_request,
        "proposed_by": event.commit.proposer,
        "approved_by": list(event.commit.approvers) or None,
        "renamed_from": event.renamed_from,
        "payload": _payload(event),
    }
    return orjson.dumps({key: value for key, value in facts.items() if value is not None})


def _payload(event: Event) -> dict[str, Any]:
    sides = {"before": event.before, "after": event.after}
    payload: dict[str, Any] = {side: orjson.Fragment(text) for side, text in sides.items() if text is not None}
    if event.operation == "update":
        payload["delta"] = {change.field: {"old": change.old, "new": change.new} for change in event.fields()}
    return payload


def decode(line: bytes) -> Event:
    """The event of a line.

    Raises:
        ValueError: the line is not JSON.
        KeyError: it lacks what every event has.
    """
    facts = orjson.loads(line)
    commit = Commit(
        facts["commit"], facts["timestamp"], facts["logical_user_id"], facts["subject"], facts["number"],
        facts.get("proposed_by"), tuple(facts.get("approved_by", ())),
    )  # fmt: skip
    payload = facts["payload"]
    sides = (_document(payload.get("before")), _document(payload.get("after")))
    return Event(facts["event_id"], commit, facts["category"], facts["model_name"], *sides, facts.get("renamed_from"))


def _document(value: dict[str, Any] | None) -> Document | None:
    return None if value is None else orjson.dumps(value)


def segments(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Lines, with their line breaks, by segment. Later lines change the last segment only, or begin a new one."""
    found: list[bytes] = []
    size = 0
    for line in lines:
        if found and size + len(line) + 1 > SEGMENT_BYTES:
            yield found
            found, size = [], 0
        found.append(line + b"\n")
        size += len(line) + 1
    if found:
        yield found
