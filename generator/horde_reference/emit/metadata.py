"""What the live service says of each category: how often and when it changed.

api/model_references/v{1,2}/metadata/metadata.json                all categories
api/model_references/v{1,2}/metadata/last_updated.json            when any of them changed last
api/model_references/v{1,2}/metadata/<category>.json              one category
api/model_references/v{1,2}/metadata/<category>/last_updated.json when it changed last
"""

from collections.abc import Iterator
from typing import Any, Final

from horde_reference.edition import Edition
from horde_reference.formats.addresses import API_ROOT
from horde_reference.formats.json_writing import compact
from horde_reference.history.timeline import Tally
from horde_reference.tree import Emitted

SCHEMA_VERSION: Final = "1.0.0"
"""Version of this form, as the live service counts it."""


def emit(edition: Edition) -> Iterator[Emitted]:
    """The metadata of both versions, which say the same."""
    facts = {category: _facts(edition, category) for category in edition.corpus.categories}
    latest = max((one["last_updated"] for one in facts.values() if one["last_updated"] is not None), default=None)
    for version in ("v1", "v2"):
        root = f"{API_ROOT}/{version}/metadata"
        yield f"{root}/metadata.json", compact(facts)
        yield f"{root}/last_updated.json", compact({"last_updated": latest})
        for category, said in facts.items():
            yield f"{root}/{category}.json", compact(said)
            last = {"category": category, "last_updated": said["last_updated"]}
            yield f"{root}/{category}/last_updated.json", compact(last)


def _facts(edition: Edition, category: str) -> dict[str, Any]:
    tally = edition.timeline.tallies.get(category, Tally())
    updated = edition.last_updated(category)
    return {
        "category": category,
        "last_updated": updated,
        "last_operation_type": tally.last.effect if tally.last else None,
        "last_operation_model": tally.last.name if tally.last else None,
        "total_creates": tally.counts["create"],
        "total_updates": tally.counts["update"],
        "total_deletes": tally.counts["delete"],
        "total_models": len(edition.published[category]),
        "initialization_time": edition.began,
        "last_successful_operation": updated,
        "error_count": 0,
        "metadata_schema_version": SCHEMA_VERSION,
        "backend_type": "git",
    }
