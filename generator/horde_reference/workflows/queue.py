"""The pending queue: fetch it, put proposals together, apply and reject them. GitHub keeps it; nothing else does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.git.merging import parent_of
from horde_reference.adapters.github import comments, labels, pulls
from horde_reference.adapters.github.values import Label, PullRequest
from horde_reference.errors import CannotRun, Unread
from horde_reference.history.log import APPROVED_BY, PROPOSED_BY
from horde_reference.pending.opening import plain
from horde_reference.pending.proposal import BATCH_LABEL, Proposal
from horde_reference.pending.snapshot import Queue, QueueUnsound, decode, encode
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.proposals import (
    REJECTED,
    Candidate,
    candidates,
    main_of,
    proposal_of,
    rejection,
)
from horde_reference.workflows.review import changes_between

SETTLED: Final = 100
"""Proposals that were merged or closed, the newest, that the queue keeps."""
_LONGEST_REASON: Final = 500
_LONGEST_BATCH: Final = 40
_BATCH_COLOUR: Final = "0e8a16"


def fetch(hub: Hub, data: Path, known: Queue | None = None, progress: Progress = quiet) -> Queue:
    """The queue as it is now. What is known of settled proposals that did not change since is not asked for again.

    Raises:
        CannotRun: git or GitHub do not do what is asked.
    """
    waiting = open_proposals(hub, data)
    before = {one.number: one for one in known.proposals if one.state != "open"} if known else {}
    closed = list(islice(pulls.listed(hub.repository, "closed", base="main"), SETTLED))
    settled = [_settled(hub, data, pull, before.get(pull.number)) for pull in progress(closed, "Looking", len(closed))]
    proposals = sorted([*waiting, *settled], key=lambda one: -one.number)
    return Queue(repository=hub.repository.name, fetched_at=hub.seconds(), proposals=tuple(proposals))


def open_proposals(hub: Hub, data: Path) -> list[Proposal]:
    """The proposals that wait, newest first."""
    found = list(pulls.listed(hub.repository, "open", base="main"))
    return [one.proposal() for one in candidates(hub, data, found, main_of(hub, data))]


def _settled(hub: Hub, data: Path, pull: PullRequest, before: Proposal | None) -> Proposal:
    found = proposal_of(pull)
    if before and before.updated_at == found.updated_at:
        return before
    if found.state == "closed":
        by, reason = rejection(hub, pull.number)
        return replace(found, closed_by=by, reason=reason)
    whole = proposal_of(pulls.get(hub.repository, pull.number))
    commit = whole.merge_commit
    changes = changes_between(data, parent_of(data, commit), commit) if commit else ()
    return replace(whole, changes=changes)


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


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a wish to apply proposals."""

    applied: tuple[int, ...]
    """Those that were merged, in that order."""
    failed: int | None = None
    """The first that could not be; those behind it were not tried."""
    error: str = ""
    """Why not."""
    remaining: tuple[int, ...] = ()
    """Those that are still open."""
    new_batch: str | None = None
    """Batch that these were moved to, if they were in one."""


def apply(hub: Hub, data: Path, numbers: Sequence[int]) -> Applied:
    """Merge proposals one after the other, each checked on top of those before it. The first that fails ends it.

    Raises:
        CannotRun: there are none, or they belong to different batches.
    """
    found = [pulls.get(hub.repository, number) for number in dict.fromkeys(numbers)]
    if not found:
        raise CannotRun("There is nothing to apply: name pull requests, or a batch that has some.")
    batches = {proposal_of(pull).batch for pull in found}
    if len(batches) > 1:
        raise CannotRun("These belong to different batches. Apply one batch, or put them into one first.")
    done: list[int] = []
    for place, pull in enumerate(found):
        try:
            _apply_one(hub, data, pull)
        except (CannotRun, Unread) as error:
            left = [one.number for one in found[place:]]
            renamed = _split(hub, next(iter(batches)), left) if done else None
            return Applied(tuple(done), pull.number, str(error), tuple(left), renamed)
        done.append(pull.number)
    return Applied(tuple(done))


def _apply_one(hub: Hub, data: Path, pull: PullRequest) -> None:
    if pull.state != "open":
        raise CannotRun(f"#{pull.number} is not open.")
    (candidate,) = candidates(hub, data, [pull], main_of(hub, data))
    refuse_unready(candidate)
    title, message = _words(candidate)
    pulls.merge(hub.repository, pull.number, sha=candidate.review.head, title=title, message=message)


def refuse_unready(candidate: Candidate) -> None:
    """Let only that pass which may be applied now.

    Raises:
        CannotRun: it may not; all the reasons are said.
    """
    pull, review, verdict = candidate.pull, candidate.review, candidate.verdict
    reasons = {
        "it is a draft": pull.draft,
        f"it contradicts the main branch in {', '.join(review.conflicts)}": bool(review.conflicts),
        f"the checks find {review.errors} to mend": bool(review.errors and not review.conflicts),
        f"nobody who may has approved {', '.join(verdict.missing)}": not verdict.is_approved,
        "; ".join(verdict.ignored): bool(verdict.ignored and not verdict.is_approved),
        "it was pushed to meanwhile": pull.head_sha != review.head,
    }
    if found := [reason for reason, holds in reasons.items() if holds]:
        raise CannotRun(f"#{pull.number} cannot be applied: {'; '.join(found)}.")


def _words(candidate: Candidate) -> tuple[str, str]:
    """Title and message of the commit. The message is ours alone: the audit trail believes its last lines."""
    pull = candidate.pull
    title = " ".join(pull.title.split())
    said = [f"- {one.operation} {one.category}/{plain(one.name)}" for one in candidate.review.changes]
    names = [f"{PROPOSED_BY}: {candidate.proposer}"] if candidate.proposer else []
    names += [f"{APPROVED_BY}: {one.login}" for one in candidate.verdict.approvals]
    return f"{title} (#{pull.number})", "\n".join([*said, "", *names])


def batched(hub: Hub, name: str) -> list[int]:
    """Numbers of the open proposals of a batch, in the order in which they came."""
    found = pulls.listed(hub.repository, "open", base="main")
    return sorted(pull.number for pull in found if proposal_of(pull).batch == name)


def put_together(hub: Hub, name: str, numbers: Iterable[int]) -> None:
    """Give proposals the label of a batch, and take that of any other away.

    Raises:
        CannotRun: the name cannot be that of a batch.
    """
    label = f"{BATCH_LABEL}{checked_batch(name)}"
    labels.ensure(hub.repository, [Label(label, _BATCH_COLOUR, "Applied together")])
    for number in numbers:
        labels.settle(hub.repository, number, [label], lambda one: one.startswith(BATCH_LABEL))


def checked_batch(name: str) -> str:
    """The name of a batch itself.

    Raises:
        CannotRun: it cannot be one.
    """
    if not (0 < len(name) <= _LONGEST_BATCH and name.isprintable() and name == name.strip() and "," not in name):
        raise CannotRun(f"A batch has a name of at most {_LONGEST_BATCH} characters on one line, without commas.")
    return name


def _split(hub: Hub, batch: str | None, numbers: Sequence[int]) -> str | None:
    """Move what is left of a batch that was applied in part to one of its own."""
    if batch is None:
        return None
    stem, _, place = batch.rpartition("-")
    renamed = f"{stem}-{int(place) + 1}" if stem and place.isdigit() else f"{batch}-2"
    put_together(hub, renamed, numbers)
    for number in numbers:
        body = f"Batch `{batch}` was applied in part. This proposal is now in batch `{renamed}`."
        comments.create(hub.repository, number, body)
    return renamed


def reject(hub: Hub, number: int, reason: str) -> None:
    """Close a proposal, and say why.

    Raises:
        CannotRun: no reason is given, or a very long one; or the proposal is not open.
    """
    if not 0 < len(reason.strip()) <= _LONGEST_REASON:
        raise CannotRun(f"Say why, in at most {_LONGEST_REASON} characters.")
    if pulls.get(hub.repository, number).state != "open":
        raise CannotRun(f"#{number} is not open.")
    comments.sticky(hub.repository, number, REJECTED, reason.strip())
    pulls.close(hub.repository, number)
