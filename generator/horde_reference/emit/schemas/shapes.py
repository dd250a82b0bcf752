"""Parts that JSON Schemas are put together from."""

from collections.abc import Mapping
from typing import Any, Final

Schema = dict[str, Any]

SECONDS: Final = "in seconds since 1970"


def keys(what: str, properties: Mapping[str, Schema], *optional: str) -> Schema:
    """An object that has all of these keys but the optional ones, and no others."""
    required = [key for key in properties if key not in optional]
    described = {"type": "object", "description": what, "properties": dict(properties)}
    return {**described, "required": required, "additionalProperties": False}


def by_key(what: str, values: Schema, *, known: list[str] | None = None) -> Schema:
    """An object with any keys, or any of those that are known, and values of one shape."""
    names = {"propertyNames": {"enum": known}} if known else {}
    return {"type": "object", "description": what, **names, "additionalProperties": values}


def listed(what: str, items: Schema) -> Schema:
    """A list of values of one shape."""
    return {"type": "array", "description": what, "items": items}


def text(what: str, *examples: str, **more: Any) -> Schema:  # noqa: ANN401 - keywords of JSON Schema
    """A text."""
    return {"type": "string", "description": what, **more, **({"examples": list(examples)} if examples else {})}


def integer(what: str, least: int = 0) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least, "description": what}


def number(what: str) -> Schema:
    """A number."""
    return {"type": "number", "description": what}


def flag(what: str) -> Schema:
    """True or false."""
    return {"type": "boolean", "description": what}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def titled(title: str, schema: Schema, *examples: Any) -> Schema:  # noqa: ANN401 - any JSON value
    """A schema that stands alone: with a title, and examples of the whole."""
    return {"title": title, **schema, "examples": list(examples)}
