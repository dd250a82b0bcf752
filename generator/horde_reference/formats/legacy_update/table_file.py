"""`models.csv` of the text repository, brought up to date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from horde_reference.formats.legacy_table import COLUMNS, Row
from horde_reference.formats.legacy_text import encode, is_current
from horde_reference.formats.legacy_update.holding import birth_name, holders, place_of, put_in, without
from horde_reference.formats.legacy_update.malformed import Malformed
from horde_reference.formats.legacy_update.name_order import in_order, sort_key
from horde_reference.formats.legacy_update.table_rows import FILE, RawRow, RawTable, quoted, read_raw
from horde_reference.records.kinds import TextGeneration

_FALLS_BACK: Final = "instruct_format"


def update_table(existing: bytes, records: Iterable[TextGeneration]) -> bytes:
    """The table, saying what the records say, with the smallest difference to what it is now.

    Rows that say the same stay as they are, to the byte; in others, only the cells that differ change. Of several
    rows with one name the last counts, and only that one changes. New rows stand where the order of the table wants
    them, or at its end if it has none. Rows of records that are not wanted go; columns that are not ours stay, empty
    in new rows.

    Args:
        existing: the file as the legacy repository has it.
        records: every record that it shall hold; those that are withdrawn are not among them.

    Raises:
        Malformed: the table cannot be read, or two records have the same name.
    """
    table = read_raw(existing)
    wanted = _by_name(records)
    update = _Update(table, wanted, holders(wanted, {table.name(row): table.name(row) for row in table.models()}))
    return _text(table, update.rows()).encode()


def _by_name(records: Iterable[TextGeneration]) -> dict[str, TextGeneration]:
    wanted: dict[str, TextGeneration] = {}
    for record in records:
        name = record.name.strip()
        if wanted.setdefault(name, record) is not record or not name:
            raise Malformed(FILE, 0, f"two records have the name {name!r}" if name else "a record has no name")
    return wanted


def _text(table: RawTable, rows: list[RawRow]) -> str:
    """The whole file; it ends as it ended before."""
    last = table.rows[-1] if table.rows else table.header
    text = table.mark + "".join(f"{row.text}{row.end or table.newline}" for row in (table.header, *rows))
    return text if last.end else text.removesuffix("\n").removesuffix("\r")


@dataclass(frozen=True, slots=True)
class _Update:
    table: RawTable
    wanted: Mapping[str, TextGeneration]
    held: Mapping[str, str]
    """Name in the table → name that its rows shall have."""

    def rows(self) -> list[RawRow]:
        """The rows that hold what is wanted."""
        counts = {self.table.name(row): row for row in self.table.models()}
        kept = [
            (self._record(row), self._revised(row, whole=counts.get(self.table.name(row)) is row))
            for row in self.table.rows
            if not row.cells or self.table.name(row) in self.held
        ]
        return self._with_new(kept, [self.wanted[name] for name in without(self.wanted, self.held.values())])

    def _record(self, row: RawRow) -> TextGeneration | None:
        return self.wanted[self.held[self.table.name(row)]] if row.cells else None

    def _with_new(self, kept: list[tuple[TextGeneration | None, RawRow]], new: list[TextGeneration]) -> list[RawRow]:
        keys: Sequence[Any] | None = in_order([birth_name(record) if record else None for record, _ in kept])
        if keys is None:
            keys = [record and place_of(record) for record, _ in kept]
            fresh: list[tuple[Any, RawRow]] = [(place_of(record), self._new(record)) for record in new]
        else:
            fresh = [(sort_key(birth_name(record)), self._new(record)) for record in new]
        return put_in(list(zip(keys, (row for _, row in kept), strict=True)), fresh)

    def _revised(self, row: RawRow, *, whole: bool) -> RawRow:
        """A row with the cells that differ replaced; of an earlier row of the same name, only the name."""
        record = self._record(row)
        if record is None:
            return row
        said = encode(record)
        cells = list(row.cells)
        for column in COLUMNS if whole else ("name",):
            if not _says(record, said, column, self.table.value(row, column)):
                cells[self.table.columns[column]] = quoted(said[column], always=self.table.quotes_all)
        return replace(row, cells=tuple(cells))

    def _new(self, record: TextGeneration) -> RawRow:
        said = encode(record)
        cells = [quoted(said.get(column, ""), always=self.table.quotes_all) for column in self.table.columns]
        return RawRow(0, tuple(cells), "")


def _says(record: TextGeneration, said: Row, column: str, cell: str) -> bool:
    """Whether a cell says what the record says, however it is written."""
    if cell == said[column] or is_current(record, column, cell):
        return True
    # Kept as the cell of a record that has no value of its own for it.
    kept = record.legacy.cells.get(column) if record.legacy else None
    return column == _FALLS_BACK and record.instruct_format is None and bool(cell) and kept == cell
