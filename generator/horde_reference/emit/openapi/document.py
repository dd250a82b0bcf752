"""The OpenAPI document: every address that the tree answers, with what it answers.

schemas/openapi.json    made here, committed and shipped like the schemas; published as api/openapi.json as well
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from horde_reference.emit.openapi.components import components, reference_to
from horde_reference.emit.openapi.endpoint import PARAMETERS, Endpoint
from horde_reference.emit.openapi.table import API, ENDPOINTS
from horde_reference.emit.schemas import grouping
from horde_reference.emit.schemas.everything import DIALECT
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.formats.addresses import PUBLIC_ROOT, record_schema_path
from horde_reference.media import type_of
from horde_reference.records.categories import CATEGORIES
from horde_reference.tree import File
from horde_reference.version import __version__

PATH: Final = "schemas/openapi.json"
"""Path of the document from the public root."""

_ERROR: Final = "schemas/error.json"
_NOT_FOUND: Final = "NotFound"
TAGS: Final = {
    "service": "What the tree says of itself.",
    "records": "The records as clients read them.",
    "groups": "Groups of text models: those whose names say the same but for size, version and the like.",
    "statistics": "What the records come to, how much they are used, and which are at risk.",
    "queue": "What pull requests propose, and what became of those before.",
    "legacy": "The same in the format of the two legacy repositories.",
    "history": "What happened to the records, and when.",
    "schemas": "JSON Schemas of everything here.",
}
"""Group of addresses → what they say."""
_DESCRIPTION: Final = """\
Which models there are, for workers, servers and sites of the AI-Horde. Every answer is a file: nothing is computed when
it is asked for, nothing can be written, nobody needs to sign in. Changes are pull requests.

An address without an ending may be written with `.json` behind it, which every host answers. Hosts may send what is
JSON as another type. A name with a slash may be written with `/` or with `%2F`."""


def emit(schemas: Mapping[str, Schema]) -> Iterator[File]:
    """The document, as a file."""
    yield PATH, orjson.dumps(document(schemas), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def document(schemas: Mapping[str, Schema]) -> dict[str, Any]:
    """The document, with all schemas but those of files that are edited and never published."""
    edited = {*map(record_schema_path, CATEGORIES), *grouping.SCHEMAS}
    answers = {path: schema for path, schema in schemas.items() if path not in edited}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": "Horde Model Reference",
            "version": __version__,
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": PUBLIC_ROOT + API}],
        "security": [],
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": dict(_path(endpoint, schemas) for endpoint in ENDPOINTS),
        "components": {
            "schemas": components(answers),
            "parameters": {name: _parameter(name) for name in PARAMETERS},
            "responses": {_NOT_FOUND: _response("There is no such file.", "404.json", _ERROR, schemas)},
        },
    }


def _path(endpoint: Endpoint, schemas: Mapping[str, Schema]) -> tuple[str, dict[str, Any]]:
    """An address below the server's, and what it offers; one outside of it names the web root as its server."""
    operation = {"get": _operation(endpoint, schemas)}
    if endpoint.path.startswith(f"{API}/"):
        return endpoint.path.removeprefix(API), operation
    return endpoint.path, {"servers": [{"url": PUBLIC_ROOT}], **operation}


def _operation(endpoint: Endpoint, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    parameters = [{"$ref": f"#/components/parameters/{name}"} for name in endpoint.parameters]
    return {
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "description": endpoint.description or schemas[str(endpoint.schema)]["description"],
        "operationId": _id(endpoint),
        **({"parameters": parameters} if parameters else {}),
        "responses": {
            "200": _response(f"{endpoint.summary}.", endpoint.file, endpoint.schema, schemas),
            "404": {"$ref": f"#/components/responses/{_NOT_FOUND}"},
        },
    }


def _id(endpoint: Endpoint) -> str:
    """A name for the function that a program calls: `get_v2_clip_model_name`."""
    words = re.findall(r"\w+", endpoint.path.removeprefix(f"{API}/").removeprefix("model_references/"))
    return "_".join(["get", *words])


def _response(description: str, file: str, schema: str | None, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    if schema:
        answer = {"schema": reference_to(schema), "example": schemas[schema]["examples"][0]}
    else:
        answer = {"schema": {"type": "object" if file.endswith(".json") else "string"}}
    return {"description": description, "content": {type_of(file): answer}}


def _parameter(name: str) -> dict[str, Any]:
    said = PARAMETERS[name]
    return {"name": name, "in": "path", "required": True, "description": said.description, "schema": said.schema}
