"""Names that went with one model and came back with another."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from horde_reference.history.event import Document, Event, Key, hashes, stated

_TELLING: Final = ("url", "homepage", "baseline", "parameters", "controlnet_style")
"""Where records name no hashes, these say whether they are of one model."""


def reused(events: Iterable[Event], names: Mapping[Key, Key]) -> Iterator[tuple[Event, Key]]:
    """Each removal of a record, with the record that now has its name and is another model.

    Args:
        events: all that happened, oldest first.
        names: a name in a category → the record that has it now, also as an alias.
    """
    removed: dict[Key, Event] = {}
    standing: dict[Key, Document] = {}
    followed: dict[Key, str] = {}
    for event in events:
        if event.after is None:
            removed[event.key] = event
            standing.pop(event.key, None)
        else:
            standing[event.key] = event.after
        if event.renamed_from is not None:
            followed[event.category, event.renamed_from] = event.name
    for key, gone in removed.items():
        holder = names.get(key)
        if holder not in standing or followed.get(key) == holder[1]:
            continue
        if _is_another(stated(gone.before), stated(standing[holder])):
            yield gone, holder


def _is_another(old: dict[str, Any], new: dict[str, Any]) -> bool:
    before, after = hashes(old), hashes(new)
    if before and after:
        return before.isdisjoint(after)
    return any(key in old and key in new and old[key] != new[key] for key in _TELLING)
