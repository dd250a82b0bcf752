"""A repository on GitHub: what all verbs are functions of."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from horde_reference.adapters.github.connection import Connection
from horde_reference.adapters.github.decoding import decoded
from horde_reference.adapters.github.paths import checked_name, joined
from horde_reference.errors import Unsound

T = TypeVar("T")

MOST_PAGES: Final = 100
"""Parts of a list, of a hundred entries each. A list that is longer is refused rather than cut off."""
_PER_PAGE: Final = 100


class Repository:
    """A repository, and the way to ask GitHub about it. Its methods raise what `Connection.request` raises.

    Args:
        name: owner and name, joined by a slash.
        connection: the way to ask.

    Raises:
        CannotRun: the name cannot be one.
    """

    def __init__(self, name: str, connection: Connection) -> None:
        self.owner, self.short_name = checked_name(name)
        self.connection = connection

    def __repr__(self) -> str:
        return f"Repository({self.name!r}, {self.connection!r})"

    @property
    def name(self) -> str:
        """Owner and name, joined by a slash."""
        return f"{self.owner}/{self.short_name}"

    def get(self, form: type[T], *parts: str | int) -> T:
        """What is at a path below the repository, in the form that it must have."""
        return decoded(self.connection.request("GET", self._path(parts)).body, form)

    def send(self, method: str, form: type[T], *parts: str | int, body: object) -> T:
        """Write at a path below the repository; returns what GitHub replies."""
        return decoded(self.connection.request(method, self._path(parts), body=body).body, form)

    def delete(self, *parts: str | int) -> None:
        """Delete what is at a path below the repository."""
        self.connection.request("DELETE", self._path(parts))

    def all(self, form: type[T], *parts: str | int, query: Mapping[str, str | None] | None = None) -> Iterator[T]:
        """The entries of a list, fetched in parts as they are wanted. What is `None` in the query is left out.

        Raises:
            Unsound: it has more than `MOST_PAGES` parts.
        """
        asked: dict[str, Any] = {key: value for key, value in (query or {}).items() if value is not None}
        reply = self.connection.request("GET", self._path(parts), {**asked, "per_page": _PER_PAGE})
        for _ in range(MOST_PAGES):
            yield from decoded(reply.body, list[form])  # type: ignore[valid-type] # a form is only known when it runs
            following = self.connection.next_page(reply)
            if following is None:
                return
            reply = following
        raise Unsound(f"GitHub's list of {parts[0]} has more than {MOST_PAGES} parts.")

    def _path(self, parts: tuple[str | int, ...]) -> str:
        return joined("repos", self.owner, self.short_name, *parts)
