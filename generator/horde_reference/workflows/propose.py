"""Make a proposal: a branch with one commit on top of the main branch, and a pull request. Again is an update."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from horde_reference.adapters.git.failures import NoRevision
from horde_reference.adapters.git.remote import ABSENT
from horde_reference.adapters.github import comments, forks, labels, people, pulls
from horde_reference.adapters.github.errors import NotAllowed
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import PullRequest
from horde_reference.errors import CannotRun
from horde_reference.workflows.batching import put_together
from horde_reference.workflows.drafts import LABEL, Draft
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.mainline import Mainline
from horde_reference.workflows.proposals import MAIN

_WRITERS: Final = frozenset({"admin", "write"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a proposal."""

    did: Literal["nothing", "opened", "updated"]
    """Nothing, where the main branch says all of it already."""
    pull: PullRequest | None = None
    """The pull request."""
    batch_left_out: bool = False
    """Whether it lacks the label of its batch, which only those may give who may write to the repository."""


def may_write(hub: Hub, login: str) -> bool:
    """Whether somebody may write to the repository itself."""
    if login.endswith("[bot]"):  # tokens of workflows and Apps are made for that, and may not ask
        return True
    try:
        return people.permission(hub.repository, login) in _WRITERS
    except NotAllowed:  # GitHub tells only those who may
        return False


def propose(hub: Hub, main: Mainline, draft: Draft, login: str) -> Outcome:
    """Have a proposal on GitHub, once: what is there of it already is brought up to date.

    Args:
        hub: the repository.
        main: its main branch.
        draft: the proposal.
        login: who we are. Whoever may write to the repository has the branch there, everybody else in a fork.

    Raises:
        CannotRun: the draft has errors; GitHub or git do not do what is asked. Running it again goes on from there.
    """
    if draft.has_errors:
        raise CannotRun("The proposal has errors; there is nothing that could be opened.")
    if not draft.files:
        return Outcome("nothing")
    writes = may_write(hub, login)
    home = hub.repository if writes else forks.ensure(hub.repository)
    before = list(_same(hub, home, draft, login))
    _push(hub, main, draft, home, before)
    pull, did = _opened(hub, draft, home, before)
    if not writes:
        return Outcome(did, pull, batch_left_out=bool(draft.purpose.batch))
    label(hub, pull, draft.purpose.batch)
    return Outcome(did, pull)


def found(hub: Hub, branch: str, home: Repository, state: Literal["open", "closed"] = "open") -> PullRequest | None:
    """The newest pull request from a branch that is in this state; of those that are closed, one that was not merged.

    Args:
        hub: the repository that it is for.
        branch: the branch.
        home: the repository that this lies in.
        state: whether it is open.
    """
    listed = pulls.listed(hub.repository, state, head=f"{home.owner}:{branch}", base=MAIN)
    ours = (one for one in listed if (one.head_repository or "").lower() == home.name.lower())
    return next((one for one in ours if one.head_ref == branch and not one.merged), None)


def label(hub: Hub, pull: PullRequest, batch: str = "") -> None:
    """Give a pull request the label of proposals, and that of its batch."""
    labels.ensure(hub.repository, [LABEL])
    labels.settle(hub.repository, pull.number, [LABEL.name], lambda _: False)
    if batch:
        put_together(hub, batch, [pull.number])


def _same(hub: Hub, home: Repository, draft: Draft, login: str) -> list[PullRequest]:
    """Open pull requests of this proposal: at most one that lives, and those whose fork was deleted."""
    living = found(hub, draft.purpose.branch, home)
    dead = [
        one
        for one in pulls.listed(hub.repository, "open", base=MAIN)
        if one.head_repository is None and one.head_ref == draft.purpose.branch and one.author == login
    ]
    return [*([living] if living else []), *dead]


def _push(hub: Hub, main: Mainline, draft: Draft, home: Repository, before: list[PullRequest]) -> None:
    """Set the branch to the proposal, unless it says just that: approvals are of a commit."""
    elsewhere = None if home is hub.repository else hub.address_of(home.name)
    branch = draft.purpose.branch
    there = main.remote.tip(branch, elsewhere)
    changes = {main.place + path: body for path, body in draft.files.items()}
    commit = main.remote.commit(main.commit, changes, draft.words(hub.seconds()))
    if there and any(_says_that(main, one, there, commit) for one in before):
        return
    if elsewhere:  # a fork may be behind, and then lacks more than the last commit
        main.remote.fetch(main.commit, depth=None)
    main.remote.push(commit, branch, there or ABSENT, elsewhere)


def _says_that(main: Mainline, pull: PullRequest, there: str, commit: str) -> bool:
    if pull.head_sha != there or pull.head_repository is None:
        return False
    with suppress(NoRevision):  # GitHub makes the ref of a new pull request some moments later
        seen = main.remote.fetch(f"refs/pull/{pull.number}/head")
        return main.remote.entries(seen) == main.remote.entries(commit)
    return False


def _opened(
    hub: Hub, draft: Draft, home: Repository, before: list[PullRequest]
) -> tuple[PullRequest, Literal["opened", "updated"]]:
    living = next((one for one in before if one.head_repository), None)
    if living is None:
        head = draft.purpose.branch if home is hub.repository else f"{home.owner}:{draft.purpose.branch}"
        pull = pulls.create(hub.repository, draft.title, draft.body, head=head, base=MAIN)
        for dead in before:
            comments.create(hub.repository, dead.number, f"The fork is gone. #{pull.number} takes its place.")
            pulls.close(hub.repository, dead.number)
        return pull, "opened"
    if (living.title, living.body.replace("\r\n", "\n").strip()) != (draft.title, draft.body.strip()):
        living = pulls.update(hub.repository, living.number, title=draft.title, body=draft.body)
    return living, "updated"
