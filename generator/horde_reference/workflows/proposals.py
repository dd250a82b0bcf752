"""Pull requests as proposals: what they change, seen through git, and whether they may be applied."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.fetching import fetch
from horde_reference.adapters.git.merging import authors_of, merge, read_file
from horde_reference.adapters.github import comments, pulls
from horde_reference.adapters.github.errors import Missing
from horde_reference.adapters.github.people import permission
from horde_reference.adapters.github.values import PullRequest, Review
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, Severity
from horde_reference.history.log import APPROVED_BY, PROPOSED_BY
from horde_reference.pending.approval import PATH, Approvers, ApproversUnsound, Verdict, decode, judged
from horde_reference.pending.duplicates import duplicates
from horde_reference.pending.proposal import Approval, Proposal, RecordChange, State
from horde_reference.pending.review import Duplicate
from horde_reference.pending.review import Review as Reviewed
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.review import FORGED, changes_between, review

REJECTED: Final = "<!-- horde-reference: rejected -->"
"""First line of the comment that says why a proposal was rejected."""
MAIN: Final = "main"
LONGEST_REASON: Final = 500
"""Characters of a reason."""

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
        CannotRun: git or GitHub do not do what is asked. What is wrong with one proposal is a finding of that one.
    """
    wanted = list(found)
    heads = fetch(data, hub.address, (_ref(pull.number) for pull in wanted))
    approvers = approvers_at(data, base)
    looked = {pull.number: _looked_at(data, base, heads[_ref(pull.number)], pull) for pull in wanted}
    proposals = [replace(proposal_of(pull), changes=tuple(looked[pull.number].changes)) for pull in wanted]
    return [
        _candidate(hub, data, pull, replace(one, duplicates=duplicates_of(one, pull.number, proposals)), approvers)
        for pull, one in ((pull, looked[pull.number]) for pull in wanted)
    ]


def _looked_at(data: Path, base: str, head: str, pull: PullRequest) -> Reviewed:
    try:
        reviewed = review(data, base, head)
    except CannotRun as error:
        hint = "Start again from the main branch."
        unread = Finding("", 0, "", "unreadable", Severity.ERROR, f"It cannot be looked at: {error}", hint)
        return Reviewed(base=base, head=head, findings=[unread])
    return replace(reviewed, findings=[*reviewed.findings, *_claims(pull)])


def _claims(pull: PullRequest) -> Iterator[Finding]:
    """GitHub's own button may put title and description into the message of the commit."""
    lines = [line.strip().casefold() for line in f"{pull.title}\n{pull.body}".splitlines()]
    if any(line.startswith((f"{PROPOSED_BY}:".casefold(), f"{APPROVED_BY}:".casefold())) for line in lines):
        message = "The title or the description claims who proposed or approved it."
        hint = f"Take the lines {PROPOSED_BY} and {APPROVED_BY} out of them."
        yield Finding("", 0, "", FORGED, Severity.ERROR, message, hint)


def _candidate(hub: Hub, data: Path, pull: PullRequest, reviewed: Reviewed, approvers: Approvers) -> Candidate:
    wrote = authors_of(data, reviewed.base, reviewed.head)
    said = last_words(pulls.reviews(hub.repository, pull.number))
    writers = [pull.author or "", *wrote, *_known_writers(hub, pull)]
    verdict = judged(said, writers, reviewed.head, reviewed.touched, approvers)
    is_ours = (pull.head_repository or "").casefold() == hub.repository.name.casefold()
    people = [one for one in wrote if not one.endswith("[bot]")] if is_ours else []
    return Candidate(pull, reviewed, verdict, next(iter(people), pull.author or ""))


def _known_writers(hub: Hub, pull: PullRequest) -> list[str]:
    """Whom GitHub knows by addresses of their own. Of a fork that is gone it may not say."""
    with suppress(Missing):
        return pulls.writers(hub.repository, pull.number)
    return []


def open_candidate(hub: Hub, data: Path, number: int) -> Candidate:
    """An open pull request, looked at as it is now, beside all the others.

    Raises:
        CannotRun: it is not open.
    """
    found = list(pulls.listed(hub.repository, "open", base=MAIN))
    for one in candidates(hub, data, found, main_of(hub, data)):
        if one.pull.number == number:
            return one
    raise CannotRun(f"#{number} is not an open pull request to {MAIN}.")


def proposed_by(hub: Hub, data: Path, pull: PullRequest) -> tuple[RecordChange, ...]:
    """What a pull request that was closed wanted to change; nothing where that cannot be read any more."""
    with suppress(CannotRun):
        head = fetch(data, hub.address, [_ref(pull.number)])[_ref(pull.number)]
        return changes_between(data, merge(data, main_of(hub, data), head).fork, head)
    return ()


def duplicates_of(reviewed: Reviewed, number: int, proposals: Iterable[Proposal]) -> list[Duplicate]:
    """Other proposals about the same."""
    return duplicates(reviewed.changes, [one for one in proposals if one.number != number])


def approvers_at(data: Path, commit: str) -> Approvers:
    """Who may approve, as a commit of the main branch says: a proposal cannot give itself somebody.

    Nobody may while the file is broken, or missing; what repairs it takes GitHub's own button.
    """
    try:
        return decode(read_file(data, commit, PATH) or b"")
    except ApproversUnsound:
        return Approvers()


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
    """Who rejected a pull request and why, where somebody who may write said so with `queue reject`."""
    for comment in reversed(list(comments.listed(hub.repository, number))):
        author = comment.author or ""
        if comment.body.startswith(REJECTED) and _may_reject(hub, author):
            return author, comment.body.removeprefix(REJECTED).strip()[:LONGEST_REASON]
    return None, None


def _may_reject(hub: Hub, login: str) -> bool:
    """Whether somebody may write here, or is an App: only those that are installed can speak here."""
    return login.endswith("[bot]") or permission(hub.repository, login) in {"admin", "write"}


def _ref(number: int) -> str:
    return f"refs/pull/{number}/head"
