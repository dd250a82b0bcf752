"""Going back: the records as an older commit had them, proposed as a new one. Nothing of history is taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.log import walk
from horde_reference.adapters.git.merging import materialised
from horde_reference.adapters.github.accounts import Account, account
from horde_reference.changes.diff import diff
from horde_reference.errors import CannotRun
from horde_reference.finding import has_errors
from horde_reference.pending.opening import body_of, message_of
from horde_reference.pending.proposal import record_changes
from horde_reference.proposals.branches import branch_of
from horde_reference.workflows.drafts import Draft, Purpose
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.mainline import Mainline, mainline
from horde_reference.workflows.proposals import main_of
from horde_reference.workflows.propose import propose
from horde_reference.workflows.proposed import checked
from horde_reference.workflows.proposing import Done, asker
from horde_reference.workflows.wishes import files_in

_LONGEST_NUMBER: Final = 6
"""Digits. Seven could be the beginning of a commit's id."""


@dataclass(frozen=True, slots=True)
class Target:
    """A commit of the mainline."""

    commit: str
    number: int
    newest: int
    """Number of the last commit of the mainline."""


def roll_back(hub: Hub, data: Path, revision: str, asked_by: str = "", *, dry_run: bool = False) -> Done:
    """Propose the records of an older commit, on top of the main branch.

    Args:
        hub: the repository.
        data: folder of the records, in a clone with the whole history.
        revision: a commit of the mainline, or the number under which it was published.
        asked_by: login of whoever asks, if that is somebody else than we are. Whoever asks cannot approve.
        dry_run: whether to write nothing.

    Raises:
        CannotRun: git or GitHub do not do what is asked, or there is no such commit in the mainline.
    """
    found = target(data, main_of(hub, data), revision)
    ours = asker(hub)
    author = account(hub.repository.connection, asked_by) if asked_by else ours
    with mainline(hub, data) as main:
        draft = _drafted(main, found, _older(data, found.commit), author, ours)
        if dry_run or draft.has_errors:
            return Done(draft, None)
        return Done(draft, propose(hub, main, draft, ours.login))


def target(data: Path, main: str, revision: str) -> Target:
    """The commit that is meant.

    Raises:
        CannotRun: there is no such one in the mainline, whose whole history must be here.
    """
    walked = walk(data, main)
    if walked.is_shallow:
        raise CannotRun("This is a shallow clone: it lacks older commits. Fetch the rest: git fetch --unshallow.")
    known = {commit: number for number, (commit, _) in enumerate(walked.mainline, 1)}
    if revision.isdecimal() and len(revision) <= _LONGEST_NUMBER:
        found = next((commit for commit, number in known.items() if number == int(revision)), "")
    else:
        found = walk(data, revision).mainline[-1][0]
    if found not in known:
        raise CannotRun(f"{revision} is not among the {len(known)} commits that the main branch went through.")
    return Target(found, known[found], len(known))


def _older(data: Path, commit: str) -> dict[str, bytes]:
    with materialised(data, commit) as folder:
        return files_in(folder)


def _drafted(main: Mainline, found: Target, older: Mapping[str, bytes], author: Account, ours: Account) -> Draft:
    now = files_in(main.folder)
    before, after = checked(now), checked(older)
    findings = sorted(set(after.findings) - set(before.findings))
    changes = diff(before.corpus, after.corpus)
    title = f"Roll the records back to number {found.number}"
    credits_ = [f"{author.login} <{author.address}>"] if author != ours else []
    return Draft(
        purpose=Purpose(branch=branch_of("rollback", str(found.number)), author=author, committer=ours),
        title=title,
        body=body_of(record_changes(changes), list(_words(found))),
        message=message_of(title, credits_=credits_),
        files={} if has_errors(findings) else _differing(now, older),
        findings=findings,
        changes=changes,
    )


def _differing(now: Mapping[str, bytes], older: Mapping[str, bytes]) -> dict[str, bytes | None]:
    return {path: older.get(path) for path in sorted({*now, *older}) if now.get(path) != older.get(path)}


def _words(found: Target) -> Sequence[str]:
    before = f"All records as commit {found.commit} had them, which was number {found.number}."
    after = (
        f"The main branch is at number {found.newest}. This becomes a greater one, so that whoever reads it goes back."
    )
    return [
        f"{before} {after}",
        "The audit trail keeps what is undone. What was right of it has to be proposed again.",
    ]
