"""Schemas as the components of one document, in which each refers to the others by name."""

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson

from horde_reference.emit.schemas.shapes import Schema

_REF: Final = re.compile(r'"#/\$defs/(\w+)"')
_OF_A_FILE: Final = ("$schema", "$id", "$defs")
"""What a schema says as a file of its own."""


def component_of(path: str) -> str:
    """Name of the component made from the schema at a path: `V2RecordClip` for `schemas/v2/record/clip.json`."""
    words = re.split(r"[/_]", path.removeprefix("schemas/").removesuffix(".json"))
    return "".join(word.capitalize() for word in words)


def reference_to(path: str) -> Schema:
    """A schema that says: the one at this path."""
    return {"$ref": _address(component_of(path))}


def components(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """Name → schema: these schemas, by path, and the parts in their `$defs`.

    Parts that say the same become one. One that says something else under a name that is taken is named after the
    schema that it is part of.
    """
    names = {_spelt_out(_shape(schema), schema): component_of(path) for path, schema in schemas.items()}
    found: dict[str, Schema] = {}
    for path, schema in schemas.items():
        whole, parts = component_of(path), schema.get("$defs", {})
        spelt = {part: _spelt_out(shape, schema) for part, shape in parts.items()}
        for part, text in spelt.items():
            names.setdefault(text, part if part not in names.values() else whole + part)
        local = {part: names[text] for part, text in spelt.items()}
        inside = {local[part]: shape for part, shape in parts.items()}
        found = {name: _pointed(shape, local) for name, shape in inside.items()} | found
        found[whole] = _pointed({key: said for key, said in schema.items() if key not in _OF_A_FILE}, local)
    return dict(sorted(found.items()))


def _address(name: str) -> str:
    return f"#/components/schemas/{name}"


def _shape(schema: Schema) -> Schema:
    """A schema as it would be a part of another."""
    return {key: said for key, said in schema.items() if key not in {*_OF_A_FILE, "examples"}}


def _spelt_out(shape: Schema, whole: Schema) -> str:
    """What a part of a schema says, with what it refers to in place of its name."""
    return _REF.sub(lambda match: _spelt_out(whole["$defs"][match[1]], whole), _text(shape))


def _pointed(shape: Schema, names: Mapping[str, str]) -> Schema:
    """The shape with its references to parts turned to components."""
    turned: Schema = orjson.loads(_REF.sub(lambda match: f'"{_address(names[match[1]])}"', _text(shape)))
    return turned


def _text(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return orjson.dumps(value).decode()
