"""Issues. Every function raises what `Connection.request` raises."""

from collections.abc import Iterator, Sequence
from typing import Literal

from horde_reference.adapters.github.forms import IssueForm
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Issue, State


def listed(
    repository: Repository, labels: Sequence[str] = (), state: Literal["open", "closed", "all"] = "open"
) -> Iterator[Issue]:
    """Issues that have all of some labels, the newest first. Pull requests are none."""
    query = {"state": state, "labels": ",".join(labels) or None}
    found = repository.all(IssueForm, "issues", query=query)
    return (one.value() for one in found if one.pull_request is None)


def get(repository: Repository, number: int) -> Issue:
    """One issue."""
    return repository.get(IssueForm, "issues", number).value()


def create(repository: Repository, title: str, body: str, labels: Sequence[str] = ()) -> Issue:
    """Open an issue. Who may not write to the repository gives it no labels."""
    wanted = {"title": title, "body": body, "labels": list(labels)}
    return repository.send("POST", IssueForm, "issues", body=wanted).value()


def update(
    repository: Repository,
    number: int,
    *,
    title: str | None = None,
    body: str | None = None,
    state: State | None = None,
    reason: Literal["completed", "not_planned", "reopened"] | None = None,
) -> Issue:
    """Change the title, the body, or the state and why; what is `None` stays as it is."""
    said = {"title": title, "body": body, "state": state, "state_reason": reason}
    wanted = {key: value for key, value in said.items() if value is not None}
    return repository.send("PATCH", IssueForm, "issues", number, body=wanted).value()


def close(repository: Repository, number: int, reason: Literal["completed", "not_planned"] = "completed") -> Issue:
    """Close an issue."""
    return update(repository, number, state="closed", reason=reason)


def reopen(repository: Repository, number: int) -> Issue:
    """Open an issue again."""
    return update(repository, number, state="open", reason="reopened")
