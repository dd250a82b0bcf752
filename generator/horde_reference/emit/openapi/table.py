"""Every address that the tree answers: one row each.

The OpenAPI document is made from this table, and the build reads in it which schema a file keeps to. A JSON file
that no row names is not published.
"""

from collections.abc import Iterator
from typing import Final

from horde_reference.analytics.presets import PRESETS
from horde_reference.emit.openapi.endpoint import Endpoint
from horde_reference.emit.schemas.field_docs import summary as summary_of
from horde_reference.formats.addresses import API_ROOT, QUEUE_ROOT, STATISTICS_ROOT
from horde_reference.formats.grouping import KEYS as GROUPING_KEYS
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import TextGeneration

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
    yield Endpoint(
        "/files.json", "history", "Digests of the files of single records, groups and numbered changes", "files"
    )
    yield Endpoint("/changes/index.json", "history", "Every change", "changes")
    yield Endpoint("/changes/{number}.json", "history", "What one change added, changed and removed", "change")
    feed = "For feed readers, in Atom."
    yield Endpoint("/changes/feed.atom", "history", "The last changes", None, feed)
    yield Endpoint("/changes/{category}.atom", "history", "The last changes of a category", None, feed)
    yield Endpoint("/audit/index.json", "history", "The segments of the audit trail", "audit")
    path = "/audit/v2/{category}/audit-{segment}.jsonl"
    yield Endpoint(path, "history", "Events of a category, one a line", "audit_event")


def _groups() -> Iterator[Endpoint]:
    """Groups of text models."""
    root = f"{_V2}/{TextGeneration.category}"
    yield Endpoint(f"{root}/groups", "groups", "Names of the groups of text models", "text_groups")
    yield Endpoint(f"{root}/groups/summary", "groups", "The groups in short", "text_group_summaries")
    yield Endpoint(f"{root}/groups/health", "groups", "What may be wrong with the groups", "text_group_health")
    yield Endpoint(f"{root}/group/{{group}}", "groups", "One group and its models", "text_group")
    summary = "How the names of a group are written"
    yield Endpoint(f"{root}/group/{{group}}/name_schema", "groups", summary, "text_group_name_schema")
    yield Endpoint(f"{root}/aliases", "groups", "Other names of groups", "text_group_aliases")
    yield Endpoint(f"{root}/families", "groups", "Groups that belong together", "text_group_families")
    summary = "Families that nobody has stated"
    yield Endpoint(f"{root}/families/detect", "groups", summary, "text_group_families_detected")
    yield Endpoint(f"{root}/distinct_baselines", "groups", "What text models were trained from", "text_baselines")


def _statistics(category: Category) -> Iterator[Endpoint]:
    """What the records of a category come to, and how much they are used."""
    name = category.name
    root = f"/{STATISTICS_ROOT}/{name}"
    yield Endpoint(root, "statistics", f"How many models of {name} there are of what", "statistics")
    summary = f"How many groups of {name} there are of what"
    yield Endpoint(
        f"{root}/grouped", "statistics", summary, "statistics", "A group counts once for what any of its models has."
    )
    yield Endpoint(f"{root}/with-stats", "statistics", f"How much models of {name} are used", "with_stats")
    yield Endpoint(f"{root}/trends", "statistics", f"How the use of models of {name} went, day by day", "trends")
    yield Endpoint(f"{_V2}/{name}/popular", "statistics", f"Models of {name} that most workers offer", "popular")
    risk = f"{root}/deletion-risk"
    yield Endpoint(risk, "statistics", f"Models of {name} at risk of being deleted", "deletion_risk")
    summary = f"Groups of {name} at risk of being deleted"
    yield Endpoint(
        f"{risk}/grouped", "statistics", summary, "deletion_risk", "Requests are summed, flags are those of any model."
    )
    for preset, said in PRESETS.items():
        summary = f"Models of {name} at risk, selected as {preset}"
        yield Endpoint(f"{risk}/{preset}", "statistics", summary, "deletion_risk", said.summary)
    what = "For spreadsheets: lists are joined by blanks, a cell is empty where nothing is known."
    yield Endpoint(f"{risk}.csv", "statistics", f"Models of {name} at risk, as a table", None, what)


def _queue() -> Iterator[Endpoint]:
    """What pull requests propose."""
    root = f"/{QUEUE_ROOT}"
    yield Endpoint(f"{root}/changes", "queue", "Every change that pull requests propose", "pending_changes")
    yield Endpoint(f"{root}/changes/{{change}}", "queue", "One change, field by field", "pending_change")
    yield Endpoint(f"{root}/batches", "queue", "Open pull requests by batch", "batches")
    yield Endpoint(f"{root}/audit/batches", "queue", "Batches that were applied, and what they came to", "batches")


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
    yield Endpoint("/search/models.json", "service", "What the site's catalogue searches, column by column", "search")
    stated = "Records of a category as their files state them, by name: those that are withdrawn as well"
    yield Endpoint("/records/{category}", "records", stated, "stated")
    summary = "What the site's page on deletion risk of a category loads, column by column"
    yield Endpoint("/search/risk/{category}.json", "service", summary, "risk_index")
    what = "Every address that this tree answers, in OpenAPI 3.1."
    yield Endpoint(f"{API}/openapi.json", "service", "This document", None, what)


def _schemas() -> Iterator[Endpoint]:
    """The schemas themselves."""
    for path, summary in (
        ("record/{category}", "Schema of the files that people edit"),
        *((f"text_groups/{key}", f"Schema of the file of {key} that people edit") for key in GROUPING_KEYS.values()),
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
    yield from _groups()
    for category in CATEGORIES.values():
        yield from _statistics(category)
    yield from _queue()
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
