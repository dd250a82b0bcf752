"""What somebody wants of one record, said with a command: in words, or in a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from horde_reference.adapters.disk import MAX_RECORD_BYTES
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, Severity
from horde_reference.formats.faults import not_json, text_faults
from horde_reference.formats.json_reading import NotJson, layout, loads
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.formats.paths import path_of
from horde_reference.proposals.names import PROPOSAL_TARGET
from horde_reference.proposals.questions import Operation
from horde_reference.proposals.stated import with_downloads, with_statement
from horde_reference.proposals.wanted import Document, Wanted
from horde_reference.workflows.gather import read


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted."""

    wanted: Sequence[Wanted]
    """Records to add, change or withdraw."""
    findings: Sequence[Finding] = ()
    """What is wrong with the way in which it was said."""
    placed: Callable[[Iterable[Finding]], list[Finding]] = sorted
    """Findings on files → the same, where whoever said it can find them."""


Files = Mapping[str, bytes]
"""Path below a folder of records → bytes."""


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder of records.

    Raises:
        CannotRun: there is no such folder.
    """
    return dict(read(folder).files)


def document_at(files: Files, path: str) -> Document | None:
    """What a file states; `None` where there is none that can be read."""
    try:
        found = loads(files.get(path, b""))
    except NotJson:
        return None
    return found if isinstance(found, dict) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command says of a record."""

    operation: Operation
    category: str
    name: str
    record: Path | None = None
    """File that holds it; without, a change begins with what is there."""
    statements: Sequence[str] = ()
    """Values to set, as `path=value`."""
    downloads: Sequence[str] = ()
    """Addresses of files to download."""


def in_words(main: Path, said: Said) -> Wish:
    """A record, as a file or the present one with some values set.

    Args:
        main: the records as they are now.
        said: what is wanted.

    Raises:
        BadStatement: a statement is not understood.
        CannotRun: the file cannot be read.
    """
    operation, category, name, record = said.operation, said.category, said.name, said.record
    findings: list[Finding] = []
    document = document_at(files_in(main), path_of(category, name)) if operation == "update" else None
    if record is not None:
        document = document_in(record.as_posix(), _raw(record), findings)
    document = document or {}
    if document.get("name", name) != name:
        message = f"The file is about {document['name']!r}, not about {name!r}."
        findings.append(Finding(str(record), 0, "/name", PROPOSAL_TARGET, Severity.ERROR, message, "Name the same."))
    for statement in said.statements:
        document = with_statement(document, category, statement)
    document = with_downloads({**document, "name": name}, said.downloads)
    return Wish([Wanted(operation=operation, category=category, name=name, document=document)], findings)


def removal(main: Path, category: str, name: str, *, reason: str, replaced_by: str | None, date: str) -> Wish:
    """A record, withdrawn from a day on."""
    document = document_at(files_in(main), path_of(category, name)) or {"name": name}
    said = {"reason": reason, "date": date} | ({"replaced_by": replaced_by} if replaced_by else {})
    wanted = Wanted(operation="remove", category=category, name=name, document={**document, "withdrawn": said})
    return Wish([wanted])


def bare(document: Document) -> Document:
    """An object without the address of its schema, which its category says as well."""
    return {key: value for key, value in document.items() if key != SCHEMA_KEY}


def document_in(path: str, raw: bytes, findings: list[Finding]) -> Document | None:
    """What bytes state; what is wrong with them is added to the findings."""
    try:
        found = loads(raw)
    except NotJson as fault:
        findings.append(not_json(path, fault))
        return None
    if not isinstance(found, dict):
        findings.append(not_json(path, NotJson("a record is an object")))
        return None
    findings.extend(text_faults(path, found, layout(raw.decode())))
    return bare(found)


def _raw(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_RECORD_BYTES + 1)
    except OSError as error:
        raise CannotRun(f"{path} cannot be read: {error.strerror}.") from error
    if len(raw) > MAX_RECORD_BYTES:
        raise CannotRun(f"{path} has more than {MAX_RECORD_BYTES // 1024} KiB, which no record has.")
    return raw
