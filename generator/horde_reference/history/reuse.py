"""Names that went with one model and came back with another."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from horde_reference.history.event import Event, Key, stated

_TELLING: Final = ("url", "homepage", "baseline", "parameters", "controlnet_style")
"""Where records name no hashes, these say whether they are of one model."""


def reused(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """Each removal of a record, with the later event that gave its name to another model."""
    removed: dict[Key, Event] = {}
    for event in events:
        if event.operation == "delete":
            removed[event.key] = event
        gone = removed.pop(event.key, None) if event.operation == "create" else None
        if gone and event.renamed_from is None and _is_another(stated(gone.before), stated(event.after)):
            yield gone, event


def _is_another(old: dict[str, Any], new: dict[str, Any]) -> bool:
    before, after = _hashes(old), _hashes(new)
    if before and after:
        return before.isdisjoint(after)
    return any(key in old and key in new and old[key] != new[key] for key in _TELLING)


def _hashes(document: dict[str, Any]) -> set[str]:
    """The hashes of a model's files; none where an old record states them in another way."""
    try:
        return {str(one["sha256sum"]).lower() for one in document["config"]["download"] if one.get("sha256sum")}
    except (KeyError, TypeError, AttributeError):
        return set()
