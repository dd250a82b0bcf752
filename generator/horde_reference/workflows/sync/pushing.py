"""Doing what a plan says: a branch, a commit, a pull request; or files in a folder. Again goes on from there."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.git.commits import Person, Words
from horde_reference.adapters.git.failures import NoRevision, Outrun, Protected
from horde_reference.adapters.git.messages import Message
from horde_reference.adapters.git.remote import ABSENT, Remote
from horde_reference.adapters.github.accounts import Account, account
from horde_reference.adapters.github.values import PullRequest
from horde_reference.errors import CannotRun
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.sync import pulling
from horde_reference.workflows.sync.planning import Plan
from horde_reference.workflows.sync.targets import BY, GENERATOR, SOURCE, Target
from horde_reference.workflows.sync.words import body_of, digest_of, message_of, title_of
from horde_reference.workflows.sync_settings import SyncSettings

Did = Literal["nothing", "few", "refused", "written", "pushed", "proposed", "closed", "shown"]

_ATTEMPTS: Final = 4
_NOBODY: Final = Account("horde-reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a plan is done."""

    settings: SyncSettings
    source: str
    """The commit of ours that it was made from."""
    origin: str
    """Address of the commits of ours, which one's id is put behind; empty where nobody knows."""
    time: int
    """Seconds since 1970."""
    again: bool = False
    """Whether to propose even what was refused."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan."""

    did: Did
    pull: PullRequest | None = None
    """The pull request that it is about."""
    branch: str = ""
    """The branch that it lies on."""
    warnings: tuple[str, ...] = ()
    """What could not be done, and stops nothing."""


def branch_of(repository: str) -> str:
    """The branch that a repository's syncs lie on, always the same: what is there can be brought up to date."""
    return f"sync/{repository}"


def push(target: Target, plan: Plan, manner: Manner) -> Outcome:
    """Do what a plan says.

    Raises:
        CannotRun: git or GitHub do not do what is asked. Doing it again goes on from there.
    """
    if target.hub is not None:
        return _propose(target, target.hub, plan, manner)
    if not plan.files:
        return Outcome("nothing")
    if plan.weight < manner.settings.min_changes_threshold:
        return Outcome("few")
    if target.folder is not None:
        for path, body in plan.files.items():
            write_file(target.folder / path, body)
        return Outcome("written")
    branch = branch_of(plan.repository)
    _push(target, plan, _words(plan, manner, _NOBODY), None)
    return Outcome("pushed", branch=branch)


def _propose(target: Target, hub: Hub, plan: Plan, manner: Manner) -> Outcome:
    branch = branch_of(plan.repository)
    found = pulling.standing(hub, branch, target.place.branch)
    if not plan.files:
        return Outcome("nothing") if plan.faults else _finished(target, hub, branch, found)
    if plan.weight < manner.settings.min_changes_threshold and found.open is None:
        return Outcome("few")
    if found.refuses(digest_of(plan)) and not manner.again:
        return Outcome("refused", found.latest)
    connection = hub.repository.connection
    author = account(connection, connection.login())
    source = _push(target, plan, _words(plan, manner, author), found.open)
    if manner.settings.no_pr:
        return Outcome("pushed", found.open, branch)
    pull, warnings = pulling.settle(hub, _wanted(target, plan, manner, source), found.open)
    return Outcome("proposed", pull, branch, tuple(warnings))


def _finished(target: Target, hub: Hub, branch: str, found: pulling.Standing) -> Outcome:
    """Close what is open, and take the branch away unless somebody else works on it."""
    if found.open is not None:
        pulling.close(hub, found.open)
    remote = _remote(target)
    there = _seen(remote, branch)
    if there and _is_ours(there):
        with suppress(Outrun, Protected):
            remote.delete(branch, there.commit)
    return Outcome("closed", found.open) if found.open else Outcome("nothing")


def _wanted(target: Target, plan: Plan, manner: Manner, source: str) -> pulling.Wanted:
    settings = manner.settings
    return pulling.Wanted(
        title=title_of(plan),
        body=body_of(plan, source, manner.origin and manner.origin + source),
        branch=branch_of(plan.repository),
        base=target.place.branch,
        labels=settings.pr_labels,
        reviewers=settings.pr_reviewers,
        team=settings.pr_auto_assign_team,
    )


def _words(plan: Plan, manner: Manner, author: Account) -> Words:
    person = Person(author.login, author.address, manner.time)
    return Words(message_of(plan, manner.source), person, person)


def _push(target: Target, plan: Plan, words: Words, pull: PullRequest | None) -> str:
    """Set the branch to the plan, unless it says just that; returns the commit of ours that the branch is made from."""
    remote, branch = _remote(target), branch_of(plan.repository)
    commit = remote.commit(target.commit, dict(plan.files), words)
    for _ in range(_ATTEMPTS):
        there = _seen(remote, branch)
        if there and _is_ours(there) and _patch(remote, there) == _patch(remote, _first(remote, commit)):
            return there.stated[SOURCE]
        if there and not _is_ours(there) and pull and target.hub:
            pulling.say_replaced(target.hub, pull.number, there.commit, there.author)
        try:
            remote.push(commit, branch, there.commit if there else ABSENT)
        except Outrun:
            continue
        return _first(remote, commit).stated[SOURCE]
    raise Outrun(f"Somebody else pushes to {branch} of {target.title} all the time. Try again later.")


def _seen(remote: Remote, branch: str) -> Message | None:
    """What a branch is at now, fetched; `None` if there is no such branch."""
    if remote.tip(branch) is None:
        return None
    try:
        return _first(remote, remote.fetch(f"refs/heads/{branch}", depth=None))
    except NoRevision:  # it went meanwhile
        return None


def _first(remote: Remote, commit: str) -> Message:
    return next(remote.messages(commit, (SOURCE, GENERATOR)))


def _is_ours(message: Message) -> bool:
    return message.stated.get(GENERATOR) == BY and SOURCE in message.stated and len(message.parents) == 1


def _patch(remote: Remote, message: Message) -> dict[str, tuple[object, object]]:
    """What a commit changes: path → file before and after. It may have been made from an older main branch."""
    before, after = remote.entries(message.parents[0]), remote.entries(message.commit)
    return {
        path: (before.get(path), after.get(path)) for path in {*before, *after} if before.get(path) != after.get(path)
    }


def _remote(target: Target) -> Remote:
    if target.remote is None:
        raise CannotRun(f"{target.title} is no repository.")
    return target.remote
