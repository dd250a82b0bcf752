"""An edit of an object that has changed since: both changes, where they do not contradict each other."""

from json import dumps
from typing import Any, Final

from horde_reference.proposals.places import Path
from horde_reference.proposals.wanted import Document

_NOTHING: Final = object()


def rebased(before: Document, after: Document, now: Document) -> tuple[Document, list[Path]]:
    """What an edit makes of an object as it is now, and the places at which both say something else than before.

    Args:
        before: what was edited.
        after: what it was made.
        now: what it has become meanwhile.
    """
    clashes: list[Path] = []
    return _merged(before, after, now, (), clashes), clashes


def _merged(before: Document, after: Document, now: Document, at: Path, clashes: list[Path]) -> Document:
    keys = dict.fromkeys([*now, *after])
    merged = {key: _one(before, after, now, (*at, key), clashes) for key in keys}
    return {key: value for key, value in merged.items() if value is not _NOTHING}


def _one(before: Document, after: Document, now: Document, at: Path, clashes: list[Path]) -> Any:  # noqa: ANN401 - any JSON value
    old, edited, current = (one.get(at[-1], _NOTHING) for one in (before, after, now))
    if _same(edited, old) or _same(edited, current):
        return current
    if isinstance(edited, dict) and isinstance(current, dict):
        return _merged(old if isinstance(old, dict) else {}, edited, current, at, clashes)
    if not _same(current, old):
        clashes.append(at)
    return edited


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether two values are the same JSON. To Python `1 == True`."""
    if one is _NOTHING or other is _NOTHING:
        return one is other
    return dumps(one, sort_keys=True) == dumps(other, sort_keys=True)
