"""What is known of each open proposal: how far it is, and when somebody who matters last moved it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.times import committed_at
from horde_reference.adapters.github import comments, pulls
from horde_reference.adapters.github.values import Comment, Review
from horde_reference.changes.markdown import code
from horde_reference.pending import comment as answering
from horde_reference.pending import notice as notices
from horde_reference.pending.approval import Approvers
from horde_reference.pending.patience import KEEP
from horde_reference.pending.staleness import Standing, labelled
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.proposals import MAIN, Candidate, approvers_at, candidates, main_of

_MARKED: Final = "<!-- horde-reference:"
_NEEDS_WORK: Final = "needs-work"


@dataclass(frozen=True, slots=True)
class Case:
    """An open proposal, with all that was said on it."""

    candidate: Candidate
    """It itself."""
    approvers: Approvers
    """Who may approve what."""
    comments: list[Comment]
    """All comments, oldest first."""
    reviews: list[Review]
    """All reviews, likewise."""
    ours: str
    """Login of the user that we are."""

    @property
    def labels(self) -> frozenset[str]:
        """Names of its labels, in lower case."""
        return frozenset(name.casefold() for name in self.candidate.pull.labels)

    @property
    def author(self) -> str:
        """Login of who proposed it; empty for an account that is gone."""
        return self.candidate.pull.author or ""

    def matters(self, login: str | None) -> bool:
        """Whether somebody wrote the proposal or may approve it: what others say moves nothing."""
        touched = self.candidate.review.touched or [None]
        return bool(login) and (
            str(login).lower() == self.author.lower()
            or any(self.approvers.may_approve(str(login), part) for part in touched)
        )

    def notices(self) -> list[Comment]:
        """Our own, oldest first. Anybody may write a comment that looks like one."""
        return [one for one in self.comments if one.author == self.ours and one.body.startswith(notices.MARK)]

    def wishes(self) -> list[str]:
        """Logins of those who want the commit that is proposed to be changed, and may."""
        last = {one.login: one for one in self.reviews if one.login and one.state not in {"COMMENTED", "PENDING"}}
        head = self.candidate.review.head
        return [
            login
            for login, one in last.items()
            if one.state == "CHANGES_REQUESTED" and one.commit == head and self.matters(login)
        ]


def cases(hub: Hub, data: Path) -> Iterator[Case]:
    """The open proposals.

    Raises:
        CannotRun: git or GitHub do not do what is asked.
    """
    base = main_of(hub, data)
    approvers = approvers_at(data, base)
    ours = hub.repository.connection.login()
    waiting = list(pulls.listed(hub.repository, "open", base=MAIN))
    for candidate in candidates(hub, data, waiting, base):
        number = candidate.pull.number
        said = list(comments.listed(hub.repository, number))
        yield Case(candidate, approvers, said, list(pulls.reviews(hub.repository, number)), ours)


def standing(case: Case, data: Path, now: int) -> Standing:
    """What decides whether it has waited for too long.

    Args:
        case: the proposal.
        data: the folder of records in a clone that has its commits.
        now: seconds since 1970.
    """
    pull, review = case.candidate.pull, case.candidate.review
    known = [found for one in case.notices() if (found := notices.decode(one.body))]
    return Standing(
        to_mend=bool(review.errors or _NEEDS_WORK in case.labels or case.wishes()),
        is_approved=case.candidate.verdict.is_approved,
        moved_at=max((one for one in _moments(case, committed_at(data, review.head)) if one <= now), default=now),
        is_draft=pull.draft,
        is_kept=KEEP in case.labels,
        labels=labelled(pull.labels),
        notice=known[-1] if known else None,
    )


def _moments(case: Case, pushed: int) -> Iterator[int]:
    """When something moved. A commit may claim to be of any day: one that is still to come says nothing."""
    created = int(case.candidate.pull.created_at.timestamp())
    yield from (created, pushed)
    for one in case.comments:
        if one.author == case.ours and one.body.startswith(answering.MARK):
            yield int(one.updated_at.timestamp())  # it is edited when the proposal is pushed to
        elif case.matters(one.author) and not one.body.startswith(_MARKED):
            yield int(one.created_at.timestamp())
    for said in case.reviews:
        if said.submitted_at and case.matters(said.login):
            yield int(said.submitted_at.timestamp())


def circumstances(case: Case) -> notices.Circumstances:
    """What a notice tells of it."""
    return notices.Circumstances(
        author=case.author,
        reasons=list(_reasons(case)),
        approvers=notices.may_approve(case.approvers, case.candidate.verdict.missing, case.author),
        is_kept=KEEP in case.labels,
    )


def _reasons(case: Case) -> Iterator[str]:
    review = case.candidate.review
    if review.conflicts:
        yield f"The main branch has changed the same since: {', '.join(map(code, review.conflicts[:5]))}."
    if review.errors > len(review.conflicts):
        yield f"The checks find {review.errors - len(review.conflicts)} to mend; see the comment of the check."
    elif not review.errors and _NEEDS_WORK in case.labels:
        yield f"It has the label {code(_NEEDS_WORK)}."
    yield from (f"{code(login)} asks for changes." for login in case.wishes())
