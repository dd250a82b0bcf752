"""Review a proposal: merge it in memory, check the result, and compare it with what there is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.merging import ChangedFile, Merge, claims_of, materialised, merge, place_of, read_file
from horde_reference.changes.diff import Change, diff
from horde_reference.corpus import Corpus
from horde_reference.finding import Finding, Severity, has_errors
from horde_reference.formats.paths import SUFFIX, path_of
from horde_reference.history.log import APPROVED_BY, PROPOSED_BY
from horde_reference.pending.approval import PATH as APPROVERS
from horde_reference.pending.approval import ApproversUnsound, decode
from horde_reference.pending.duplicates import duplicates
from horde_reference.pending.proposal import Proposal, RecordChange, record_changes
from horde_reference.pending.review import Review
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.gather import check_files, read
from horde_reference.workflows.views import view_changes

_NOT_A_FILE: Final = "not-a-file"
FORGED: Final = "forged-approval"


@dataclass(frozen=True, slots=True)
class _State:
    """The records of one commit, and what is wrong with them."""

    corpus: Corpus
    findings: frozenset[Finding]
    paths: frozenset[str]


def review(data: Path, base: str, head: str, others: Iterable[Proposal] = ()) -> Review:
    """All there is to say of a proposal. Nothing of it is run, and nothing of it is believed.

    Args:
        data: the folder of records inside the repository.
        base: revision of the main branch.
        head: revision that is proposed.
        others: other open proposals.

    Raises:
        CannotRun: one of the two is no commit.
    """
    merged = merge(data, base, head)
    place = place_of(data)
    touched = {one.path: _category(one, place) for one in merged.changed}
    before, after = _state(data, merged.base), _state(data, merged.tree or merged.base)
    forged = claims_of(data, merged.base, merged.head, (PROPOSED_BY, APPROVED_BY))
    findings = [
        *_links(merged.changed, place),
        *_unread(merged.changed, place),
        *map(_forged, forged),
        *_approvers(data, merged),
        *(after.findings - before.findings),
    ]
    found = _readable(diff(before.corpus, after.corpus), after.paths)
    changes = record_changes(found)
    return Review(
        base=merged.base,
        head=merged.head,
        findings=sorted(_placed(one, place) for one in findings),
        changes=changes,
        outside=[path for path, category in touched.items() if category is None],
        touched=list(dict.fromkeys(touched.values())),
        conflicts=merged.conflicts,
        views=[] if has_errors(findings) else view_changes(before.corpus, after.corpus),
        duplicates=duplicates(changes, others),
    )


def changes_between(data: Path, old: str, new: str) -> tuple[RecordChange, ...]:
    """What differs between the records of two commits, as far as they can be read."""
    before, after = _state(data, old), _state(data, new)
    return record_changes(_readable(diff(before.corpus, after.corpus), after.paths))


def errors_at(data: Path, commit: str) -> int:
    """Errors that the records of a commit have."""
    return sum(one.severity is Severity.ERROR for one in _state(data, commit).findings)


def _state(data: Path, tree: str) -> _State:
    with materialised(data, tree) as folder:
        found = read(folder)
        paths = frozenset(path for path, _ in found.files)
        checked = check_files(found, folder)
        inside = folder.as_posix() + "/"
        return _State(
            checked.corpus,
            frozenset(replace(one, path=one.path.removeprefix(inside)) for one in checked.findings),
            paths,
        )


def _readable(changes: Iterable[Change], paths: frozenset[str]) -> list[Change]:
    """The changes, less records that only seem to be gone: they cannot be read, which is a finding."""
    return [one for one in changes if one.after or path_of(one.record.category, one.record.name) not in paths]


def _category(changed: ChangedFile, place: str) -> str | None:
    """The category that a changed file belongs to; `None` for what is not the file of a record."""
    folder, _, rest = changed.path.removeprefix(place).partition("/")
    is_record = changed.path.startswith(place) and rest.endswith(SUFFIX) and not _is_hidden(rest)
    return folder if is_record and folder in CATEGORIES and changed.is_plain else None


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _unread(changed: Iterable[ChangedFile], place: str) -> Iterator[Finding]:
    """Files among the records that nobody reads, and that could still change how they are read."""
    for one in changed:
        path = one.path.removeprefix(place)
        if one.path.startswith(place) and one.mode and _is_hidden(path):
            message = "This file is hidden: it is no record."
            yield Finding(path, 0, "", "unknown-file", Severity.ERROR, message, "Remove it.")


def _approvers(data: Path, merged: Merge) -> Iterator[Finding]:
    """A fault in the file of approvers, which would let nobody approve anything any more."""
    if merged.tree and any(one.path == APPROVERS for one in merged.changed):
        try:
            decode(read_file(data, merged.tree, APPROVERS) or b"")
        except ApproversUnsound as error:
            hint = "Correct it: otherwise nobody can approve anything any more."
            yield Finding("", 0, "", "approvers-form", Severity.ERROR, f"{error}.", hint)


def _links(changed: Iterable[ChangedFile], place: str) -> Iterator[Finding]:
    """What is no file: written as one, a link would be taken for what it says."""
    for one in changed:
        if one.path.startswith(place) and not one.is_plain:
            message = "This is a link or another repository; records are plain files."
            path = one.path.removeprefix(place)
            yield Finding(path, 0, "", _NOT_A_FILE, Severity.ERROR, message, "Put the record itself in its place.")


def _forged(commit: str) -> Finding:
    message = f"The message of commit {commit[:12]} claims who proposed or approved it."
    hint = f"Take the lines {PROPOSED_BY} and {APPROVED_BY} out of it: the audit trail believes what is applied."
    return Finding("", 0, "", FORGED, Severity.ERROR, message, hint)


def _placed(finding: Finding, place: str) -> Finding:
    """The finding with the path that its file has in the repository."""
    return replace(finding, path=place + finding.path) if finding.path else finding
