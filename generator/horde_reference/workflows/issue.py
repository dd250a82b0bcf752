"""An issue that was made with a form: it becomes a pull request, or is told what is wrong with it."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from horde_reference.adapters.github import comments, labels, pulls
from horde_reference.adapters.github.accounts import Account, account
from horde_reference.adapters.github.errors import Invalid
from horde_reference.adapters.github.values import Label
from horde_reference.changes.markdown import code
from horde_reference.pending.issue_answer import MARK, acceptance, emptiness, refusal
from horde_reference.pending.review import LABELS
from horde_reference.proposals.branches import branch_of_issue
from horde_reference.proposals.form_answers import PROPOSAL_LABEL, is_proposal
from horde_reference.workflows.drafts import Draft, Purpose, Weigh, drafted
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.issue_event import Issue, IssueEvent, User
from horde_reference.workflows.mainline import Mainline, mainline
from horde_reference.workflows.propose import found, may_write, propose
from horde_reference.workflows.proposed import asked
from horde_reference.workflows.queue import reject
from horde_reference.workflows.wishes import Wish

NEEDS_WORK: Final = "needs-work"

_READ_AGAIN: Final = frozenset({"opened", "edited", "labeled", "reopened"})
# GitHub's own account for what accounts wrote that are gone.
_GHOST: Final = User("ghost")


def answer(hub: Hub, data: Path, event: IssueEvent, weigh: Weigh | None = None, *, dry_run: bool = False) -> str:
    """Do what an event calls for; returns what was done, in a sentence.

    Args:
        hub: the repository.
        data: folder of the records, as it is called in the repository.
        event: what happened.
        weigh: asks hosts for hashes and sizes that are not stated; without, nobody is asked.
        dry_run: whether nothing is written, and only said what would be.

    Raises:
        CannotRun: GitHub or git do not do what is asked.
    """
    issue = event.issue
    if why := _not_ours(event):
        return f"#{issue.number} {why}; nothing is done."
    if event.action == "closed":
        return _closed(hub, event, dry_run=dry_run)
    with mainline(hub, data) as main:
        draft = _draft(hub, main, event, weigh)
        if dry_run:
            return f"#{issue.number} would be answered:\n\n{_said(draft, None)}\n{draft.title}\n\n{draft.body}"
        if event.action == "reopened":
            _reopen(hub, issue.number)
        return _answered(hub, main, issue, draft)


def _not_ours(event: IssueEvent) -> str:
    """Why an event is none of ours; empty where it is."""
    issue = event.issue
    if event.action not in _READ_AGAIN | {"closed"}:
        return "was not opened, edited, labeled, reopened or closed"
    if issue.pull_request is not None or not is_proposal(issue.label_names):
        return "proposes no model"
    if event.action == "labeled" and (event.label is None or event.label.name != PROPOSAL_LABEL):
        return "was given a label that says nothing new"
    if event.action != "closed" and issue.state == "closed":
        return "is closed"
    return ""


def _draft(hub: Hub, main: Mainline, event: IssueEvent, weigh: Weigh | None) -> Draft:
    issue, user = event.issue, event.issue.user or _GHOST
    edited = event.action == "edited" and event.sender is not None and event.sender.login != user.login
    author = Account(user.login, user.id)
    date = f"{datetime.fromtimestamp(hub.seconds(), UTC):%Y-%m-%d}"
    read = asked(issue.body or "", main.folder, author=user.login, date=date)
    wish = Wish([read.wanted] if read.wanted else [], read.findings)
    us = hub.repository.connection.login() if hub.credential else user.login
    purpose = Purpose(
        branch=branch_of_issue(issue.number),
        author=author,
        committer=account(hub.repository.connection, us),
        editors=[Account(event.sender.login, event.sender.id)] if edited and event.sender else [],
        title_end=f" (closes #{issue.number})",
        origin=f"{hub.server}/{hub.repository.name}/issues/{issue.number}",
        ends=(
            f"Proposed by {code(user.login)} in #{issue.number}.",
            f"Closes #{issue.number}.",
            f"Co-authored-by: {author.login} <{author.address}>",
        ),
    )
    return drafted(main, wish, purpose, weigh)


def _answered(hub: Hub, main: Mainline, issue: Issue, draft: Draft) -> str:
    if draft.has_errors or not draft.files:
        earlier = found(hub, draft.purpose.branch, hub.repository)
        _say(hub, issue, _said(draft, earlier.number if earlier else None), needs_work=True)
        why = "is not right yet" if draft.has_errors else "changes nothing"
        return f"#{issue.number} {why}; it was told."
    outcome = propose(hub, main, draft, hub.repository.connection.login())
    number = outcome.pull.number if outcome.pull else None
    _say(hub, issue, acceptance(draft.findings, number), needs_work=False)
    return f"#{issue.number}: #{number} was {outcome.did}."


def _said(draft: Draft, earlier: int | None) -> str:
    if draft.has_errors:
        return refusal(draft.findings, earlier)
    return acceptance(draft.findings, earlier) if draft.files else emptiness(earlier)


def _say(hub: Hub, issue: Issue, text: str, *, needs_work: bool) -> None:
    comments.sticky(hub.repository, issue.number, MARK, text)
    if needs_work:
        labels.ensure(hub.repository, [Label(NEEDS_WORK, *LABELS["needs-work"])])
    wanted = [NEEDS_WORK] if needs_work else []
    labels.settle(hub.repository, issue.number, wanted, lambda name: name == NEEDS_WORK)


def _closed(hub: Hub, event: IssueEvent, *, dry_run: bool) -> str:
    """Close the pull request of an issue that its author, or somebody who may write, closed."""
    issue, sender = event.issue, event.sender
    pull = found(hub, branch_of_issue(issue.number), hub.repository)
    if pull is None:
        return f"#{issue.number} has no open pull request; nothing is done."
    is_author = sender is not None and issue.user is not None and sender.login == issue.user.login
    if sender is None or not (is_author or may_write(hub, sender.login)):
        return f"#{issue.number} was closed by somebody who has no say in it; nothing is done."
    if dry_run:
        return f"#{pull.number} would be closed."
    who = "its author" if is_author else sender.login
    reject(hub, pull.number, f"Withdrawn: #{issue.number} was closed by {who}.")
    return f"#{issue.number} was closed by {who}, and so was #{pull.number}."


def _reopen(hub: Hub, number: int) -> None:
    """Open the pull request of an issue again, if it can be: else there will be a new one."""
    branch = branch_of_issue(number)
    closed = None if found(hub, branch, hub.repository) else found(hub, branch, hub.repository, "closed")
    if closed:
        with suppress(Invalid):
            pulls.reopen(hub.repository, closed.number)
