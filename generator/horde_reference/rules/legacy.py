"""What the legacy files and the AI-Horde server can take."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.corpus import Corpus
from horde_reference.finding import Problem, pointer
from horde_reference.formats.legacy_image import KEY_TYPES, usual
from horde_reference.formats.legacy_text import is_current
from horde_reference.records.base import ImageRepositoryRecord, Record
from horde_reference.records.kinds import TextGeneration

LIMITS: Final[Mapping[str, int]] = MappingProxyType(
    {"name": 128, "version": 16, "description": 1024, "homepage": 256, "url": 256, "style": 64}
)
"""Field → characters that its column in the AI-Horde server's database takes."""


def legacy_limits(record: Record) -> Iterator[Problem]:
    """Texts fit into the AI-Horde server's database.

    The server reads the legacy files each hour into columns of fixed width. One text that is too long stops the
    whole update, for all models.

    Shorten the text: name 128, version 16, description 1024, homepage and url 256, style 64 characters.
    """
    for key, limit in LIMITS.items():
        value = getattr(record, key, None)
        if value is not None and len(value) > limit:
            yield Problem(f"/{key}", f"{key} has {len(value)} characters; the server takes {limit}.", "Shorten it.")


def legacy_cell_current(record: TextGeneration) -> Iterator[Problem]:
    """A cell kept as it was written by hand still says what the record says.

    `legacy.cells` keeps the hand-made form of cells in `models.csv`. After the record changed, the cell is no
    longer used and only confuses.

    `horde-reference fix` removes it.
    """
    for column, cell in (record.legacy.cells if record.legacy else {}).items():
        if not is_current(record, column, cell):
            message = f"The cell {cell!r} of {column} no longer says what the record says."
            yield Problem(pointer("legacy", "cells", column), message, "Run horde-reference fix.")


_PYTHON_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = MappingProxyType(
    {"string": str, "boolean": bool, "array": (list, tuple), "object": dict, "integer": int}
)


def _fits(value: object, wanted: str | None) -> bool:
    """Whether a value has a JSON type; null and keys that nobody knows fit always."""
    if value is None or wanted is None:
        return True
    return isinstance(value, _PYTHON_TYPES[wanted]) and isinstance(value, bool) == (wanted == "boolean")


def legacy_fields(record: ImageRepositoryRecord) -> Iterator[Problem]:
    """What is kept for the legacy file fits into it.

    Readers of the legacy files expect a type for each of their keys, and some keys in every record. A value of
    another type, or a needed key left out, stops them for all models.

    Correct the value, or take the key out of `legacy.fields` or `legacy.omit`.
    """
    if record.legacy is None:
        return
    for key, value in record.legacy.fields.items():
        if not _fits(value, KEY_TYPES.get(key)):
            yield Problem(pointer("legacy", "fields", key), f"{key} is not of type {KEY_TYPES[key]}.", "Correct it.")
    for key in record.legacy.omit:
        if key not in usual(record):
            message = f"{key} is not one of the keys that may be left out: {', '.join(usual(record))}."
            yield Problem("/legacy/omit", message, "Take it out.")


def legacy_table_silent(record: TextGeneration) -> Iterator[Problem]:
    """The legacy table can say all that is stated of a text model.

    `models.csv` has no column for `nsfw`, `version` and downloads: readers of the legacy files take every text model
    for safe, and for version 1.

    Nothing needs to be done; know that they do not see it.
    """
    stated = {"nsfw": record.nsfw, "version": record.version, "config": record.config.download}
    for key, value in stated.items():
        if value:
            yield Problem(f"/{key}", f"Readers of the legacy files will not see {key}.", "Nothing needs to be done.")


def legacy_key_shared(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two records have the same key in a legacy file.

    The legacy files are objects by key: one of the two records would be lost to every released worker.

    Remove `legacy.key`, or rename one of the records.
    """
    for members in corpus.categories.values():
        taken: dict[str, Record] = {}
        for record in members.values():
            stated = record.legacy.key if isinstance(record, ImageRepositoryRecord) and record.legacy else None
            key = stated or record.name
            other = taken.setdefault(key, record)
            if other is not record:
                message = f"{record.name!r} and {other.name!r} have the key {key!r} in the legacy file."
                where = "/name" if key == record.name else "/legacy/key"
                yield record, Problem(where, message, "Remove legacy.key, or rename one of them.")
