"""The canonical format: one JSON file a record, as people edit them below `data/`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson
from pydantic import ValidationError

from horde_reference.corpus import Corpus
from horde_reference.finding import Finding, Severity, did_you_mean, has_errors
from horde_reference.formats import grouping
from horde_reference.formats.addresses import record_schema_url
from horde_reference.formats.faults import not_canonical, not_json, text_faults
from horde_reference.formats.json_reading import NotJson, layout, loads
from horde_reference.formats.json_writing import pretty
from horde_reference.formats.order import CATEGORY_ORDERS, SCHEMA_KEY
from horde_reference.formats.paths import path_of
from horde_reference.formats.shape import explain
from horde_reference.formats.validating import adapter_of
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.text.grouping import NOTHING_STATED, Grouping
from horde_reference.tree import File

PATH_MATCHES_NAME: Final = "path-matches-name"
UNKNOWN_CATEGORY: Final = "unknown-category"

_PRETTY: Final = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def decode(category: str, raw: bytes) -> Record:
    """The record that a file states.

    Raises:
        pydantic.ValidationError: the file is not a record of the category; `shape.explain` says it in words.
    """
    return adapter_of(category).validate_json(raw)


def document_of(record: Record) -> dict[str, Any]:
    """The JSON object that states a record: what equals its default is left out."""
    value: dict[str, Any] = adapter_of(record.category).dump_python(record, mode="json", exclude_defaults=True)
    return value


def encode(record: Record) -> File:
    """Path below `data/` and bytes of a record's file."""
    return path_of(record.category, record.name), format_document(record.category, document_of(record))


def format_document(category: str, value: dict[str, Any]) -> bytes:
    """The canonical text of a JSON object: keys in order, two blanks a level, UTF-8. Changes no value."""
    return pretty(CATEGORY_ORDERS[category].arranged({**value, SCHEMA_KEY: record_schema_url(category)}))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a folder of files holds."""

    corpus: Corpus
    """Every record that could be read."""
    findings: list[Finding]
    """Every fault of every file that could not, and of every file that is not in canonical form."""
    grouping: Grouping = NOTHING_STATED
    """What is stated of the groups of text models, as far as it could be read."""


def load(files: Iterable[File]) -> Loaded:
    """Read files of `data/`, paths relative to it. Never stops at a fault."""
    findings: list[Finding] = []
    stated: list[File] = []
    records = list(_records(files, stated, findings))
    return Loaded(Corpus.of(records), findings, grouping.load(stated, findings))


def _records(files: Iterable[File], stated: list[File], findings: list[Finding]) -> Iterator[Record]:
    """The records of files; those on groups of text models, which hold none, are put aside."""
    for path, raw in files:
        if path.startswith(grouping.FOLDER):
            stated.append((path, raw))
        elif (record := _load_one(path, raw, findings)) is not None:
            yield record


def _load_one(path: str, raw: bytes, findings: list[Finding]) -> Record | None:
    category = path.partition("/")[0]
    if category not in CATEGORIES:
        findings.append(_misplaced(path, category))
        return None
    try:
        record = decode(category, raw)
    except ValidationError as error:
        findings.extend(explain(path, category, raw, error))
        return None
    if path != (right := path_of(category, record.name)):
        findings.append(_misnamed(path, record.name, right))
        return None
    if not _is_canonical(category, raw):
        faults = list(_text_findings(path, category, raw))
        findings.extend(faults)
        return None if has_errors(faults) else record
    return record


def _is_canonical(category: str, raw: bytes) -> bool:
    """Whether a valid file is surely in canonical form. Fast; `False` may also mean that it takes a closer look."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:  # a value that pydantic does not look at is not JSON
        return False
    return (
        b"null" not in raw
        and orjson.dumps(value, option=_PRETTY) == raw
        and value.get(SCHEMA_KEY) == record_schema_url(category)
        and CATEGORY_ORDERS[category].is_kept(value)
    )


def _text_findings(path: str, category: str, raw: bytes) -> Iterator[Finding]:
    try:
        value = loads(raw)
    except NotJson as fault:
        yield not_json(path, fault)
        return
    faults = list(text_faults(path, value, layout(raw.decode())))
    yield from faults
    if not faults and format_document(category, value) != raw:
        yield not_canonical(path)


def _misplaced(path: str, category: str) -> Finding:
    if category == path:
        message = "This file lies in no category; records are stored as <category>/<name>.json."
        hint = "Move it to the folder of its category."
    else:
        message = f"{category!r} is not a category; records are stored as <category>/<name>.json."
        hint = did_you_mean(category, CATEGORIES)
    return Finding(path, 0, "", UNKNOWN_CATEGORY, Severity.ERROR, message, hint)


def _misnamed(path: str, name: str, right: str) -> Finding:
    message = f"A record named {name!r} is stored as {right}, not as {path}."
    hint = "Move the file there, or correct its name."
    return Finding(path, 0, "/name", PATH_MATCHES_NAME, Severity.ERROR, message, hint)
