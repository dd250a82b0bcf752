"""JSON Schemas of answers, made from the types whose values they are."""

from typing import Any

import orjson
from pydantic import TypeAdapter

from horde_reference.emit.schemas import field_docs
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.formats.order import shapes_in


def schema_of(shape: Any, title: str, example: Any) -> Schema:  # noqa: ANN401 - any type, and a value of it
    """The schema of values of a dataclass, or of mappings or lists of them: every key stands, and no other does.

    Args:
        shape: the type; it and the dataclasses inside it are described by their docstrings.
        title: title of the schema.
        example: a value.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(shape)
    schema: Schema = adapter.json_schema(mode="serialization")
    shapes = field_docs.shapes_inside(*shapes_in(shape))
    for name, part in schema.get("$defs", {}).items():
        _describe(part, shapes[name])
    if schema.get("type") == "object" and "properties" in schema:
        _describe(schema, shape)
    return {**schema, "title": title, "examples": [orjson.loads(orjson.dumps(example))]}


def _describe(schema: Schema, shape: type[Any]) -> None:
    said = field_docs.descriptions(shape)
    for key, member in schema["properties"].items():
        member.pop("title", None)
        member.pop("default", None)
        member["description"] = said[key]
    schema.pop("title", None)
    schema.update(
        description=field_docs.summary(shape), required=list(schema["properties"]), additionalProperties=False
    )
