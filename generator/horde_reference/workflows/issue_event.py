"""GitHub's payload of an issue event. Whoever may write an issue has a say in what it holds."""

from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from horde_reference.errors import CannotRun
from horde_reference.formats.json_reading import NotJson, loads

_MOST_BYTES: Final = 4 * 2**20
"""GitHub lets an issue have 65,536 characters; the rest of a payload is some ten thousand bytes."""

_Login = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,60}(\[bot\])?\Z")]
_Number = Annotated[int, Meta(gt=0, lt=2**53)]


class User(Struct, frozen=True):
    """Somebody."""

    login: _Login
    id: _Number | None = None


class _Label(Struct, frozen=True):
    name: str


class _Repository(Struct, frozen=True):
    full_name: str


class Issue(Struct, frozen=True):
    """An issue, as far as it matters."""

    number: _Number
    state: Literal["open", "closed"]
    user: User | None
    labels: list[_Label]
    body: str | None = None
    pull_request: dict[str, object] | None = None

    @property
    def label_names(self) -> list[str]:
        """Names of its labels."""
        return [one.name for one in self.labels]


class IssueEvent(Struct, frozen=True):
    """What happened to an issue."""

    action: str
    issue: Issue
    repository: _Repository | None = None
    sender: User | None = None
    label: _Label | None = None
    """The label that was given, if that is what happened."""


def read_event(path: Path, repository: str) -> IssueEvent:
    """The event that GitHub describes in a file.

    Args:
        path: the file.
        repository: the one that it must be about.

    Raises:
        CannotRun: it cannot be read, is too large, no issue event, or about another repository.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}.") from error
    if len(raw) > _MOST_BYTES:
        raise CannotRun(f"{path} has more than {_MOST_BYTES} bytes, which no issue event has.")
    try:
        found = msgspec.convert(loads(raw), IssueEvent)
    except (NotJson, msgspec.ValidationError) as error:
        raise CannotRun(f"{path} is not GitHub's payload of an issue event: {error}.") from None
    if found.repository and found.repository.full_name.lower() != repository.lower():
        raise CannotRun(f"{path} is about {found.repository.full_name!r}, not about {repository}.")
    return found
