"""Apply proposals: merge them, with a message that says who proposed and who approved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from horde_reference.adapters.git.merging import merge, tree_of
from horde_reference.adapters.github import pulls
from horde_reference.adapters.github.values import PullRequest
from horde_reference.adapters.weights import Scales
from horde_reference.errors import CannotRun, Unread
from horde_reference.history.log import APPROVED_BY, PROPOSED_BY
from horde_reference.pending.opening import plain
from horde_reference.workflows.batching import batched, split
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.proposals import MAIN, Candidate, candidates, main_of, proposal_of
from horde_reference.workflows.review import errors_at
from horde_reference.workflows.review_downloads import with_downloads


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
    """Those of the batch that are still open."""
    new_batch: str | None = None
    """Batch that these were moved to, if they were in one."""


def apply(hub: Hub, data: Path, numbers: Sequence[int], scales: Scales | None = None) -> Applied:
    """Merge proposals one after the other, each checked on top of those before it. The first that fails ends it.

    Args:
        hub: the repository.
        data: the folder of records in a clone of it.
        numbers: the pull requests.
        scales: asks the hosts of files that they add or change; `None` to ask nobody.

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
    failed, error = None, ""
    for pull in found:
        try:
            _apply_one(hub, data, pull, scales)
        except (CannotRun, Unread) as why:
            failed, error = pull.number, str(why)
            break
        done.append(pull.number)
    return _settled(hub, next(iter(batches)), Applied(tuple(done), failed, error))


def _settled(hub: Hub, batch: str | None, done: Applied) -> Applied:
    """The same, once what is left of the batch is in one of its own, so that no batch is both applied and open."""
    if batch is None or not done.applied:
        return done
    try:
        left = [number for number in batched(hub, batch) if number not in done.applied]
        return replace(done, remaining=tuple(left), new_batch=split(hub, batch, left) if left else None)
    except (CannotRun, Unread) as why:
        return replace(done, error=f"{done.error} What is left of batch {batch} is still in it: {why}".strip())


def _apply_one(hub: Hub, data: Path, pull: PullRequest, scales: Scales | None) -> None:
    if pull.state != "open":
        raise CannotRun(f"#{pull.number} is not open.")
    if pull.base_ref != MAIN:
        raise CannotRun(f"#{pull.number} is to be merged into {pull.base_ref}, not into {MAIN}.")
    (candidate,) = candidates(hub, data, [pull], main_of(hub, data))
    if scales:
        candidate = replace(candidate, review=with_downloads(data, candidate.review, scales))
    refuse_unready(candidate)
    title, message = _words(candidate)
    pulls.merge(hub.repository, pull.number, sha=candidate.review.head, title=title, message=message)
    _look_again(hub, data, candidate)


def _look_again(hub: Hub, data: Path, applied: Candidate) -> None:
    """Somebody else may have merged in between: GitHub then merges what nobody looked at together.

    Raises:
        CannotRun: the main branch has errors now.
    """
    commit = main_of(hub, data)
    expected = merge(data, applied.review.base, applied.review.head).tree
    if tree_of(data, commit) != expected and (errors := errors_at(data, commit)):
        raise CannotRun(
            f"#{applied.pull.number} was merged, but the main branch was changed meanwhile, and together they have "
            f"{errors} errors: nothing is published until they are mended. See horde-reference check."
        )


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
