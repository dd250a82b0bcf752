"""What somebody changed in a table: rows that say something else than the records do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from json import dumps
from typing import Any, Final

from horde_reference.finding import Finding, Severity, pointer
from horde_reference.formats.shape import needed_keys, shown
from horde_reference.proposals.cells import BadCell, read_cell, says, unbroken
from horde_reference.proposals.places import Kind, Place
from horde_reference.proposals.table import NAME, BadTable, Row, columns_of, decode, said_of
from horde_reference.proposals.wanted import Document, Wanted, value_at, with_value, without
from horde_reference.records.base import Record

TABLE_SHAPE: Final = "table-shape"
TABLE_CELL: Final = "table-cell"

_SEE: Final = "Export the table anew, and see how other rows say it."


@dataclass(frozen=True, slots=True)
class Edits:
    """What a table changes."""

    wanted: list[Wanted] = field(default_factory=list)
    """Records that rows change or add; rows that say what the records say are left out."""
    lines: dict[str, int] = field(default_factory=dict)
    """Path of a record's file below `data/` → line of its row, counted from 1."""
    findings: list[Finding] = field(default_factory=list)
    """What is wrong with the table, all of it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the records of a category, and what those say now."""

    path: str
    """The table's file, as the user named it."""
    category: str
    """Name of the category."""
    records: Mapping[str, Record]
    """Name → record, those that are there."""
    documents: Mapping[str, Document]
    """Name → what the record's file states."""
    author: str = ""
    """Login of whoever edited the table."""

    def edits(self, raw: bytes) -> Edits:
        """What a table of these bytes changes."""
        found = Edits()
        try:
            _, rows = decode(raw, self.category)
            for row in rows:
                self._row(row, found)
        except BadTable as fault:
            hint = "Correct it, or export the table anew."
            found.findings.append(self._finding(fault.line, "", TABLE_SHAPE, f"{fault}.", hint))
        return found

    def _row(self, row: Row, found: Edits) -> None:
        name = row.cells.get(NAME, "") if row.problem else self._name(row, found)
        if row.problem:
            found.findings.append(self._finding(row.line, "", TABLE_SHAPE, f"The row is broken: {row.problem}", _SEE))
        if row.problem or not name:
            return
        changed = self._changed(row, name, found)
        wanted = Wanted(
            operation="update" if name in self.records else "add",
            category=self.category,
            name=name,
            document=changed,
            author=self.author,
        )
        if (first := found.lines.setdefault(wanted.path, row.line)) != row.line:
            message = f"{shown(name)} has a row already, in line {first}."
            found.findings.append(self._finding(row.line, "/name", TABLE_CELL, message, "Keep one of the two rows."))
        elif changed != self.documents.get(name):
            found.wanted.append(wanted)

    def _name(self, row: Row, found: Edits) -> str:
        """The name in a row; empty, with a finding, where it has none."""
        place = columns_of(self.category)[NAME]
        name = read_cell(place, row.cells[NAME])
        if name:
            return str(name)
        message, hint = "The row has no name.", "Write the name of the model, or remove the row."
        found.findings.append(self._finding(row.line, "/name", TABLE_CELL, message, hint))
        return ""

    def _changed(self, row: Row, name: str, found: Edits) -> Document:
        """What the file of a record is to state."""
        record = self.records.get(name)
        said = said_of(record) if record else {}
        document = self.documents.get(name) or {NAME: name}
        for column, place in columns_of(self.category).items():
            cell = row.cells.get(column)
            if cell is None or column == NAME or says(place, cell, value_at(said, place.path)):
                continue
            try:
                value = read_cell(place, unbroken(cell))
            except BadCell as fault:
                message = f"Column {column}: {fault}."
                found.findings.append(self._finding(row.line, pointer(*place.path), TABLE_CELL, message, _SEE))
                continue
            if not _same(value, value_at(said, place.path)):
                document = _edited(document, place, value, self.category)
        return document

    def _finding(self, line: int, at: str, rule: str, message: str, hint: str) -> Finding:
        return Finding(self.path, line, at, rule, Severity.ERROR, message[:1].upper() + message[1:], hint)


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether two values are the same JSON, nothing at all and an empty one aside. To Python `1 == True`."""
    return dumps(_said(one)) == dumps(_said(other))


def _said(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return None if value in ([], {}) else value


def _edited(document: Document, place: Place, value: Any, category: str) -> Document:  # noqa: ANN401 - any JSON value
    """The object with another value; a flag that is down is left out where it may be."""
    is_down = place.kind is Kind.FLAG and value is False and place.path[0] not in needed_keys(category)
    return without(document, place.path) if value is None or is_down else with_value(document, place.path, value)


def under_rows(findings: Iterable[Finding], table: Table, lines: Mapping[str, int], data: str) -> list[Finding]:
    """The findings on files, those on a record with a row at its line of the table, others below the data folder."""
    found = []
    for one in findings:
        line = lines.get(one.path)
        path, at = (f"{data}/{one.path}" if one.path else "", one.line) if line is None else (table.path, line)
        name = "" if line is None else f"{one.path.removesuffix('.json').partition('/')[2]}: "
        found.append(Finding(path, at, one.pointer, one.rule, one.severity, f"{name}{one.message}", one.hint))
    return sorted(found)
