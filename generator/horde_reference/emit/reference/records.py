"""The fields of records, as their JSON Schemas state them.

reference/records/index.md         categories, and the shapes that stand inside records
reference/records/<category>.md    every field of a category, as it is written and as it is published
"""

from collections.abc import Iterator, Mapping
from typing import Final

import orjson

from horde_reference.emit.reference.field_table import fields
from horde_reference.emit.reference.markdown import code, fenced, line, page, page_of, table
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.formats.addresses import PUBLIC_ROOT, record_schema_path
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.tree import File

FOLDER: Final = "reference/records"
_SHAPES: Final = "index.md"


def emit(schemas: Mapping[str, Schema]) -> Iterator[File]:
    """Every page."""
    yield f"{FOLDER}/index.md", _index(schemas)
    yield from ((f"{FOLDER}/{name}.md", _page(category, schemas)) for name, category in CATEGORIES.items())


def _index(schemas: Mapping[str, Schema]) -> bytes:
    stated = [schemas[record_schema_path(name)] for name in CATEGORIES]
    parts = {name: shape for schema in stated for name, shape in schema["$defs"].items()}
    shapes = [name for name, shape in sorted(parts.items()) if "properties" in shape]
    rows = (
        (f"[{name}]({name}.md)", line(schema["description"]), code(row.folder or ""), code(row.legacy_file or ""))
        for (name, row), schema in zip(CATEGORIES.items(), stated, strict=True)
    )
    return page(
        "Records",
        "Every field of every record, from the schemas that files are checked with. A key that nothing is known for is "
        "left out; none is ever null, and no text is empty.",
        table(("category", "what it holds", "folder of the weights", "legacy file"), rows),
        "## Shapes inside records",
        *(part for name in shapes for part in _shape(name, {**parts[name], "$defs": parts})),
    )


def _shape(name: str, shape: Schema) -> Iterator[str]:
    yield f"### {name}"
    yield line(shape["description"])
    yield fields(shape, "")


def _page(category: Category, schemas: Mapping[str, Schema]) -> bytes:
    name = category.name
    stated, published = schemas[record_schema_path(name)], schemas[f"schemas/v2/record/{name}.json"]
    example = orjson.dumps(stated["examples"][0], option=orjson.OPT_INDENT_2).decode()
    return page_of(
        "Records",
        name,
        line(stated["description"]),
        f"A file is `data/{name}/<name>.json`; what is written stands in its "
        f"[schema]({PUBLIC_ROOT}/{record_schema_path(name)}).",
        _managed(category),
        "## As it is written",
        fields(stated, _SHAPES),
        "The least that a file can hold:",
        fenced(example, "json"),
        "## What is added when it is published",
        f"`legacy`, `exceptions`, `aliases` and `withdrawn` are left out, and these keys come in "
        f"([schema]({PUBLIC_ROOT}/schemas/v2/record/{name}.json)):",
        fields(_derived(stated, published), _SHAPES),
    )


def _managed(category: Category) -> str:
    return "Another system manages these models: `data/` has no records of them." if category.managed_elsewhere else ""


def _derived(stated: Schema, published: Schema) -> Schema:
    added = {key: shape for key, shape in published["properties"].items() if key not in stated["properties"]}
    return {**published, "properties": {key: shape for key, shape in added.items() if key != SCHEMA_KEY}}
