"""JSON Schemas (2020-12) of every shape that people edit or programs read, made from the record types.

schemas/record/<category>.json       a file below data/<category>/
schemas/text_groups/<file>.json      a file below data/text_groups/
schemas/v2/record/<category>.json    a published record
schemas/v2/<category>.json           a published category
schemas/v1/<category>.json           a legacy file of a category
schemas/<answer>.json                an answer that is not records, for example info
"""

from collections.abc import Iterator, Mapping
from typing import Final

import orjson

from horde_reference.emit.schemas import (
    answers,
    audit,
    changes,
    grouping,
    metadata,
    pending_queue,
    records,
    search,
    statistics,
    text_groups,
)
from horde_reference.emit.schemas.legacy import legacy_file
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.formats.addresses import PUBLIC_ROOT, record_schema_path
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.records.categories import CATEGORIES
from horde_reference.tree import File

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def emit(schemas: Mapping[str, Schema]) -> Iterator[File]:
    """These schemas as files."""
    for path, schema in schemas.items():
        yield path, orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def all_schemas() -> dict[str, Schema]:
    """Path from the public root → schema."""
    parts = records.definitions()
    found: dict[str, Schema] = {}
    for name, category in CATEGORIES.items():
        published = records.published(category, parts)
        found[record_schema_path(name)] = records.stated(category, parts)
        found[f"schemas/v2/record/{name}.json"] = published
        found[f"schemas/v2/{name}.json"] = records.by_name(category, published)
        found[f"schemas/v1/{name}.json"] = legacy_file(category)
    found |= {**answers.SCHEMAS, **metadata.SCHEMAS, **changes.SCHEMAS, **audit.SCHEMAS, **statistics.SCHEMAS}
    found |= {**pending_queue.SCHEMAS, **search.SCHEMAS}
    found |= {**grouping.SCHEMAS, **text_groups.SCHEMAS}
    return {path: {SCHEMA_KEY: DIALECT, "$id": f"{PUBLIC_ROOT}/{path}", **schema} for path, schema in found.items()}
