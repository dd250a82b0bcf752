"""One issue about one matter: opened, kept up to date, closed, and opened again."""

from dataclasses import dataclass
from typing import Literal

from horde_reference.adapters.github import comments, issues, labels
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Issue, Label


@dataclass(frozen=True, slots=True)
class Matter:
    """What an issue is about."""

    label: Label
    """Its label. Only who may label can make such an issue."""
    mark: str
    """First line of the issue, by which it is found again."""
    title: str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the issue."""

    did: Literal["nothing", "opened", "updated", "reopened", "closed"]
    number: int | None = None


def ours(repository: Repository, matter: Matter) -> Issue | None:
    """The issue: an open one rather than a closed one, of several the oldest.

    Raises what `Connection.request` raises.
    """
    found = [one for one in issues.listed(repository, [matter.label.name], "all") if one.body.startswith(matter.mark)]
    return min(found, key=lambda one: (one.state == "closed", one.number), default=None)


def say(repository: Repository, matter: Matter, there: Issue | None, text: str) -> Told:
    """Have the issue open, with a text. People are told of it when it is opened, not when it is kept up to date.

    Args:
        repository: where.
        matter: what it is about.
        there: the issue as it is, if there is one.
        text: its body, which begins with the mark.

    Raises what `Connection.request` raises.
    """
    if there is None:
        labels.ensure(repository, [matter.label])
        return Told("opened", issues.create(repository, matter.title, text, [matter.label.name]).number)
    if there.state == "closed":
        issues.update(repository, there.number, body=text, state="open", reason="reopened")
        return Told("reopened", there.number)
    if there.body.strip() != text.strip():
        issues.update(repository, there.number, body=text)
        return Told("updated", there.number)
    return Told("nothing", there.number)


def settle(repository: Repository, there: Issue | None, farewell: str) -> Told:
    """Have the issue closed, with a last comment. Raises what `Connection.request` raises."""
    if there is None or there.state == "closed":
        return Told("nothing")
    comments.create(repository, there.number, farewell)
    issues.close(repository, there.number)
    return Told("closed", there.number)
