"""The pending queue as it is, and as a file; and rejecting a proposal. GitHub keeps it; nothing else does."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.git.merging import parent_of, said_by
from horde_reference.adapters.github import comments, pulls
from horde_reference.adapters.github.values import PullRequest
from horde_reference.errors import CannotRun
from horde_reference.history.log import APPROVED_BY, PROPOSED_BY
from horde_reference.pending.proposal import Approval, Proposal
from horde_reference.pending.snapshot import Queue, QueueUnsound, decode, encode
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.proposals import (
    LONGEST_REASON,
    MAIN,
    REJECTED,
    candidates,
    main_of,
    proposal_of,
    proposed_by,
    rejection,
)
from horde_reference.workflows.review import changes_between

SETTLED: Final = 100
"""Proposals that were merged or closed, the newest, that the queue keeps."""


def fetch(hub: Hub, data: Path, known: Queue | None = None, progress: Progress = quiet) -> Queue:
    """The queue as it is now. What is known of settled proposals that did not change since is not asked for again.

    Raises:
        CannotRun: git or GitHub do not do what is asked.
    """
    waiting = open_proposals(hub, data)
    before = {one.number: one for one in known.proposals if one.state != "open"} if known else {}
    closed = list(islice(pulls.listed(hub.repository, "closed", base=MAIN, sort="updated"), SETTLED))
    settled = [_settled(hub, data, pull, before.get(pull.number)) for pull in progress(closed, "Looking", len(closed))]
    proposals = sorted([*waiting, *settled], key=lambda one: -one.number)
    return Queue(repository=hub.repository.name, fetched_at=hub.seconds(), proposals=tuple(proposals))


def open_proposals(hub: Hub, data: Path) -> list[Proposal]:
    """The proposals that wait, newest first."""
    found = list(pulls.listed(hub.repository, "open", base=MAIN))
    return [one.proposal() for one in candidates(hub, data, found, main_of(hub, data))]


def _settled(hub: Hub, data: Path, pull: PullRequest, before: Proposal | None) -> Proposal:
    found = proposal_of(pull)
    if before and before.updated_at == found.updated_at:
        return before
    if found.state == "closed":
        by, reason = rejection(hub, pull.number)
        return replace(found, closed_by=by, reason=reason, changes=proposed_by(hub, data, pull))
    whole = proposal_of(pulls.get(hub.repository, pull.number))
    commit = whole.merge_commit
    if commit is None:
        return whole
    proposers, approvers = said_by(data, commit, (PROPOSED_BY, APPROVED_BY))
    return replace(
        whole,
        author=next(iter(proposers), whole.author),
        approvals=tuple(Approval(login, whole.closed_at or 0, whole.head) for login in approvers),
        is_approved=bool(approvers),
        changes=changes_between(data, parent_of(data, commit), commit),
    )


def fetch_into(hub: Hub, data: Path, into: Path, progress: Progress = quiet) -> Queue:
    """Fetch the queue into a file, in one step.

    Raises:
        CannotRun: git or GitHub do not do what is asked; the file is as it was.
    """
    queue = fetch(hub, data, _known(into), progress)
    write_file(into, encode(queue))
    return queue


def _known(path: Path) -> Queue | None:
    try:
        return decode(path.read_bytes())
    except (FileNotFoundError, QueueUnsound):
        return None


def reject(hub: Hub, number: int, reason: str) -> None:
    """Close a proposal, and say why.

    Raises:
        CannotRun: no reason is given, or a very long one; or the proposal is not open.
    """
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise CannotRun(f"Say why, in at most {LONGEST_REASON} characters.")
    if pulls.get(hub.repository, number).state != "open":
        raise CannotRun(f"#{number} is not open.")
    comments.sticky(hub.repository, number, REJECTED, reason.strip())
    pulls.close(hub.repository, number)
