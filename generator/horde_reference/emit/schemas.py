"""JSON Schemas (2020-12) of every shape that people edit or programs read, made from the record types.

schemas/record/<category>.json       a file below data/<category>/
schemas/v2/record/<category>.json    a published record
schemas/v2/<category>.json           a published category
schemas/v1/<category>.json           a legacy file of a category
schemas/model_categories.json        names of the categories
schemas/info.json                    what the API is
"""

import re
from collections.abc import Iterator
from typing import Final

import orjson

from horde_reference.emit import record_schemas
from horde_reference.emit.legacy_schemas import legacy_file
from horde_reference.emit.record_schemas import Schema
from horde_reference.formats.addresses import PUBLIC_ROOT, record_schema_path
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.records.categories import CATEGORIES
from horde_reference.tree import File

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def emit() -> Iterator[File]:
    """Every schema, as a file."""
    for path, schema in all_schemas().items():
        yield path, orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def all_schemas() -> dict[str, Schema]:
    """Path from the public root → schema."""
    parts = record_schemas.definitions()
    found: dict[str, Schema] = {}
    for name, category in CATEGORIES.items():
        published = record_schemas.published(category, parts)
        found[record_schema_path(name)] = record_schemas.stated(category, parts)
        found[f"schemas/v2/record/{name}.json"] = published
        found[f"schemas/v2/{name}.json"] = record_schemas.by_name(category, published)
        found[f"schemas/v1/{name}.json"] = legacy_file(category)
    found["schemas/model_categories.json"] = _CATEGORY_LIST
    found["schemas/info.json"] = _INFO
    return {path: {SCHEMA_KEY: DIALECT, "$id": f"{PUBLIC_ROOT}/{path}", **schema} for path, schema in found.items()}


_SCHEMA_OF: Final = (
    (re.compile(r"api/model_references/v2/(\w+)/model/.+\.json"), "schemas/v2/record/{}.json"),
    (re.compile(r"api/model_references/v[12]/model_categories\.json"), "schemas/model_categories.json"),
    (re.compile(r"api/model_references/v[12]/info\.json"), "schemas/info.json"),
    (re.compile(r"api/model_references/v2/(\w+)\.json"), "schemas/v2/{}.json"),
    (re.compile(r"api/model_references/v1/(\w+)\.json"), "schemas/v1/{}.json"),
    (re.compile(r"legacy/text/db\.json"), "schemas/v1/text_generation.json"),
    *(
        (re.compile(re.escape(f"legacy/image/{category.legacy_file}")), f"schemas/v1/{name}.json")
        for name, category in CATEGORIES.items()
        if category.repository == "image"
    ),
)


def schema_path_of(path: str) -> str | None:
    """Path of the schema that a published JSON file keeps to; `None` for one that has no schema."""
    for pattern, schema in _SCHEMA_OF:
        if match := pattern.fullmatch(path):
            return schema.format(*match.groups())
    return None


_CATEGORY_LIST: Final[Schema] = {
    "title": "Categories",
    "description": "Names of the categories.",
    "type": "array",
    "items": {"enum": list(CATEGORIES)},
    "uniqueItems": True,
    "minItems": 1,
    "examples": [["image_generation", "text_generation"]],
}
_INFO: Final[Schema] = {
    "title": "Information",
    "description": "What the API is.",
    "type": "object",
    "properties": {"message": {"type": "string", "description": "A sentence for people."}},
    "required": ["message"],
    "additionalProperties": False,
    "examples": [{"message": "The model reference."}],
}
