"""Pull requests as proposals: what they change, seen through git, and whether they may be applied."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.fetching import fetch
from horde_reference.adapters.git.merging import authors_of, read_file
from horde_reference.adapters.github import comments, pulls
from horde_reference.adapters.github.values import PullRequest, Review
from horde_reference.errors import CannotRun
from horde_reference.pending.approval import PATH, Approvers, ApproversUnsound, Verdict, decode, judged
from horde_reference.pending.duplicates import duplicates
from horde_reference.pending.proposal import Approval, Proposal, State
from horde_reference.pending.review import Duplicate
from horde_reference.pending.review import Review as Reviewed
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.review import review

REJECTED: Final = "<!-- horde-reference: rejected -->"
"""First line of the comment that says why a proposal was rejected."""
MAIN: Final = "main"

_SAYS_SOMETHING: Final = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open pull request, looked at as it is now."""

    pull: PullRequest
    review: Reviewed
    verdict: Verdict
    proposer: str
    """Login of who proposed it. Of what our workflow proposed for somebody, that is who wrote the commit: only who may
    write here can have made its branch, so the address of the commit can be believed."""

    def proposal(self) -> Proposal:
        """As it is published."""
        return replace(
            proposal_of(self.pull),
            author=self.proposer,
            approvals=self.verdict.approvals,
            is_approved=self.verdict.is_approved and not self.pull.draft,
            errors=self.review.errors,
            changes=tuple(self.review.changes),
        )


def main_of(hub: Hub, data: Path) -> str:
    """The commit that the main branch is at, which is then in the clone."""
    ref = f"refs/heads/{MAIN}"
    return fetch(data, hub.address, [ref])[ref]


def candidates(hub: Hub, data: Path, found: Iterable[PullRequest], base: str) -> list[Candidate]:
    """Open pull requests, each reviewed on top of a commit of the main branch, and compared with the others.

    Raises:
        CannotRun: git or GitHub do not do what is asked, or the file of approvers is broken.
    """
    wanted = list(found)
    heads = fetch(data, hub.address, (_ref(pull.number) for pull in wanted))
    approvers = approvers_at(data, base)
    looked = {pull.number: review(data, base, heads[_ref(pull.number)]) for pull in wanted}
    proposals = [replace(proposal_of(pull), changes=tuple(looked[pull.number].changes)) for pull in wanted]
    return [
        _candidate(hub, data, pull, replace(one, duplicates=duplicates_of(one, pull.number, proposals)), approvers)
        for pull, one in ((pull, looked[pull.number]) for pull in wanted)
    ]


def _candidate(hub: Hub, data: Path, pull: PullRequest, reviewed: Reviewed, approvers: Approvers) -> Candidate:
    wrote = authors_of(data, reviewed.base, reviewed.head)
    said = last_words(pulls.reviews(hub.repository, pull.number))
    verdict = judged(said, [pull.author or "", *wrote], reviewed.head, reviewed.touched, approvers)
    people = [one for one in wrote if not one.endswith("[bot]")] if pull.head_repository == hub.repository.name else []
    return Candidate(pull, reviewed, verdict, next(iter(people), pull.author or ""))


def open_candidate(hub: Hub, data: Path, number: int) -> Candidate:
    """An open pull request, looked at as it is now, beside all the others.

    Raises:
        CannotRun: it is not open.
    """
    found = list(pulls.listed(hub.repository, "open", base=MAIN))
    for one in candidates(hub, data, found, main_of(hub, data)):
        if one.pull.number == number:
            return one
    raise CannotRun(f"#{number} is not an open pull request.")


def duplicates_of(reviewed: Reviewed, number: int, proposals: Iterable[Proposal]) -> list[Duplicate]:
    """Other proposals about the same."""
    return duplicates(reviewed.changes, [one for one in proposals if one.number != number])


def approvers_at(data: Path, commit: str) -> Approvers:
    """Who may approve, as a commit of the main branch says: a proposal cannot give itself somebody.

    Raises:
        CannotRun: the file is broken, or there is none.
    """
    raw = read_file(data, commit, PATH)
    if raw is None:
        raise CannotRun(f"There is no {PATH} on the main branch, so nobody may approve anything.")
    try:
        return decode(raw)
    except ApproversUnsound as error:
        raise CannotRun(f"{error}.") from error


def last_words(reviews: Iterable[Review]) -> list[Approval]:
    """The approvals that still stand: whoever asked for changes later, or was dismissed, approves no more."""
    last: dict[str, Review] = {}
    for one in reviews:
        if one.login and one.state in _SAYS_SOMETHING:
            last[one.login] = one
    return [
        Approval(login, int(one.submitted_at.timestamp()), one.commit or "")
        for login, one in last.items()
        if one.state == "APPROVED" and one.submitted_at
    ]


def proposal_of(pull: PullRequest) -> Proposal:
    """What GitHub says of a pull request, without what it changes."""
    state: State = "merged" if pull.merged_at else pull.state
    closed = pull.merged_at or pull.closed_at
    return Proposal(
        number=pull.number,
        title=pull.title,
        url=pull.url,
        author=pull.author or "",
        state=state,
        created_at=int(pull.created_at.timestamp()),
        updated_at=int(pull.updated_at.timestamp()),
        closed_at=int(closed.timestamp()) if closed else None,
        head=pull.head_sha,
        labels=pull.labels,
        is_draft=pull.draft,
        closed_by=pull.merged_by,
        merge_commit=pull.merge_commit if state == "merged" else None,
    )


def rejection(hub: Hub, number: int) -> tuple[str | None, str | None]:
    """Who rejected a pull request and why, where they said so with `queue reject`."""
    for comment in reversed(list(comments.listed(hub.repository, number))):
        if comment.body.startswith(REJECTED):
            return comment.author, comment.body.removeprefix(REJECTED).strip()
    return None, None


def _ref(number: int) -> str:
    return f"refs/pull/{number}/head"
