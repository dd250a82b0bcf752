"""What the hosts of the files say of a proposal: whether they are there, and are what the records say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from horde_reference.adapters.git.merging import place_of, read_file
from horde_reference.adapters.weights import Scales
from horde_reference.finding import Finding, Problem, has_errors, pointer
from horde_reference.formats.json_reading import NotJson, layout, loads
from horde_reference.formats.paths import path_of
from horde_reference.pending.proposal import RecordChange
from horde_reference.pending.review import Review
from horde_reference.proposals.wanted import value_at
from horde_reference.proposals.weights import UNCONFIRMED, Weight, doubts
from horde_reference.rules.table import RULES
from horde_reference.workflows.asking import ask, host_in

MOST: Final = 100
"""Files that are asked about. Whoever proposes more would keep a run busy for hours."""

_FILES: Final = ("config", "download")


@dataclass(frozen=True, slots=True)
class _File:
    """A file that a proposal adds or changes."""

    change: RecordChange
    place: int
    """In the list of the record's files."""
    stated: dict[str, Any]
    url: str


def with_downloads(data: Path, reviewed: Review, scales: Scales) -> Review:
    """The review, with what the hosts say of the files that the proposal adds or changes; of no others.

    Args:
        data: the folder of records in a clone that has the proposal's commits.
        reviewed: the review.
        scales: asks hosts.
    """
    files = [one for change in reviewed.changes for one in _files(change)]
    weights = dict(ask([one.url for one in files[:MOST]], scales))
    found = [_finding(data, reviewed, one, *told) for one in files for told in _told(one, weights)]
    findings = sorted([*reviewed.findings, *found])
    return replace(reviewed, findings=findings, views=[] if has_errors(findings) else reviewed.views)


def _files(change: RecordChange) -> Iterator[_File]:
    if change.after is None or change.operation == "delete":
        return
    known = value_at(dict(change.before or {}), _FILES) or []
    for place, one in enumerate(value_at(dict(change.after), _FILES) or []):
        if one not in known:
            yield _File(change, place, one, one["file_url"])


def _told(file: _File, weights: dict[str, Weight]) -> Iterator[tuple[str, Problem]]:
    """Rules that a file breaks, and how."""
    if file.url in weights:
        yield from doubts(file.stated, weights[file.url], host_in(file.url) or "its host")
    else:
        message = f"Nobody was asked about the file: only the first {MOST} of a proposal are."
        yield UNCONFIRMED, Problem("/file_url", message, "Propose fewer at a time, or compare them by hand.")


def _finding(data: Path, reviewed: Review, file: _File, rule: str, problem: Problem) -> Finding:
    path = place_of(data) + path_of(file.change.category, file.change.name)
    at = pointer(*_FILES, file.place) + problem.pointer
    line = _line(read_file(data, reviewed.head, path), at)
    return Finding(path, line, at, rule, RULES[rule].severity, problem.message, problem.hint)


def _line(raw: bytes | None, at: str) -> int:
    """Line of a value, or of the nearest around it that the file of the proposal has."""
    if raw is None:
        return 0
    try:
        loads(raw)
    except NotJson:
        return 0
    lines = layout(raw.decode()).lines
    while at and at not in lines:
        at = at.rpartition("/")[0]
    return lines.get(at, 0)
