"""From what people want to the files that would say it, and what the rules find in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from horde_reference.adapters.disk import MAX_RECORD_BYTES
from horde_reference.changes.diff import Change, diff
from horde_reference.finding import Finding, Severity, has_errors
from horde_reference.formats.canonical import Loaded, format_document, load
from horde_reference.formats.json_reading import NotJson, layout, loads
from horde_reference.formats.paths import path_of
from horde_reference.proposals.form_answers import Read, read_form
from horde_reference.proposals.names import PROPOSAL_TARGET, Names
from horde_reference.proposals.wanted import Document, Wanted, wanted_of
from horde_reference.rules.check import check
from horde_reference.rules.fixes import fix_document
from horde_reference.tree import checked_path
from horde_reference.workflows.gather import paused_collection, read


@dataclass(frozen=True, slots=True)
class Asked:
    """What an issue asks for."""

    wanted: Wanted | None
    """What is wanted; `None` where the answers have faults."""
    findings: list[Finding]
    """What is wrong with the answers; their path is `form_answers.FORM`."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What proposals come to."""

    files: dict[str, bytes]
    """Path below the data folder → bytes to write; none at all where a finding is an error."""
    findings: list[Finding]
    """All that the files bring that is wrong, in them and in others; paths are below the data folder.

    What was wrong with a record before and still is, is not among them.
    """
    changes: tuple[Change, ...]
    """What the files change, as far as they can be read."""


def asked(body: str, data: Path, *, author: str, date: str) -> Asked:
    """What the body of an issue asks for.

    Args:
        body: the issue, as GitHub makes it of a form and people may have edited it.
        data: folder of the records.
        author: login of whoever wrote it.
        date: today, as year-month-day: the day of a withdrawal.

    Raises:
        CannotRun: there is no such folder.
    """
    found: Read = read_form(body)
    if found.answers is None:
        return Asked(None, found.findings)
    present = present_document(data, found.answers.category, found.answers.name)
    return Asked(wanted_of(found.answers, present, author=author, date=date), [])


def present_document(data: Path, category: str, name: str) -> Document | None:
    """What the file of a record states now; `None` where there is none that can be read.

    Raises:
        CannotRun: there is no such folder.
    """
    files = dict(read(data).files)
    return _document(files.get(path_of(category, name), b""))


def _document(raw: bytes) -> Document | None:
    try:
        found = loads(raw)
    except NotJson:
        return None
    return found if isinstance(found, dict) else None


def proposed(wanted: Sequence[Wanted], data: Path, *, fixes: bool = True) -> Proposed:
    """The files that several wishes come to together, and what is wrong with them.

    Args:
        wanted: what is wanted; each of another record.
        data: folder of the records as they are.
        fixes: whether every safe fix is applied to them.

    Raises:
        CannotRun: there is no such folder.
        UnsafePath: a name would leave the folder, which no name that a form or table gives can.
    """
    with paused_collection():
        found = read(data)
        files = dict(found.drained())
        before = checked(files, found.findings)
        names = Names.of(before.corpus)
        bodies = {checked_path(one.path): _body(one, fixes=fixes) for one in wanted}
        refused = [*_twice(wanted), *_in_the_way(bodies, found.findings), *_too_large(bodies)]
        refused += [finding for one in wanted for finding in names.findings(one)]
        after = checked({**files, **bodies}, found.findings)
        known = set(before.findings)
        told = [one for one in after.findings if one not in known]
    findings = sorted([*refused, *_with_lines(told, bodies)])
    written = {path: body for path, body in bodies.items() if files.get(path) != body}
    return Proposed({} if has_errors(findings) else written, findings, diff(before.corpus, after.corpus))


def _twice(wanted: Iterable[Wanted]) -> Iterator[Finding]:
    seen: set[str] = set()
    for one in wanted:
        if one.path in seen:
            message, hint = f"{one.name!r} is proposed twice.", "Propose it once."
            yield Finding(one.path, 0, "/name", PROPOSAL_TARGET, Severity.ERROR, message, hint)
        seen.add(one.path)


def _in_the_way(paths: Iterable[str], unread: Sequence[Finding]) -> Iterator[Finding]:
    """What cannot be read where a file is to be written, such as a link that leads out of the folder."""
    for path in paths:
        yield from (one for one in unread if path == one.path or path.startswith(f"{one.path}/"))


def _too_large(bodies: Mapping[str, bytes]) -> Iterator[Finding]:
    for path, body in bodies.items():
        if len(body) > MAX_RECORD_BYTES:
            message = f"The file would have more than {MAX_RECORD_BYTES // 1024} KiB."
            yield Finding(path, 0, "", "too-large", Severity.ERROR, message, "Shorten what it says.")


def _body(wanted: Wanted, *, fixes: bool) -> bytes:
    make = fix_document if fixes else format_document
    return make(wanted.category, wanted.document)


def checked(files: Mapping[str, bytes], unread: Sequence[Finding] = ()) -> Loaded:
    """The records of files with all that is wrong with them; paths are below the data folder.

    Args:
        files: path below the data folder → bytes.
        unread: files that could not be read.
    """
    loaded = load(files.items())
    told = check(loaded.corpus, loaded.grouping, complete=not has_errors([*unread, *loaded.findings]))
    return replace(loaded, findings=[*loaded.findings, *told])


def _with_lines(findings: Iterable[Finding], bodies: Mapping[str, bytes]) -> Iterator[Finding]:
    """The findings with the lines of the values in the files that are proposed."""
    lines = {path: layout(body.decode()).lines for path, body in bodies.items()}
    for one in findings:
        at = one.pointer
        while at and at not in lines.get(one.path, {}):
            at = at.rpartition("/")[0]
        yield one if one.line else replace(one, line=lines.get(one.path, {}).get(at, 0))
