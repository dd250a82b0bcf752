"""Every address that the tree answers: one row each.

The OpenAPI document is made from this table, and the build reads in it which schema a file keeps to. A JSON file
that no row names is not published.
"""

from collections.abc import Iterator
from typing import Final

from horde_reference.emit.openapi.endpoint import Endpoint
from horde_reference.emit.schemas.field_docs import summary as summary_of
from horde_reference.formats.addresses import API_ROOT
from horde_reference.records.categories import CATEGORIES, Category

API: Final = "/api"
"""Where the addresses begin that the live service answered: clients are pointed to it."""

_V1: Final = f"/{API_ROOT}/v1"
_V2: Final = f"/{API_ROOT}/v2"
_VERSIONS: Final = (("v1", _V1), ("v2", _V2))


def _records(category: Category) -> Iterator[Endpoint]:
    """The records of a category."""
    name, what = category.name, summary_of(category.record)
    yield Endpoint(f"{_V2}/{name}", "records", f"Records of {name} by name", f"v2/{name}", what)
    if not category.managed_elsewhere:
        one = f"One record of {name}"
        yield Endpoint(f"{_V2}/{name}/model/{{name}}", "records", one, f"v2/record/{name}", what)
    yield Endpoint(f"{_V2}/{name}/pending", "records", f"Proposed records of {name} by name", f"v2/{name}", what)


def _legacy(category: Category) -> Iterator[Endpoint]:
    """The same records in the legacy format, at every address that they are known by."""
    name, file = category.name, category.legacy_file
    paths = [f"{_V1}/{name}"]
    match category.repository:
        case "image":
            paths += [f"{_V1}/{str(file).removesuffix('.json')}", f"/legacy/image/{file}"]
        case "text":
            paths += [f"{_V1}/db.json", "/legacy/text/db.json"]
            for path in (f"{_V1}/{file}", f"/legacy/text/{file}"):
                what = "The table that people edit in the legacy text repository, with its line ends."
                yield Endpoint(path, "legacy", f"Legacy table of {name}", None, what)
    for path in dict.fromkeys(paths):
        summary = f"Legacy records of {name} by key"
        yield Endpoint(path, "legacy", summary, f"v1/{name}", summary_of(category.record))


def _history() -> Iterator[Endpoint]:
    """What happened to the records."""
    for version, root in _VERSIONS:
        every, one = f"{root}/metadata", f"{root}/metadata/{{category}}"
        what = f"What happened in each category, {version}"
        yield Endpoint(f"{every}/metadata", "history", what, "metadata_by_category")
        yield Endpoint(f"{every}/last_updated", "history", f"When any record last changed, {version}", "last_updated")
        yield Endpoint(one, "history", f"What happened in a category, {version}", "metadata")
        yield Endpoint(f"{one}/last_updated", "history", f"When a category last changed, {version}", "last_updated")
    yield Endpoint(f"{_V2}/removed", "history", "Models that are no longer offered, and what replaces them", "removed")
    yield Endpoint("/head.json", "history", "The commit that is published, and digests of its files", "head")
    yield Endpoint("/files.json", "history", "Digests of the files of single records and numbered changes", "files")
    yield Endpoint("/changes/index.json", "history", "Every change", "changes")
    yield Endpoint("/changes/{number}.json", "history", "What one change added, changed and removed", "change")
    feed = "For feed readers, in Atom."
    yield Endpoint("/changes/feed.atom", "history", "The last changes", None, feed)
    yield Endpoint("/changes/{category}.atom", "history", "The last changes of a category", None, feed)
    yield Endpoint("/audit/index.json", "history", "The segments of the audit trail", "audit")
    path = "/audit/v2/{category}/audit-{segment}.jsonl"
    yield Endpoint(path, "history", "Events of a category, one a line", "audit_event")


def _service() -> Iterator[Endpoint]:
    """What the tree says of itself."""
    yield Endpoint(API, "service", "Welcome", "info")
    yield Endpoint(f"{API}/heartbeat", "service", "Whether all is well", "heartbeat")
    yield Endpoint(f"{API}/replicate_mode", "service", "What part this instance plays", "replicate_mode")
    for version, root in _VERSIONS:
        yield Endpoint(f"{root}/info", "service", f"What {version} is", "info")
        names = f"Names of the categories, {version}"
        yield Endpoint(f"{root}/model_categories", "service", names, "model_categories")
    yield Endpoint("/404.json", "service", "What an address without a file answers", "error")
    what = "Every address that this tree answers, in OpenAPI 3.1."
    yield Endpoint(f"{API}/openapi.json", "service", "This document", None, what)


def _schemas() -> Iterator[Endpoint]:
    """The schemas themselves."""
    for path, summary in (
        ("record/{category}", "Schema of the files that people edit"),
        ("v2/record/{category}", "Schema of a record"),
        ("v2/{category}", "Schema of the records of a category"),
        ("v1/{category}", "Schema of the legacy records of a category"),
        ("{answer}", "Schema of an answer that is not records, or this document"),
    ):
        yield Endpoint(f"/schemas/{path}.json", "schemas", summary, None, "JSON Schema, 2020-12.")


def _all() -> Iterator[Endpoint]:
    for category in CATEGORIES.values():
        yield from _records(category)
    for category in CATEGORIES.values():
        yield from _legacy(category)
    yield from _history()
    yield from _service()
    yield from _schemas()


ENDPOINTS: Final = tuple(_all())
"""Every address, in the order in which the OpenAPI document lists them."""

_BY_FILE: Final = {endpoint.file: endpoint for endpoint in ENDPOINTS if not endpoint.parameters}
_FORMS: Final = [(endpoint.files(), endpoint) for endpoint in ENDPOINTS if endpoint.parameters]


def endpoint_of(path: str) -> Endpoint | None:
    """The row of a published file; `None` for a file that should not be published."""
    if path in _BY_FILE:  # an address in full goes before a form that it fits as well
        return _BY_FILE[path]
    return next((endpoint for files, endpoint in _FORMS if files.fullmatch(path)), None)
