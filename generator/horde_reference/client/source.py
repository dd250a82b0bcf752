"""What a client reads files from: one small interface, and how its implementations combine."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Final

from horde_reference.errors import NotThere, Unreachable, Unread


class Answer:
    """What a source says of a file."""

    __slots__ = ("body", "checked", "failure", "tag")

    def __init__(self, body: bytes | None, tag: str, checked: float, failure: Unread | None = None) -> None:
        self.body = body
        """The file; `None` where it is the one that the tag stands for with which the source was asked."""
        self.tag = tag
        """What stands for this state of the file: ask with it the next time. Empty where the source has no such."""
        self.checked = checked
        """When the origin of the file was last seen to have it so, in seconds since 1970."""
        self.failure = failure
        """Why the origin could not be asked, where this is an older copy that stands in for its answer."""


class Source(ABC):
    """Where files come from. Paths are those of the published tree, parts joined by `/`."""

    @abstractmethod
    def read(self, path: str, tag: str | None = None) -> Answer:
        """The file at a path.

        Args:
            path: path from the public root, for example `api/model_references/v2/clip.json`.
            tag: that of an earlier answer; if the file is still the same, it need not be sent again.

        Raises:
            NotThere: there is no such file.
            Unreachable: the source did not answer, or not in time.
            Unsound: what it answered is not such a file.
        """

    def expire(self) -> None:  # noqa: B027 - most sources keep nothing
        """Ask the origin at the next reading, however fresh what is kept may be."""

    def close(self) -> None:  # noqa: B027 - most sources hold nothing
        """Let go of connections. They are made anew when they are needed."""

    def __str__(self) -> str:
        return type(self).__name__


def ask(source: Source, path: str, tag: str | None) -> Answer:
    """What a source answers. One that others wrote may fail as whatever it reads with does.

    Raises:
        Unread: as `Source.read`.
    """
    try:
        return source.read(path, tag)
    except OSError as error:
        raise Unreachable(f"{source} cannot be read: {error}.") from error


class Memory(Source):
    """Files in a mapping, for example in a test."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def read(self, path: str, tag: str | None = None) -> Answer:  # noqa: ARG002 - the mapping may have changed
        """The file at a path, see `Source`."""
        if path not in self._files:
            raise NotThere(f"The mapping has no file {path}.")
        return Answer(bytes(self._files[path]), "", time.time())


class Later(Source):
    """A source that is made when it is first read: one that is rarely needed need not be loaded."""

    def __init__(self, make: Callable[[], Source], name: str) -> None:
        self._make = make
        self._name = name
        self._made: Source | None = None

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The file at a path, see `Source`."""
        self._made = self._made or self._make()
        return self._made.read(path, tag)

    def expire(self) -> None:
        """Pass it on."""
        if self._made:
            self._made.expire()

    def close(self) -> None:
        """Pass it on."""
        if self._made:
            self._made.close()

    def __str__(self) -> str:
        return self._name


_BETWEEN: Final = "\n"


class Fallback(Source):
    """The first of several sources that has an answer."""

    def __init__(self, *sources: Source) -> None:
        if not sources:
            raise ValueError("A fallback needs at least one source.")
        self._sources = sources

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The file at a path, see `Source`. A tag is only shown to the source that it came from."""
        place, known = _split(tag)
        failures: list[Unread] = []
        for number, source in enumerate(self._sources):
            try:
                answer = ask(source, path, known if number == place else None)
            except Unread as failure:
                failures.append(failure)
            else:
                found = f"{number}{_BETWEEN}{answer.tag}" if answer.tag else ""
                return Answer(answer.body, found, answer.checked, answer.failure or _reason(failures))
        raise _all_of(path, failures)

    def expire(self) -> None:
        """Pass it on to all."""
        for source in self._sources:
            source.expire()

    def close(self) -> None:
        """Pass it on to all."""
        for source in self._sources:
            source.close()

    def __str__(self) -> str:
        return ", else ".join(map(str, self._sources))


def _split(tag: str | None) -> tuple[int, str | None]:
    place, between, rest = (tag or "").partition(_BETWEEN)
    return (int(place), rest) if between and place.isdigit() else (-1, None)


def _reason(failures: list[Unread]) -> Unread | None:
    """Why a source before did not answer. That one has no such file is no failure of it."""
    return next((failure for failure in failures if not isinstance(failure, NotThere)), None)


def _all_of(path: str, failures: list[Unread]) -> Unread:
    """One error that says what each source said, of the kind that they share."""
    kinds = {type(failure) for failure in failures}
    kind = kinds.pop() if len(kinds) == 1 else Unread
    said = " ".join(map(str, failures))
    return kind(said if len(failures) == 1 else f"No source has {path}. {said}")
