"""The OpenAPI document is valid, and names every file of a tree and none that is not there."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from queues import queue_file
from repositories import Repository

from horde_reference.adapters.marker import MARKER
from horde_reference.emit.openapi.document import document
from horde_reference.emit.openapi.table import endpoint_of
from horde_reference.emit.schemas.everything import all_schemas
from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.fetched import FetchedFiles

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = document(all_schemas())
PATHS: dict[str, Any] = DOCUMENT["paths"]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of our records as one commit, so that it has history wherever the tests run."""
    repository = Repository(tmp_path_factory.mktemp("committed"))
    shutil.copytree(ROOT / "data", repository.data)
    repository.commit("All")
    fetched = FetchedFiles(queue=queue_file(repository.root))
    build(repository.data, repository.root / "public", Wishes(fetched=fetched))
    return repository.root / "public"


@pytest.fixture(scope="module")
def published(tree: Path) -> set[str]:
    """All files but the pages and what they look like."""
    found = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()} - {MARKER}
    return {path for path in found if not path.endswith(".html") and not path.startswith("assets/")}


def files(path: str) -> re.Pattern[str]:
    """The files with which hosts answer an address of the document."""
    servers = PATHS[path].get("servers", DOCUMENT["servers"])
    address = (urlsplit(servers[0]["url"]).path + path).removeprefix("/")
    parts = re.split(r"\{(\w+)\}", address)
    forms = [
        (".+" if part == "name" else "[^/]+") if place % 2 else re.escape(part) for place, part in enumerate(parts)
    ]
    return re.compile("".join(forms) + r"(\.json)?")


ADDRESSES = sorted(((files(path), path) for path in PATHS), key=lambda one: "{" in one[1])
"""Files and their address; those without parameters first, which go before the others."""


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == "$ref")
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_it_is_valid() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


@pytest.mark.parametrize("path", PATHS)
def test_every_address_has_a_file(path: str, published: set[str]) -> None:
    assert any(map(files(path).fullmatch, published))


def test_every_file_has_an_address_and_keeps_to_what_it_promises(tree: Path, published: set[str]) -> None:
    for file in published:
        path = next((path for form, path in ADDRESSES if form.fullmatch(file)), None)
        assert path, f"{file} is not documented"
        ((kind, answer),) = PATHS[path]["get"]["responses"]["200"]["content"].items()
        body = (tree / file).read_bytes()
        if kind in {"application/json", "application/x-ndjson"}:
            validator = Draft202012Validator({**answer["schema"], "components": DOCUMENT["components"]})
            for text in body.splitlines() if file.endswith(".jsonl") else [body]:
                validator.validate(json.loads(text))


def test_the_table_knows_the_same_files(published: set[str]) -> None:
    assert [file for file in published if endpoint_of(file) is None] == []
    assert endpoint_of("api/unheard_of.json") is None
    assert endpoint_of("audit/v2/unheard_of/audit-000001.jsonl") is None


@pytest.mark.parametrize("path", PATHS)
def test_every_operation_is_described(path: str) -> None:
    operation = PATHS[path]["get"]
    assert operation["summary"]
    assert operation["description"]
    assert set(operation["tags"]) <= {tag["name"] for tag in DOCUMENT["tags"]}
    assert operation["responses"].keys() == {"200", "404"}
    for answer in operation["responses"]["200"]["content"].values():
        if "$ref" in answer["schema"]:
            validator = Draft202012Validator({**answer["schema"], "components": DOCUMENT["components"]})
            validator.validate(answer["example"])


def test_every_component_is_used_and_every_reference_has_one() -> None:
    used = set(references(DOCUMENT))
    made = {f"#/components/{kind}/{name}" for kind, found in DOCUMENT["components"].items() for name in found}
    assert made - used <= {"#/components/schemas/V2RecordLora", "#/components/schemas/V2RecordTi"}
    assert used <= made
