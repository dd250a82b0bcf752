"""Other editions than the newest: what is proposed, and what was published at a number."""

import time
from collections.abc import Iterator
from typing import Any

import msgspec

from horde_reference.client.source import Answer, Source
from horde_reference.errors import NotThere, Unsound
from horde_reference.formats import head as heads
from horde_reference.formats.addresses import category_of, pending_path
from horde_reference.formats.v2.decoding import NOT_JSON


class _Around(Source):
    """A source that reads another."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def expire(self) -> None:
        """Pass it on."""
        self._source.expire()

    def close(self) -> None:
        """Pass it on."""
        self._source.close()


class Beta(_Around):
    """The records that open proposals would add or change; nothing else. Lay it over the source itself."""

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The proposed records of a category, see `Source`."""
        category = category_of(path)
        if category is None:
            raise NotThere(f"Proposals have nothing like {path}.")
        return self._source.read(pending_path(category), tag)

    def __str__(self) -> str:
        return f"proposals at {self._source}"


class Pinned(_Around):
    """The records as they were published at a number of the head, rebuilt from the audit trail.

    The same number gives the same records for ever. They differ from those of that day in what records do not say of
    themselves: names that a record got later are not known.
    """

    def __init__(self, source: Source, number: int) -> None:
        super().__init__(source)
        self._number = number

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The records of a category at that number, see `Source`."""
        category = category_of(path)
        if category is None:
            raise NotThere(f"Of number {self._number} only records can be read, not {path}.")
        wanted = f"number {self._number}"
        if tag == wanted:
            return Answer(None, wanted, time.time())
        head = heads.decode(_whole(self._source, heads.PATH))
        if head.number < self._number:
            raise NotThere(f"{self._source} has number {head.number}; {self._number} is not published.")
        return Answer(_object(self._records(category)), wanted, time.time())

    def _records(self, category: str) -> dict[str, Any]:
        try:
            return self._replayed(category)
        except (*NOT_JSON, KeyError, TypeError, AttributeError) as error:
            raise Unsound(f"The audit trail of {self._source} cannot be read: {error!r}.") from error

    def _replayed(self, category: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._events(category):
            if event["number"] > self._number:
                break
            after = event["payload"].get("after")
            found.pop(event.get("renamed_from", ""), None)
            found.pop(event["model_name"], None)
            if after and "withdrawn" not in after:
                found[event["model_name"]] = after
        return found

    def _events(self, category: str) -> Iterator[dict[str, Any]]:
        index = msgspec.json.decode(_whole(self._source, "audit/index.json"))
        for segment in index["segments"].get(category, ()):
            for line in _whole(self._source, segment["path"].removeprefix("/")).splitlines():
                yield msgspec.json.decode(line)

    def __str__(self) -> str:
        return f"{self._source} at number {self._number}"


def _whole(source: Source, path: str) -> bytes:
    return source.read(path).body or b""


def _object(records: dict[str, Any]) -> bytes:
    return msgspec.json.encode(dict(sorted(records.items())))
