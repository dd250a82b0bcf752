"""JSON Schemas (2020-12) of every shape that people edit or programs read, made from the record types.

schemas/record/<category>.json       a file below data/<category>/
schemas/v2/record/<category>.json    a published record
schemas/v2/<category>.json           a published category
schemas/v1/<category>.json           a legacy file of a category
schemas/model_categories.json, schemas/info.json
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from horde_reference.emit import field_docs
from horde_reference.emit.legacy_schemas import legacy_file
from horde_reference.formats.addresses import PUBLIC_ROOT, record_schema_path
from horde_reference.formats.jsonfmt import pretty
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.formats.v2 import SCHEMA_VERSION
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.settings import SETTINGS, Setting
from horde_reference.tree import File

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def emit() -> Iterator[File]:
    """Every schema, as a file."""
    for path, schema in schemas().items():
        yield path, pretty(schema)


def schemas() -> dict[str, Schema]:
    """Path from the public root → schema."""
    found: dict[str, Schema] = {}
    for category in CATEGORIES.values():
        found[record_schema_path(category.name)] = _record(category)
        found[f"schemas/v2/record/{category.name}.json"] = (published := _published(category))
        found[f"schemas/v2/{category.name}.json"] = _by_name(category, published)
        found[f"schemas/v1/{category.name}.json"] = legacy_file(category)
    found["schemas/model_categories.json"] = _CATEGORY_LIST
    found["schemas/info.json"] = _INFO
    return {path: {SCHEMA_KEY: DIALECT, "$id": f"{PUBLIC_ROOT}/{path}", **schema} for path, schema in found.items()}


_SCHEMA_OF: Final = (
    (re.compile(r"api/model_references/v2/(\w+)/model/.+\.json"), "schemas/v2/record/{}.json"),
    (re.compile(r"api/model_references/v[12]/model_categories\.json"), "schemas/model_categories.json"),
    (re.compile(r"api/model_references/v[12]/info\.json"), "schemas/info.json"),
    (re.compile(r"api/model_references/v2/(\w+)\.json"), "schemas/v2/{}.json"),
    (re.compile(r"api/model_references/v1/(\w+)\.json"), "schemas/v1/{}.json"),
    (re.compile(r"legacy/image/(\w+)\.json"), "legacy_file"),
    (re.compile(r"legacy/text/db\.json"), "schemas/v1/text_generation.json"),
)
_LEGACY_CATEGORY: Final = {category.legacy_file: category.name for category in CATEGORIES.values()}


def schema_path_of(path: str) -> str | None:
    """Path of the schema that a published JSON file keeps to; `None` for one that has no schema."""
    for pattern, schema in _SCHEMA_OF:
        if match := pattern.fullmatch(path):
            if schema == "legacy_file":
                return f"schemas/v1/{_LEGACY_CATEGORY[match[1] + '.json']}.json"
            return schema.format(*match.groups())
    return None


def _record(category: Category) -> Schema:
    """The schema of a file below `data/`: what pydantic says of the type, described and without nulls."""
    schema = TypeAdapter(category.record).json_schema(by_alias=True)
    shapes = {category.record.__name__: category.record, **field_docs.shapes_inside(category.record)}
    for name, part in {category.record.__name__: schema, **schema.get("$defs", {})}.items():
        if name in shapes:
            _describe(part, field_docs.descriptions(shapes[name]))
        else:  # a vocabulary, whose further lines are for whoever edits it
            part["description"] = part["description"].partition("\n")[0]
    _bound_settings(schema)
    schema["title"] = f"{category.name} record"
    schema["description"] = field_docs.summary(category.record)
    return schema


def _describe(schema: Schema, descriptions: Mapping[str, str]) -> None:
    for key, member in schema.get("properties", {}).items():
        _drop_null(member)
        member.pop("title", None)
        member["description"] = descriptions[{SCHEMA_KEY: "schema_"}.get(key, key)]


def _drop_null(member: Schema) -> None:
    """`T | None` is how the type says that a key may be left out; a file leaves it out and never says null."""
    if "anyOf" in member:
        rest = [branch for branch in member["anyOf"] if branch != {"type": "null"}]
        if len(rest) == 1:
            del member["anyOf"]
            member.update({**rest[0], **member})
        else:
            member["anyOf"] = rest
    if member.get("default", 0) is None:
        del member["default"]


def _bound_settings(schema: Schema) -> None:
    """Say type and bounds of each sampler setting."""
    settings = schema["properties"].get("settings")
    if settings:
        settings.pop("propertyNames")
        settings["properties"] = {name: _setting(setting) for name, setting in SETTINGS.items()}
        settings["additionalProperties"] = False


def _setting(setting: Setting) -> Schema:
    bounds = {"minimum": setting.low, "maximum": setting.high}
    finite = {key: bound for key, bound in bounds.items() if abs(bound) != float("inf")}
    match setting.type:
        case "integers":
            return {"type": "array", "items": {"type": "integer", **finite}}
        case "texts":
            return {"type": "array", "items": {"type": "string"}}
    return {"type": setting.type, **finite}


def _published(category: Category) -> Schema:
    """The schema of a published record: what is private is gone, what is derived has come."""
    schema = _record(category)
    properties = schema["properties"]
    for key in (SCHEMA_KEY, "legacy", "exceptions"):
        properties.pop(key, None)
    derived = {
        "record_type": {"const": category.name, "description": "Name of the category."},
        "model_classification": {
            "const": dict(category.classification),
            "description": "Domain and purpose.",
        },
        "metadata": _METADATA,
    }
    schema["properties"] = {**derived, **properties}
    definitions = {name: part for name, part in schema.get("$defs", {}).items() if not name.startswith("Legacy")}
    for shape in (schema, *definitions.values()):
        _require_what_is_always_written(shape)
    schema["required"] = [*derived, *schema["required"]]
    return {**schema, "title": f"{category.name} record, published", "$defs": definitions}


def _require_what_is_always_written(shape: Schema) -> None:
    """A key whose default is not "left out" is always written."""
    always = [key for key, member in shape.get("properties", {}).items() if "default" in member]
    if always:
        shape["required"] = list(dict.fromkeys([*shape.get("required", []), *always]))


_METADATA: Final[Schema] = {
    "type": "object",
    "description": "Facts about the record itself.",
    "properties": {"schema_version": {"const": SCHEMA_VERSION, "description": "Version of the record format."}},
    "required": ["schema_version"],
    "additionalProperties": False,
}


def _by_name(category: Category, published: Schema) -> Schema:
    definitions = published["$defs"]
    record = {key: part for key, part in published.items() if key != "$defs"}
    return {
        "title": f"{category.name}, published",
        "description": f"All records of {category.name} by name.",
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/record"},
        "$defs": {**definitions, "record": record},
    }


_CATEGORY_LIST: Final[Schema] = {
    "title": "Categories",
    "description": "Names of the categories.",
    "type": "array",
    "items": {"enum": list(CATEGORIES)},
    "uniqueItems": True,
    "minItems": 1,
}
_INFO: Final[Schema] = {
    "title": "Information",
    "description": "What the API is.",
    "type": "object",
    "properties": {"message": {"type": "string"}},
    "required": ["message"],
    "additionalProperties": False,
}
