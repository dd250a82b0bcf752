"""Other open proposals about the same model, file or address."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from horde_reference.pending.proposal import Proposal, RecordChange
from horde_reference.pending.review import Duplicate


def duplicates(changes: Iterable[RecordChange], others: Iterable[Proposal]) -> list[Duplicate]:
    """What other proposals share with these changes: each proposal is named once for each kind of thing."""
    own = _facts(changes)
    found: dict[tuple[int, str], Duplicate] = {}
    for other in others:
        if other.state == "open":
            theirs = _facts(other.changes)
            for what, value in sorted(own & theirs):
                found.setdefault((other.number, what), Duplicate(other.number, what, value))  # type: ignore[arg-type] # one of three
    return list(found.values())


def _facts(changes: Iterable[RecordChange]) -> set[tuple[str, str]]:
    return {fact for change in changes for fact in _of(change)}


def _of(change: RecordChange) -> Iterator[tuple[str, str]]:
    """What a change brings: files that the record had already are not news."""
    yield "name", f"{change.category}/{change.name}".casefold()
    known = set(_files(change.before))
    yield from (fact for fact in _files(change.after) if fact not in known)


def _files(document: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    config = (document or {}).get("config")
    files = config.get("download") if isinstance(config, dict) else None
    for file in files if isinstance(files, list | tuple) else ():
        if isinstance(file, dict):
            if isinstance(digest := file.get("sha256sum"), str):
                yield "hash", digest.lower()
            if isinstance(address := file.get("file_url"), str):
                yield "address", address
