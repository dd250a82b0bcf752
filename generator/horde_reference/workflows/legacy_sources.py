"""Read the files of the legacy repositories into records, and say what could not be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, Severity, pointer
from horde_reference.formats import legacy_image, legacy_text
from horde_reference.formats.faults import duplicate_keys, not_json
from horde_reference.formats.json_reading import Layout, NotJson, layout, loads
from horde_reference.formats.legacy_entry import Unrepresentable
from horde_reference.formats.legacy_order import position_of, positions
from horde_reference.formats.legacy_table import BadCell, Row, read_table, unknown_columns
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import TextGeneration


@dataclass(slots=True)
class Source:
    """A legacy file, as far as it could be read."""

    category: Category
    """Category that it holds."""
    path: str
    """The file."""
    records: dict[str, Record] = field(default_factory=dict)
    """Records by name."""
    names: set[str] = field(default_factory=set)
    """Names that stand in the file, also those whose record could not be read."""
    findings: list[Finding] = field(default_factory=list)
    """What could not be represented."""
    whole: bool = True
    """Whether the file could be read to its end; if not, a name that is missing says nothing."""

    def report(self, rule: str, severity: Severity, line: int, at: str, message: str, hint: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(self.path, line, at, rule, severity, message, hint))

    def refuse(self, line: int, at: str, key: str, error: ValueError) -> None:
        """Add the finding that a record cannot be represented."""
        if isinstance(error, ValidationError):
            faults = [f"{pointer(*fault['loc'])}: {fault['msg']}" for fault in error.errors()]
            reason = "; ".join(dict.fromkeys(faults))
        else:
            reason = str(error)
        hint = "Correct it in the legacy file, then adopt again."
        self.report(
            "adopt-unrepresentable",
            Severity.ERROR,
            line,
            at,
            f"{key!r} cannot be represented: {reason}.",
            hint,
        )


def image_sources(folder: Path, existing: Corpus) -> Iterator[Source]:
    """The files of the image repository that are there.

    Raises:
        CannotRun: none of them is.
    """
    present = [
        (category, path)
        for category in CATEGORIES.values()
        if category.repository == "image" and (path := folder / str(category.legacy_file)).is_file()
    ]
    if not present:
        raise CannotRun(f"{folder} holds none of the image repository's files, such as stable_diffusion.json.")
    for category, path in present:
        yield source_of(category, path.as_posix(), path.read_bytes(), existing[category.name])


def source_of(category: Category, path: str, raw: bytes, existing: Mapping[str, Record]) -> Source:
    """The file that a category has in its legacy repository.

    Args:
        category: the category.
        path: what to call the file in findings.
        raw: its bytes.
        existing: records of the category that have their places already.
    """
    source = Source(category, path)
    return (_table_source if category.repository == "text" else _image_source)(source, raw, existing)


def _image_source(source: Source, raw: bytes, existing: Mapping[str, Record]) -> Source:
    try:
        entries = _by_key(loads(raw))
    except NotJson as fault:
        source.whole = False
        source.findings.append(not_json(source.path, fault))
        return source
    where = layout(raw.decode())
    source.findings.extend(duplicate_keys(source.path, where))
    source.names.update(_name(key, entry) for key, entry in entries.items())
    places = _places([_name(key, entry) for key, entry in entries.items()], existing)
    for key, entry in entries.items():
        _read_entry(source, key, entry, places[_name(key, entry)], where)
    return source


def _by_key(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotJson("it is not an object")
    return value


def _name(key: str, entry: object) -> str:
    return str(entry.get("name", key)) if isinstance(entry, dict) else key


def _read_entry(source: Source, key: str, entry: object, place: float, where: Layout) -> None:
    name, at = _name(key, entry), pointer(key)
    line = where.lines[at]
    if not isinstance(entry, dict):
        source.refuse(line, at, key, ValueError("it is not an object"))
        return
    if name in source.records:
        source.refuse(line, at, key, ValueError(f"another record has the name {name!r} already"))
        return
    try:
        source.records[name] = legacy_image.decode(source.category.name, key, entry, place)
    except (ValidationError, Unrepresentable) as error:
        source.refuse(line, at, key, error)
        return
    if key != name:
        message = f"The key {key!r} holds a record named {name!r}."
        hint = "The name is used; the key is kept for the legacy file."
        source.report("adopt-key-differs", Severity.WARNING, line, at, message, hint)


def text_source(folder: Path, existing: Corpus) -> Source:
    """The table of the text repository.

    Raises:
        CannotRun: it is not there.
    """
    category = CATEGORIES[TextGeneration.category]
    path = folder / str(category.legacy_file)
    if not path.is_file():
        raise CannotRun(f"{folder} does not hold the text repository's {category.legacy_file}.")
    return source_of(category, path.as_posix(), path.read_bytes(), existing[category.name])


def _table_source(source: Source, raw: bytes, existing: Mapping[str, Record]) -> Source:
    rows = _rows(source, raw)
    first_lines: dict[str, int] = {}
    for line, row in rows:
        first_lines.setdefault(row["name"].strip(), line)
    places = _places(list(first_lines), existing)
    for line, row in rows:
        _read_row(source, line, row, places[row["name"].strip()])
    source.names.update(first_lines)
    return source


def _rows(source: Source, raw: bytes) -> list[tuple[int, Row]]:
    rows: list[tuple[int, Row]] = []
    try:
        text = raw.decode()
        for line, cells in read_table(text):
            if isinstance(cells, BadCell):
                source.refuse(line, "", f"line {line}", cells)
            else:
                rows.append((line, cells))
        _tell_unknown(source, unknown_columns(text))
    except (BadCell, UnicodeDecodeError) as error:
        source.whole = False
        source.refuse(0, "", source.path.rpartition("/")[2], error)
    return rows


def _tell_unknown(source: Source, columns: list[str]) -> None:
    if columns:
        message = f"The table has columns that no record has a field for: {', '.join(columns)}."
        hint = "What stands in them stays in the legacy file only."
        source.report("adopt-unknown-column", Severity.WARNING, 1, "", message, hint)


def _read_row(source: Source, line: int, row: Row, place: float) -> None:
    name = row["name"].strip()
    try:
        record = legacy_text.decode(row, place)
    except (ValidationError, BadCell) as error:
        source.refuse(line, "", name, error)
        return
    if (earlier := source.records.get(name)) is not None:
        same = "It says the same." if earlier == record else "What the earlier row says otherwise is lost."
        message = f"{name!r} has an earlier row in this table. {same}"
        hint = "Remove the earlier row from the legacy file."
        source.report("adopt-duplicate-row", Severity.WARNING, line, "", message, hint)
    source.records[name] = record


def _places(names: list[str], existing: Mapping[str, Record]) -> dict[str, float]:
    known = {name: place for name, record in existing.items() if (place := position_of(record)) is not None}
    return positions(list(dict.fromkeys(names)), known)
