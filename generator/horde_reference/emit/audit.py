"""The audit trail: every change of every record, who made it and when.

audit/index.json                       the segments of each category
audit/v2/<category>/audit-000001.jsonl events, one JSON object a line
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from horde_reference.edition import Edition
from horde_reference.formats.json_writing import compact
from horde_reference.history.event import Event
from horde_reference.history.trail import encode, segments
from horde_reference.tree import Emitted

ROOT: Final = "audit"


def emit(edition: Edition) -> Iterator[Emitted]:
    """Every segment, and the index."""
    by_category: defaultdict[str, list[Event]] = defaultdict(list)
    for event in edition.events:
        by_category[event.category].append(event)
    index: dict[str, list[dict[str, Any]]] = {}
    for category in edition.corpus.categories:
        events = by_category[category]
        index[category] = []
        for number, lines in enumerate(segments(map(encode, events)), 1):
            body = b"".join(lines)
            path = f"{ROOT}/v2/{category}/audit-{number:06}.jsonl"
            held, events = events[: len(lines)], events[len(lines) :]
            index[category].append(_described(path, held, body))
            yield path, body
        for segment in index[category][:-1]:
            segment["full"] = True
    last = edition.events[-1].id if edition.events else 0
    yield f"{ROOT}/index.json", compact({"last_event_id": last, "segments": index})


def _described(path: str, events: Sequence[Event], body: bytes) -> dict[str, Any]:
    return {
        "path": f"/{path}",
        "first_event_id": events[0].id,
        "last_event_id": events[-1].id,
        "events": len(events),
        "size": len(body),
        "sha256": sha256(body).hexdigest(),
        "full": False,
    }
