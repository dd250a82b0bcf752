"""What somebody wants of many records: edited in a spreadsheet, or in a copy of their folder.

Both may be older than the main branch: what others changed there since stays as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.git.merging import materialised
from horde_reference.errors import NoHistory
from horde_reference.finding import Finding, Severity, pointer
from horde_reference.formats.canonical import PATH_MATCHES_NAME
from horde_reference.formats.paths import path_of
from horde_reference.proposals.names import PROPOSAL_TARGET
from horde_reference.proposals.questions import ASKABLE, Operation
from horde_reference.proposals.rebasing import rebased
from horde_reference.proposals.table_edits import under_rows
from horde_reference.proposals.wanted import Wanted
from horde_reference.workflows.gather import read
from horde_reference.workflows.tables import edits_of
from horde_reference.workflows.wishes import Files, Wish, bare, document_at, document_in, files_in

_NOT_CHANGED: Final = "Propose it again from a fresh copy of the main branch."


def in_table(main: Path, data: Path, category: str, table: Path) -> Wish:
    """The rows of a table that say something else than the records that it was exported from.

    What others changed on the main branch since stays as it is.

    Args:
        main: the records as they are now.
        data: those that the table was exported from; where there is no such folder, those as they are now.
        category: name of the category.
        table: a file in CSV.

    Raises:
        CannotRun: there is no such table.
    """
    source = data if data.is_dir() else main
    found, edits = edits_of(table, source, category)
    before, now = files_in(source), files_in(main)
    clashes: list[Finding] = []
    wanted = [_rebased(one, before, now, clashes) for one in edits.wanted]

    def placed(findings: Iterable[Finding]) -> list[Finding]:
        return under_rows(findings, found, edits.lines, data.as_posix())

    return Wish(wanted, [*edits.findings, *placed(clashes)], placed)


def in_folder(main: Path, data: Path, folder: Path) -> Wish:
    """The files of a folder, laid out like that of the records, that say something else than the records do.

    Args:
        main: the records as they are now.
        data: those that the folder was copied from, or the folder itself: then its last commit.
        folder: the folder. Files that it lacks remove nothing.

    Raises:
        CannotRun: there is no such folder.
    """
    listed = read(folder)
    before, now = _before(data, folder), files_in(main)
    findings = list(listed.findings)
    changed = {path: raw for path, raw in listed.files if raw not in (now.get(path), before.get(path))}
    wanted = [_rebased(one, before, now, findings) for one in _wanted(changed, now, findings)]

    def placed(found: Iterable[Finding]) -> list[Finding]:
        return sorted(replace(one, path=(folder / one.path).as_posix()) if one.path else one for one in found)

    return Wish(wanted, placed(findings), placed)


def _before(data: Path, folder: Path) -> Files:
    if not data.is_dir():
        return {}
    if data.resolve() != folder.resolve():
        return files_in(data)
    try:
        with materialised(data, "HEAD") as committed:
            return files_in(committed)
    except NoHistory:
        return {}


def _wanted(files: Files, now: Files, findings: list[Finding]) -> Iterator[Wanted]:
    for path, raw in files.items():
        category = path.partition("/")[0]
        document = document_in(path, raw, findings)
        if document is None:
            continue
        name = document.get("name")
        if category not in ASKABLE or not isinstance(name, str):
            message = "This is not a record of a category that models are proposed for, with a name."
            findings.append(Finding(path, 0, "/name", PROPOSAL_TARGET, Severity.ERROR, message, "See other files."))
        elif (right := path_of(category, name)) != path:
            message = f"A record named {name!r} is stored as {right}."
            hint = "Move the file there, or correct its name."
            findings.append(Finding(path, 0, "/name", PATH_MATCHES_NAME, Severity.ERROR, message, hint))
        else:
            operation: Operation = "update" if path in now else "add"
            yield Wanted(operation=operation, category=category, name=name, document=document)


def _rebased(wanted: Wanted, before: Files, now: Files, findings: list[Finding]) -> Wanted:
    """The same edit of the record as it is now."""
    old, current = document_at(before, wanted.path), document_at(now, wanted.path)
    if old is None or current is None:
        return wanted
    document, clashes = rebased(*(bare(one) for one in (old, wanted.document, current)))
    for at in clashes:
        message = f"{'.'.join(at)} of {wanted.name!r} was changed on the main branch meanwhile, to something else."
        where = pointer(*at)
        findings.append(Finding(wanted.path, 0, where, PROPOSAL_TARGET, Severity.ERROR, message, _NOT_CHANGED))
    return replace(wanted, document=document)
