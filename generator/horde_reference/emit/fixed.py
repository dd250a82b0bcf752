"""Answers that are the same whatever the records are. Their schemas are in `schemas/answers`.

api.json                                             a welcome
api/heartbeat.json                                   that all is well
api/replicate_mode.json                              that this is the primary instance, and files
api/openapi.json                                     the OpenAPI document, made by `openapi` and shipped
api/model_references/v{1,2}/info.json                what the API_ROOT is
api/model_references/v{1,2}/model_categories.json    names of the categories
404.json                                             what a host answers where there is no file
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from horde_reference.formats.addresses import API_ROOT
from horde_reference.formats.json_writing import compact
from horde_reference.records.categories import CATEGORIES
from horde_reference.tree import File

_FILES: Final = "These are files: changes are pull requests."

ANSWERS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "api.json": {
            "message": f"The AI-Horde model reference. `/api/openapi.json` lists all that there is to read. {_FILES}"
        },
        # A file depends on no other service, so nothing of this can ever be worse.
        "api/heartbeat.json": {
            "status": "ok",
            "ai_horde": {"degraded": False, "consecutive_failures": 0, "seconds_until_retry": None},
        },
        "api/replicate_mode.json": {"replicate_mode": "PRIMARY", "canonical_format": "v2", "writable": False},
        f"{API_ROOT}/v1/info.json": {
            "message": "The legacy model reference, in the format of the two GitHub repositories "
            "https://github.com/Haidra-Org/AI-Horde-image-model-reference and "
            f"https://github.com/Haidra-Org/AI-Horde-text-model-reference. {_FILES}"
        },
        f"{API_ROOT}/v2/info.json": {"message": f"The model reference. {_FILES}"},
        f"{API_ROOT}/v1/model_categories.json": list(CATEGORIES),
        f"{API_ROOT}/v2/model_categories.json": [
            name for name, category in CATEGORIES.items() if not category.managed_elsewhere
        ],
        "404.json": {"detail": "Not Found"},
    }
)
"""Path → what the file says."""


def emit(schemas: Mapping[str, bytes]) -> Iterator[File]:
    """Every one of them, and the OpenAPI document from among the schemas that are shipped."""
    for path, value in ANSWERS.items():
        yield path, compact(value)
    yield "api/openapi.json", schemas["schemas/openapi.json"]
