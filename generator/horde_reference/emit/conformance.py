"""Check that what is emitted keeps to the schemas that are emitted with it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial

import jsonschema_rs
import orjson

from horde_reference.emit.openapi.table import endpoint_of
from horde_reference.errors import NotConforming
from horde_reference.tree import Body, Emitted, Members


def conforming(files: Iterable[Emitted], schemas: Mapping[str, bytes]) -> Iterator[Emitted]:
    """The same files, each checked on its way.

    Not looked at: schemas and the OpenAPI document, which depend on no record, and the files of single records, each
    of which is byte for byte a member of its category's file, as selections of risks are of all. The tests check them.

    Raises:
        NotConforming: a JSON file has no schema, or breaks it.
    """
    validator_of = cache(partial(_validator, schemas))
    last: Body = b""
    for path, body in files:
        # A legacy file and its v1 answer are one object, which is checked once.
        if body is not last and path.endswith(".json") and not _is_checked_elsewhere(path):
            try:
                schema = _schema_path(path)
                for text in body.objects() if isinstance(body, Members) else (body,):
                    validator_of(schema).validate(orjson.loads(text))
            except jsonschema_rs.ValidationError as error:
                where = "/".join(map(str, error.instance_path))
                raise NotConforming(
                    f"{path} does not keep to its schema at /{where}: {error.message} "
                    "If the record types changed, run horde-reference schemas."
                ) from None
        last = body
        yield path, body


def _is_checked_elsewhere(path: str) -> bool:
    return "/model/" in path or _is_selection(path) or path.startswith("schemas/") or path == "api/openapi.json"


def _is_selection(path: str) -> bool:
    return "/deletion-risk/" in path and not path.endswith("/grouped.json")


def _schema_path(path: str) -> str:
    endpoint = endpoint_of(path)
    if endpoint is None or endpoint.schema is None:
        raise NotConforming(f"{path} has no schema. Name it, with one, in emit/openapi/table.py.")
    return endpoint.schema


def _validator(schemas: Mapping[str, bytes], path: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(orjson.loads(schemas[path]))
