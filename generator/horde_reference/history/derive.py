"""From commits that touch files to events that change records."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Final

import orjson

from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.formats.paths import SUFFIX, name_of, path_of
from horde_reference.history.event import Document, Event, Key
from horde_reference.history.log import Commit, Touch
from horde_reference.history.renames import renames
from horde_reference.records.categories import CATEGORIES

Steps = Iterable[tuple[Commit, list[Touch]]]

_PLACES: Final = {name: place for place, name in enumerate(CATEGORIES)}


def records_touched(steps: Steps, prefix: str) -> list[tuple[Commit, dict[Key, str | None]]]:
    """For each commit the records whose files it touched, in order, with the blob that holds each from then on.

    Args:
        steps: commits, oldest first.
        prefix: path of the folder of records from the root of the repository, with a slash at its end.
    """
    return [(commit, _keyed(touched, prefix)) for commit, touched in steps]


def _keyed(touched: Iterable[Touch], prefix: str) -> dict[Key, str | None]:
    keyed = ((key_of(touch.path.removeprefix(prefix)), touch.blob) for touch in touched)
    found = {key: blob for key, blob in keyed if key is not None}
    return {key: found[key] for key in sorted(found, key=lambda key: (_PLACES[key[0]], key[1]))}


def key_of(path: str) -> Key | None:
    """Category and name of a record's file; `None` for any other file."""
    category = path.partition("/")[0]
    if category not in _PLACES or not path.endswith(SUFFIX) or "/." in path:
        return None
    # A path that is not UTF-8, or spells a name in another way, was no record, whatever it held.
    try:
        path.encode()
        key = name_of(path)
        return key if path_of(*key) == path else None
    except ValueError:
        return None


def events(steps: Iterable[tuple[Commit, Mapping[Key, str | None]]], contents: Iterator[bytes]) -> Iterator[Event]:
    """What happened to the records, oldest first.

    A commit that changes only how a file is written changes no record. A file that is not a JSON object is passed
    over: the record then stays what it was until a commit mends it or takes it away.

    Args:
        steps: what `records_touched` found.
        contents: of every blob in it, in the same order.
    """
    state: dict[Key, Document] = {}
    numbers = count(1)
    for commit, blobs in steps:
        after = {key: document(next(contents)) if blob else None for key, blob in blobs.items()}
        changed = {
            key: new
            for key, new in after.items()
            if (new is not None or blobs[key] is None) and not same(state.get(key), new)
        }
        old_names = renames({key: (state.get(key), new) for key, new in changed.items()})
        for key, new in changed.items():
            yield Event(next(numbers), commit, *key, state.get(key), new, old_names.get(key))
        for key, new in changed.items():
            _put(state, key, new)


def replay(history: Iterable[Event]) -> dict[Key, Document]:
    """Every record that stands after these events.

    Raises:
        ValueError: an event does not begin where the one before it ended.
    """
    state: dict[Key, Document] = {}
    for event in history:
        if state.get(event.key) != event.before:
            raise ValueError(f"event {event.id} on {event.category}/{event.name} does not follow from those before it")
        _put(state, event.key, event.after)
    return state


def _put(state: dict[Key, Document], key: Key, new: Document | None) -> None:
    if new is None:
        state.pop(key, None)
    else:
        state[key] = new


def document(raw: bytes) -> Document | None:
    """What a file states; `None` if it is not a JSON object."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(value, dict):
        return None
    value.pop(SCHEMA_KEY, None)
    return orjson.dumps(value)


def same(one: Document | None, other: Document | None) -> bool:
    """Whether two documents state the same, in whatever order."""
    return one == other or (one is not None and other is not None and _sorted(one) == _sorted(other))


def _sorted(one: Document) -> bytes:
    return orjson.dumps(orjson.loads(one), option=orjson.OPT_SORT_KEYS)
