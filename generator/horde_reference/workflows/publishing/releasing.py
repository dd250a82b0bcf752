"""A data release: a tag of a commit, what changed since the one before, and the tree as an archive."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from horde_reference.adapters.git.log import walk
from horde_reference.adapters.github import releases
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Release
from horde_reference.changes.diff import Change
from horde_reference.errors import CannotRun
from horde_reference.formats.head import Head
from horde_reference.pending.opening import LONGEST, change_lines, cut
from horde_reference.pending.proposal import record_changes
from horde_reference.workflows.compare import compare

_TAG: Final = "data-{}"
_OURS: Final = re.compile(r"data-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Draft:
    """A release as it would be made."""

    tag: str
    commit: str
    title: str
    body: str
    """In Markdown."""
    files: Sequence[Path]
    """What comes with it."""


@dataclass(frozen=True, slots=True)
class Released:
    """What became of it."""

    did: Literal["nothing", "made"]
    why: str
    """In words."""
    draft: Draft | None = None


def release(repository: Repository, data: Path, head: Head, files: Sequence[Path], *, dry_run: bool) -> Released:
    """Make the release of a head, unless there is one of the same records.

    It is a draft until all files are there. A draft that a run left behind is begun anew.

    Args:
        repository: where.
        data: folder of the records, in a clone with the whole history.
        head: what was built.
        files: what comes with it.
        dry_run: whether to write nothing.

    Raises:
        CannotRun: git or GitHub do not do what is asked, or the head is not part of the history.
    """
    commit = _commit(data, head)
    there = list(releases.listed(repository))
    tag = _TAG.format(head.number)
    if any(one.tag == tag and not one.is_draft for one in there):
        return Released("nothing", f"There is a release {tag} already.")
    before = _before(there, head.number)
    changes = _since(data, before, commit)
    if before and not changes:
        return Released("nothing", f"No record differs from those of the release {_TAG.format(before)}.")
    draft = Draft(tag, commit, f"Records, number {head.number}", _body(head, before, changes, files), files)
    if not dry_run:
        _make(repository, draft, [one for one in there if one.tag == tag and one.is_draft])
    return Released("made", f"The release {tag}.", draft)


def _make(repository: Repository, draft: Draft, left: Iterable[Release]) -> None:
    for one in left:
        releases.discard(repository, one)
    made = releases.draft(repository, draft.tag, draft.commit, title=draft.title, body=draft.body)
    for file in draft.files:
        releases.attach(repository, made, file.name, file.read_bytes())
    releases.publish(repository, made)


def _commit(data: Path, head: Head) -> str:
    """The commit of a head, if it is part of the history under its number."""
    mainline = walk(data).mainline
    if head.commit is None or [one for one, _ in mainline[head.number - 1 : head.number]] != [head.commit]:
        raise CannotRun(f"Commit {head.commit}, number {head.number}, is not part of the history of {data}.")
    return head.commit


def _before(there: Iterable[Release], number: int) -> int:
    """Number of the newest release before; 0 where there is none."""
    numbers = [int(found[1]) for one in there if not one.is_draft and (found := _OURS.fullmatch(one.tag))]
    return max((one for one in numbers if one < number), default=0)


def _since(data: Path, before: int, commit: str) -> tuple[Change, ...]:
    """What changed since a number, which is a place in the history whether or not its tag is here."""
    return compare(walk(data).mainline[before - 1][0], commit, data) if before else ()


def _body(head: Head, before: int, changes: Sequence[Change], files: Iterable[Path]) -> str:
    counts = ", ".join(f"{count} of {category}" for category, count in head.records.items() if count)
    lines = [
        f"The records as of commit {head.commit}, number {head.number}: {counts}.",
        "",
        f"{' and '.join(f'`{one.name}`' for one in files)}: the tree as it is published, made of this commit alone.",
        "Usage and open proposals, which git does not hold, are not in it, so it can be made again to the byte:",
        "",
        "    horde-reference build --require-history && horde-reference publish archive",
        "",
        f"#### Since `{_TAG.format(before)}`: {len(changes)} records" if before else "The first release.",
        "",
    ]
    return cut([*lines, *(line for change in record_changes(changes) for line in change_lines(change))], LONGEST)
