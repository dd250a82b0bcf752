"""Schemas are schemas, and what is published keeps to them, as two validators that know nothing of each other say."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import Result
from jsonschema import Draft202012Validator
from queues import queue_file

from horde_reference.adapters.packaged import packaged_schemas
from horde_reference.emit.conformance import conforming
from horde_reference.emit.openapi.document import PATH as OPENAPI
from horde_reference.emit.openapi.table import endpoint_of
from horde_reference.emit.schemas.everything import all_schemas
from horde_reference.errors import NotConforming
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.fetched import FetchedFiles

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = all_schemas()
KNOWN_KEYWORDS = {
    "$schema", "$id", "$ref", "$defs", "title", "description", "examples", "default", "type", "enum", "const",
    "properties", "required", "additionalProperties", "items", "uniqueItems", "minItems", "anyOf",
    "minLength", "minimum", "maximum", "exclusiveMinimum", "propertyNames", "pattern", "format",
}  # fmt: skip


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ours") / "public"
    build(ROOT / "data", out, Wishes(fetched=FetchedFiles(queue=queue_file(out.parent))))
    return out


def shapes(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all schemas inside it."""
    if isinstance(schema, dict):
        yield schema
        for key, inner in schema.items():
            if key in {"properties", "$defs"}:
                for one in inner.values():
                    yield from shapes(one)
            elif key in {"items", "additionalProperties", "propertyNames"}:
                yield from shapes(inner)
            elif key == "anyOf":
                for one in inner:
                    yield from shapes(one)


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_schema_passes_its_metaschema_by_both_validators(path: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[path])
    jsonschema_rs.meta.validate(SCHEMAS[path])


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_schema_has_no_misspelt_keyword(path: str) -> None:
    assert {key for shape in shapes(SCHEMAS[path]) for key in shape} <= KNOWN_KEYWORDS


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_schema_has_an_address_a_title_a_description_and_examples_that_keep_to_it(path: str) -> None:
    schema = SCHEMAS[path]
    assert schema["$id"].endswith("/" + path)
    assert schema["title"]
    assert schema["description"]
    assert schema["examples"]
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_field_of_a_record_is_described(category: str) -> None:
    for shape in shapes(SCHEMAS[f"schemas/record/{category}.json"]):
        for key, member in shape.get("properties", {}).items():
            assert member.get("description") or key in SCHEMAS[f"schemas/record/{category}.json"]["properties"].get(
                "settings", {}
            ).get("properties", {}), key


def test_the_committed_schemas_and_pages_are_up_to_date(run: Callable[..., Result]) -> None:
    assert run("schemas", "--into", ROOT / "schemas", "--check").exit_code == 0
    assert run("docs", "--site", ROOT / "site", "--check").exit_code == 0


def test_every_published_file_keeps_to_its_schema_by_the_other_validator(ours: Path) -> None:
    checked = set()
    validators = {path: Draft202012Validator(schema) for path, schema in SCHEMAS.items()}
    for file in (*ours.rglob("*.json"), *ours.rglob("*.jsonl")):
        path = file.relative_to(ours).as_posix()
        if path.startswith(("schemas/", ".")) or path == "api/openapi.json":
            continue
        endpoint = endpoint_of(path)
        assert endpoint, f"{path} has no row"
        assert endpoint.schema, f"{path} has no schema"
        for text in file.read_bytes().splitlines() if path.endswith(".jsonl") else [file.read_bytes()]:
            validators[endpoint.schema].validate(json.loads(text))
        checked.add(endpoint.schema)
    edited = ("schemas/record/", "schemas/text_groups/")
    unused = {path for path in SCHEMAS if path not in checked and not path.startswith(edited)}
    assert unused == {"schemas/v2/record/lora.json", "schemas/v2/record/ti.json"}


def test_the_published_schemas_are_the_committed_ones(ours: Path) -> None:
    published = {path.relative_to(ours).as_posix(): path.read_bytes() for path in (ours / "schemas").rglob("*.json")}
    committed = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (ROOT / "schemas").rglob("*.json")}
    assert published == committed
    assert set(published) == {*SCHEMAS, OPENAPI}
    assert (ours / "api/openapi.json").read_bytes() == committed[OPENAPI]
    assert packaged_schemas() == committed


def test_every_record_of_ours_keeps_to_the_schema_that_it_names() -> None:
    files = list((ROOT / "data").rglob("*.json"))
    assert len(files) >= 120
    by_address = {schema["$id"]: schema for schema in SCHEMAS.values()}
    for file in files:
        document = json.loads(file.read_bytes())
        Draft202012Validator(by_address[document["$schema"]]).validate(document)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("api/model_references/v2/clip.json", b'{"a":{"name":"a"}}', "/a"),
        ("api/model_references/v1/text_generation.json", b'{"a":{"name":5}}', "/a"),
        ("api/unheard_of.json", b"{}", "no schema"),
    ],
)
def test_what_does_not_conform_is_not_published(path: str, body: bytes, words: str) -> None:
    with pytest.raises(NotConforming, match=words):
        list(conforming([(path, body)], packaged_schemas()))
