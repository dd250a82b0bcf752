"""JSON Schemas of records, as people write them and as they are published, made from the record types."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson
from pydantic import TypeAdapter

from horde_reference.emit.schemas import field_docs
from horde_reference.emit.schemas.shapes import SECONDS, Schema, integer, keys, text
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.formats.v2.encoding import SCHEMA_VERSION
from horde_reference.formats.validating import adapter_of
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import TextGeneration
from horde_reference.records.settings import SETTINGS, Setting

_PRIVATE: Final = (SCHEMA_KEY, "legacy", "exceptions", "aliases", "withdrawn")
_OF_SCHEMA: Final = "Address of the JSON Schema of this file, for editors. Not part of the record."
_REF: Final = re.compile(r"#/\$defs/(\w+)")


def definitions() -> dict[str, Schema]:
    """Name of a record type, or of a shape inside one → what pydantic says of it, described and without nulls."""
    inputs: Any = [(name, "validation", adapter_of(name)) for name in CATEGORIES]
    found: dict[str, Schema] = TypeAdapter.json_schemas(inputs, by_alias=True)[1]["$defs"]
    shapes = field_docs.shapes_inside(*(category.record for category in CATEGORIES.values()))
    for name, part in found.items():
        if name in shapes:
            part["description"] = field_docs.summary(shapes[name])
            _describe(part, field_docs.descriptions(shapes[name]))
        else:  # a vocabulary, whose further lines are for whoever edits it
            part["description"] = part["description"].partition("\n")[0]
    _bound_settings(found["TextGeneration"])
    return found


def stated(category: Category, parts: Mapping[str, Schema]) -> Schema:
    """The schema of a file below `data/`."""
    return _with_example(_rooted(parts[category.record.__name__], parts, f"{category.name} record"))


def published(category: Category, parts: Mapping[str, Schema]) -> Schema:
    """The schema of a published record: what is private is gone, what is derived has come."""
    record = {**parts[category.record.__name__], "properties": dict(parts[category.record.__name__]["properties"])}
    for key in _PRIVATE:
        record["properties"].pop(key, None)
    schema = _rooted(record, parts, f"{category.name} record, published")
    for shape in (schema, *schema["$defs"].values()):
        _require_what_is_always_written(shape)
    derived = {
        "record_type": {"const": category.name, "description": "Name of the category."},
        "model_classification": _classification(category),
        "metadata": _METADATA,
    }
    if issubclass(category.record, TextGeneration):
        derived["text_model_group"] = _GROUP
    schema["properties"] = {**derived, **schema["properties"]}
    schema["required"] = [*derived, *schema["required"]]
    return _with_example(schema)


def by_name(category: Category, record: Schema) -> Schema:
    """The schema of a published category: records by name."""
    shape = {key: part for key, part in record.items() if key not in {"$defs", "examples"}}
    return {
        "title": f"{category.name}, published",
        "description": f"All records of {category.name} by name.",
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/record"},
        "examples": [{example["name"]: example for example in record["examples"]}],
        "$defs": {**record["$defs"], "record": shape},
    }


def example_of(schema: Schema, parts: Mapping[str, Schema]) -> Any:  # noqa: ANN401 - any JSON value
    """The least value that keeps to a schema: what is required, with the examples of its keys."""
    match schema:
        case {"const": value} | {"examples": [value, *_]} | {"default": value} | {"enum": [value, *_]}:
            return value
        case {"$ref": reference}:
            return example_of(parts[_REF.findall(reference)[0]], parts)
        case {"type": "object"}:
            return {key: example_of(schema["properties"][key], parts) for key in schema.get("required", ())}
    return False


def member_at(path: Sequence[str], shape: Schema, parts: Mapping[str, Schema]) -> Schema:
    """The schema of a place: keys that lead to it from a shape on, through the items of lists."""
    member = shape
    for key in path:
        member = followed(member, parts)
        member = followed(member["items"], parts) if "items" in member else member
        member = member["properties"][key]
    return member


def followed(schema: Schema, parts: Mapping[str, Schema]) -> Schema:
    """What a schema refers to; itself where it refers to nothing."""
    return parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _rooted(record: Schema, parts: Mapping[str, Schema], title: str) -> Schema:
    """A schema that stands alone: with the parts that it refers to, and a title of its own."""
    needed = {name: parts[name] for name in sorted(set(_mentioned(record, parts)))}
    copied: Schema = orjson.loads(orjson.dumps({**record, "title": title, "$defs": needed}))
    return copied


def _with_example(schema: Schema) -> Schema:
    return schema | {"examples": [example_of(schema, schema["$defs"])]}


def _mentioned(schema: Schema, parts: Mapping[str, Schema]) -> Iterator[str]:
    for name in _REF.findall(orjson.dumps(schema).decode()):
        yield name
        yield from _mentioned(parts[name], parts)


def _describe(schema: Schema, descriptions: Mapping[str, str]) -> None:
    for key, member in schema.get("properties", {}).items():
        _drop_null(member)
        member.pop("title", None)
        member["description"] = _OF_SCHEMA if key == SCHEMA_KEY else descriptions[key]


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


def _classification(category: Category) -> Schema:
    """Key by key, since programs that make code from schemas cannot take an object for a constant."""
    said = {"domain": "What its models work on.", "purpose": "Part that its models play."}
    return {
        "type": "object",
        "description": "Domain and purpose.",
        "properties": {
            key: {"const": category.classification[key], "description": words} for key, words in said.items()
        },
        "required": list(said),
        "additionalProperties": False,
    }


def _require_what_is_always_written(shape: Schema) -> None:
    """A key whose default is not "left out" is always written."""
    always = [key for key, member in shape.get("properties", {}).items() if "default" in member]
    if always:
        shape["required"] = list(dict.fromkeys([*shape.get("required", []), *always]))


def _bound_settings(schema: Schema) -> None:
    """Say type and bounds of each sampler setting."""
    settings = schema["properties"]["settings"]
    del settings["propertyNames"]
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


_GROUP: Final = text("Group of models that it belongs to: its name without size, version and the like.", "Qwen3")
_METADATA: Final = keys(
    "Facts about the record itself.",
    {
        "schema_version": {"const": SCHEMA_VERSION, "description": "Version of the record format."},
        "created_at": integer(f"When the record came, {SECONDS}."),
        "updated_at": integer(f"When it last changed, {SECONDS}."),
        "created_by": text("Who brought it."),
        "updated_by": text("Who changed it last."),
    },
    "created_at",
    "updated_at",
    "created_by",
    "updated_by",
)
