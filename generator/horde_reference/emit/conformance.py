"""Check that what is emitted keeps to the schemas that are emitted with it."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import jsonschema_rs
import orjson

from horde_reference.emit.schemas import Schema, schema_path_of
from horde_reference.errors import CannotRun
from horde_reference.tree import File

_SCHEMAS: Final = "schemas/"


class NotConforming(CannotRun):
    """An emitted file does not keep to its schema: a fault of the generator, so nothing is published."""


def conforming(files: Iterable[File], schemas: dict[str, Schema]) -> Iterator[File]:
    """The same files, each checked on its way.

    Raises:
        NotConforming: a JSON file has no schema, breaks it, or is a schema that breaks the language of schemas.
    """
    validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
    for path, body in files:
        if path.endswith(".json"):
            try:
                _validate(path, orjson.loads(body), schemas, validators)
            except jsonschema_rs.ValidationError as error:
                where = "/".join(map(str, error.instance_path))
                raise NotConforming(f"{path} does not keep to its schema at /{where}: {error.message}") from None
        yield path, body


def _validate(
    path: str,
    value: Any,  # noqa: ANN401 - any JSON value
    schemas: dict[str, Schema],
    validators: dict[str, jsonschema_rs.Draft202012Validator],
) -> None:
    if path.startswith(_SCHEMAS):
        jsonschema_rs.meta.validate(value)
        return
    schema = schema_path_of(path)
    if schema is None:
        raise NotConforming(f"{path} has no schema. Add one to emit/schemas.py.")
    if schema not in validators:
        validators[schema] = jsonschema_rs.Draft202012Validator(schemas[schema])
    validators[schema].validate(value)
