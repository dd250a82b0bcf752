"""The one issue about downloads that do not work: opened, kept up to date, closed, and opened again."""

from dataclasses import dataclass
from typing import Literal

from horde_reference.adapters.github import comments, issues, labels
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Issue, Label
from horde_reference.links.body import LABEL, MARK, TITLE, body, farewell
from horde_reference.links.report import Report

_LABEL = Label(LABEL, "b60205", "Downloads of published records do not work")


@dataclass(frozen=True, slots=True)
class Told:
    """What became of the issue."""

    did: Literal["nothing", "opened", "updated", "reopened", "closed"]
    number: int | None = None


def tell(repository: Repository, found: Report) -> Told:
    """Have one open issue where downloads are broken, and none where they are not.

    What is broken for the first time opens nothing, but keeps open what is: it may be on the list already, and only the
    report before be lost.

    Raises what `Connection.request` raises.
    """
    there = _ours(repository)
    if found.confirmed:
        return _said(repository, there, body(found))
    if there is None or there.state == "closed":
        return Told("nothing")
    if found.broken:
        return _said(repository, there, body(found))
    comments.create(repository, there.number, farewell(found))
    issues.close(repository, there.number)
    return Told("closed", there.number)


def _ours(repository: Repository) -> Issue | None:
    """The issue: an open one rather than a closed one, of several the oldest. Only who may label can make one."""
    found = [one for one in issues.listed(repository, [LABEL], "all") if one.body.startswith(MARK)]
    return min(found, key=lambda one: (one.state == "closed", one.number), default=None)


def _said(repository: Repository, there: Issue | None, text: str) -> Told:
    if there is None:
        labels.ensure(repository, [_LABEL])
        return Told("opened", issues.create(repository, TITLE, text, [LABEL]).number)
    if there.state == "closed":
        issues.update(repository, there.number, body=text, state="open", reason="reopened")
        return Told("reopened", there.number)
    if there.body.strip() != text.strip():
        issues.update(repository, there.number, body=text)
        return Told("updated", there.number)
    return Told("nothing", there.number)
