"""Records of a category out to a spreadsheet, and what was changed there back into files."""

from dataclasses import dataclass
from pathlib import Path

from horde_reference.adapters.disk import write_file
from horde_reference.changes.diff import Change
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, Severity, has_errors
from horde_reference.formats.canonical import load
from horde_reference.formats.json_reading import loads
from horde_reference.formats.paths import path_of
from horde_reference.proposals.table import BadTable, chosen_columns, encode, usual_columns
from horde_reference.proposals.table_edits import Edits, Table, under_rows
from horde_reference.workflows.gather import read
from horde_reference.workflows.proposed import proposed


@dataclass(frozen=True, slots=True)
class Imported:
    """What importing a table does."""

    findings: list[Finding]
    """What is wrong with the table or would be with the records; on a row with its line."""
    changes: tuple[Change, ...]
    """What the table changes in the records."""
    files: dict[str, bytes]
    """Path below the data folder → bytes that differ from what is there; none where a finding is an error."""


def export_table(data: Path, category: str, columns: tuple[str, ...] = ()) -> str:
    """The table of a category's records, in CSV; with no columns named, those of all that people state.

    Raises:
        CannotRun: there is no such folder, a record of the category cannot be read, or a column does not exist.
    """
    try:
        chosen = chosen_columns(category, columns) if columns else usual_columns(category)
    except BadTable as fault:
        raise CannotRun(str(fault)) from None
    found = load(read(data).files)
    broken = [one.path for one in found.findings if _is_error_of(one, category)]
    if broken:
        raise CannotRun(f"{data / broken[0]} cannot be read; the table would lack it. See horde-reference check.")
    return encode(found.corpus[category].values(), category, chosen)


def _is_error_of(finding: Finding, category: str) -> bool:
    return finding.severity is Severity.ERROR and finding.path.startswith(f"{category}/")


def import_table(path: Path, data: Path, category: str) -> Imported:
    """What a table changes. Rows that are missing remove nothing; nothing is written.

    Raises:
        CannotRun: there is no such folder, or no such table.
    """
    table, edits = edits_of(path, data, category)
    if edits.findings:
        return Imported(sorted(edits.findings), (), {})
    found = proposed(edits.wanted, data, fixes=False)
    return Imported(
        under_rows(found.findings, table, edits.lines, data.as_posix()),
        () if has_errors(found.findings) else found.changes,
        found.files,
    )


def edits_of(path: Path, data: Path, category: str, *, author: str = "") -> tuple[Table, Edits]:
    """A table, and what it wants of the records in a folder.

    Raises:
        CannotRun: there is no such folder, or no such table.
    """
    files = dict(read(data).files)
    records = load(files.items()).corpus[category]
    documents = {name: loads(files[path_of(category, name)]) for name in records}
    table = Table(path.as_posix(), category, records, documents, author)
    try:
        return table, table.edits(path.read_bytes())
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}.") from error


def write_files(files: dict[str, bytes], data: Path) -> None:
    """Write files below the data folder.

    Raises:
        CannotRun: one cannot be written.
    """
    for path, body in files.items():
        write_file(data / path, body)
