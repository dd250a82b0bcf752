"""A JSON Schema's keys as a table."""

from collections.abc import Iterator
from typing import Final

from horde_reference.emit.reference.markdown import code, line, table, value
from horde_reference.emit.schemas.shapes import Schema

_SHOWN_WORDS: Final = 25

VOCABULARIES: Final = "../vocabularies.md"
"""Page with a section for each closed vocabulary, from the folder of the pages on records."""

_NOT_EMPTY: Final = ("minLength", 1)
"""What every text keeps to, and so need not be said of each."""
_LIMITS: Final = {
    "minLength": "length at least {}",
    "maxLength": "length at most {}",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "above {}",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
}


def fields(schema: Schema, shapes: str | None, prefix: str = "") -> str:
    """The keys of an object: meaning, limits, type, whether it must be there, an example.

    Args:
        schema: of an object that stands alone, with `$defs` for what it refers to.
        shapes: page that has a section for each shape; empty for the page itself, `None` where none has.
        prefix: what stands before each key.
    """
    head = ("key", "what it is", "type", "required", "example")
    return table(head, _rows(schema, shapes, prefix))


def _rows(schema: Schema, shapes: str | None, prefix: str) -> Iterator[tuple[str, ...]]:
    required = schema.get("required", ())
    for key, shape in schema.get("properties", {}).items():
        said = " ".join(filter(None, [line(shape.get("description", "")), _limits(shape)]))
        needed = "yes" if key in required else ""
        yield code(prefix + key), said, _type(shape, schema, shapes), needed, _example(shape)
        if shape.get("type") == "object" and "properties" in shape:
            yield from _rows({**shape, "$defs": schema.get("$defs", {})}, shapes, f"{prefix}{key}.")


def _type(shape: Schema, whole: Schema, shapes: str | None) -> str:
    match shape:
        case {"$ref": str(reference)}:
            name = reference.rpartition("/")[2]
            return _linked(name, whole, shapes) or _type({"type": "object", **whole["$defs"][name]}, whole, shapes)
        case {"const": constant}:
            return f"always {value(constant)}"
        case {"enum": _}:
            return _words(shape)
        case {"anyOf": branches}:
            return " or ".join(dict.fromkeys(_type(one, whole, shapes) for one in branches))
    return _plain_type(shape, whole, shapes)


def _plain_type(shape: Schema, whole: Schema, shapes: str | None) -> str:
    match shape:
        case {"type": "array", "items": items}:
            return f"list of {_type(items, whole, shapes)}"
        case {"type": "object", "additionalProperties": dict() as values}:
            return f"object, whose values are {_type(values, whole, shapes)}"
        case {"type": [*types]}:
            return " or ".join(types)
    return str(shape.get("type", "any"))


def _linked(name: str, whole: Schema, shapes: str | None) -> str:
    """A link to where a shape or a vocabulary is told; empty where nothing tells it."""
    if shapes is None:
        return ""
    page = shapes if "properties" in whole["$defs"][name] else VOCABULARIES
    return f"[{name}]({page}#{name.lower()})"


def _words(shape: Schema) -> str:
    words = [value(one) for one in shape.get("enum", ()) if one is not None]
    return f"one of {', '.join(words)}" if len(words) <= _SHOWN_WORDS else f"one of {len(words)} words"


def _limits(shape: Schema) -> str:
    stated = ((key, shape[key]) for key in _LIMITS if key in shape)
    said = [_LIMITS[key].format(bound) for key, bound in stated if (key, bound) != _NOT_EMPTY]
    if "pattern" in shape:
        said.append(f"like {code(shape['pattern'])}")
    if "default" in shape:
        said.append(f"{value(shape['default'])} if left out")
    if not said:
        return ""
    words = "; ".join(said)
    return f"{words[0].upper()}{words[1:]}."


def _example(shape: Schema) -> str:
    return value(shape["examples"][0]) if shape.get("examples") else ""
