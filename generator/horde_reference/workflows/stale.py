"""Look after open proposals on which nothing moves: remind their authors, tell maintainers, close in the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from horde_reference.adapters.github import comments, labels
from horde_reference.adapters.github.errors import Refused
from horde_reference.adapters.github.values import Comment, Label
from horde_reference.pending import notice as notices
from horde_reference.pending.patience import LABELS
from horde_reference.pending.staleness import OURS, Decision, decide, labelled
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.queue import reject
from horde_reference.workflows.standing import Case, cases, circumstances, standing


@dataclass(frozen=True, slots=True)
class Looked:
    """A proposal that was looked at, and what is to be done or was done."""

    number: int
    decision: Decision
    title: str = ""
    failure: str = ""
    """Why it could not be done."""


def care(hub: Hub, data: Path, now: int, *, dry_run: bool = False) -> list[Looked]:
    """Do what is to be done about each open proposal; with `dry_run` only say it. One that fails stops no other.

    Args:
        hub: the repository.
        data: the folder of records in a clone of it.
        now: seconds since 1970.
        dry_run: whether to write nothing.

    Raises:
        CannotRun: git or GitHub do not do what is asked.
    """
    found = [(decide(standing(case, data, now), now), case) for case in cases(hub, data)]
    if not dry_run and any(decision.labels for decision, _ in found):
        labels.ensure(hub.repository, [Label(name, *said) for name, said in LABELS.items()])
    return [_done(hub, decision, case, dry_run=dry_run) for decision, case in found]


def _done(hub: Hub, decision: Decision, case: Case, *, dry_run: bool) -> Looked:
    pull = case.candidate.pull
    try:
        if not dry_run:
            _act(hub, decision, case)
    except Refused as error:  # such as one whose conversation is locked
        return Looked(pull.number, decision, pull.title, str(error))
    return Looked(pull.number, decision, pull.title)


def _act(hub: Hub, decision: Decision, case: Case) -> None:
    number, before = case.candidate.pull.number, case.notices()
    if decision.deed == "close" and decision.notice:
        reject(hub, number, notices.reason_to_close(decision.notice))
        return
    if decision.deed == "say" and decision.notice:
        # A new comment, and not the old one edited: GitHub tells people of new ones only.
        comments.create(hub.repository, number, notices.comment(decision.notice, circumstances(case)))
    if decision.deed in {"say", "clear"}:
        _take_away(hub, before)
    if labelled(case.candidate.pull.labels) != decision.labels:
        labels.settle(hub.repository, number, sorted(decision.labels), lambda name: name in OURS)


def _take_away(hub: Hub, found: Iterable[Comment]) -> None:
    for one in found:
        comments.delete(hub.repository, one.id)
