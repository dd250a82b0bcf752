"""Doing what a plan says: a branch, a commit, a pull request; or files in a folder. Again goes on from there."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from msgspec.structs import replace

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.git.commits import Person, Words
from horde_reference.adapters.git.failures import CheckedOut, Outrun, Protected
from horde_reference.adapters.git.remote import ABSENT
from horde_reference.adapters.github.accounts import Account, account
from horde_reference.adapters.github.values import PullRequest
from horde_reference.errors import CannotRun
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.sync import pulling
from horde_reference.workflows.sync.branching import Branch, Lying, branch_of
from horde_reference.workflows.sync.marking import Mark
from horde_reference.workflows.sync.planning import Plan
from horde_reference.workflows.sync.targets import Target
from horde_reference.workflows.sync.words import body_of, digest_of, left_word, message_of, title_of
from horde_reference.workflows.sync_settings import SyncSettings

Did = Literal["nothing", "few", "refused", "written", "pushed", "proposed", "closed", "shown", "older"]

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
    comes_before: Callable[[str], bool]
    """Whether a commit of ours came from the one that the plan is made from."""
    mark: Mark
    """What people let it do, which the pull request is to remember."""
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


def push(target: Target, plan: Plan, manner: Manner, found: pulling.Standing) -> Outcome:
    """Do what a plan says.

    Args:
        target: where.
        plan: what.
        manner: how.
        found: pull requests from the branch.

    Raises:
        CannotRun: git or GitHub do not do what is asked. Doing it again goes on from there.
    """
    if target.hub is not None:
        return _propose(target, target.hub, plan, manner, found)
    if not plan.files:
        return Outcome("nothing")
    if plan.weight < manner.settings.min_changes_threshold:
        return Outcome("few")
    if target.folder is not None:
        for path, body in plan.files.items():
            write_file(target.folder / path, body)
        return Outcome("written")
    try:
        pushed = _push(target, plan, manner, _NOBODY, None)
    except CheckedOut as error:
        name = branch_of(plan.repository)
        raise CannotRun(f"{target.title}: {name} is checked out there. Check out another branch, then sync.") from error
    return Outcome("pushed" if pushed else "older", branch=branch_of(plan.repository))


def _propose(target: Target, hub: Hub, plan: Plan, manner: Manner, found: pulling.Standing) -> Outcome:
    branch = branch_of(plan.repository)
    if not plan.files:
        return Outcome("nothing") if plan.faults else _finished(target, hub, plan, manner, found)
    if plan.weight < manner.settings.min_changes_threshold and found.open is None:
        return Outcome("few")
    if found.refuses(digest_of(plan)) and not manner.again:
        return Outcome("refused", found.latest)
    lying = _push(target, plan, manner, _author(hub), found.open)
    if lying is None:
        return Outcome("older", found.open, branch)
    if manner.settings.no_pr:
        return Outcome("pushed", found.open, branch)
    pull, warnings = pulling.settle(hub, _wanted(target, plan, manner, lying), found.open)
    return Outcome("proposed", pull, branch, tuple(warnings))


def _finished(target: Target, hub: Hub, plan: Plan, manner: Manner, found: pulling.Standing) -> Outcome:
    """Close what is open, and take the branch away unless somebody else works on it."""
    branch = Branch.of(target, plan.repository, found.open, _author(hub))
    there = branch.seen()
    if there and manner.comes_before(branch.lying(there).source):
        return Outcome("older", found.open, branch.name)
    if found.open is not None:
        pulling.close(hub, found.open, left_word(plan, manner.settings.categories_to_sync))
    if there and branch.is_ours(there):
        with suppress(Outrun, Protected):
            branch.remote.delete(branch.name, there.commit)
    return Outcome("closed", found.open) if found.open else Outcome("nothing")


def _wanted(target: Target, plan: Plan, manner: Manner, lying: Lying) -> pulling.Wanted:
    settings = manner.settings
    asked = pulling.asked(settings.pr_labels, settings.pr_reviewers, settings.pr_auto_assign_team)
    mark = replace(manner.mark, digest=digest_of(plan), source=lying.source, commit=lying.commit, asked=asked)
    return pulling.Wanted(
        title=title_of(plan),
        body=body_of(plan, mark, manner.origin and manner.origin + lying.source),
        branch=branch_of(plan.repository),
        base=target.place.branch,
        labels=settings.pr_labels,
        reviewers=settings.pr_reviewers,
        team=settings.pr_auto_assign_team,
    )


def _author(hub: Hub) -> Account:
    connection = hub.repository.connection
    return account(connection, connection.login())


def _push(target: Target, plan: Plan, manner: Manner, author: Account, pull: PullRequest | None) -> Lying | None:
    """Set the branch to the plan, unless it says just that; `None` where it is made from a later commit of ours."""
    branch = Branch.of(target, plan.repository, pull, author)
    person = Person(author.login, author.address, manner.time)
    words = Words(message_of(plan, manner.source), person, person)
    commit = branch.remote.commit(target.commit, dict(plan.files), words)
    for _ in range(_ATTEMPTS):
        there = branch.seen()
        if there and branch.says(there, commit):
            return branch.lying(there)
        if there and manner.comes_before(branch.lying(there).source):
            return None
        if there and pull and target.hub and not branch.is_ours(there):
            pulling.say_replaced(target.hub, pull.number, there.commit, there.author)
        try:
            branch.remote.push(commit, branch.name, there.commit if there else ABSENT)
        except Outrun:
            continue
        return Lying(commit, manner.source)
    raise Outrun(f"Somebody else pushes to {branch.name} of {target.title} all the time. Try again later.")
