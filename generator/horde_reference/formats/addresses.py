"""Public addresses, in one place."""

from typing import Final

from horde_reference.records.categories import CATEGORIES

PUBLIC_ROOT: Final = "https://models.aihorde.net"
"""Root of the published tree; the live service answers below `/api` of the same host."""

REPOSITORY: Final = "https://github.com/Haidra-Org/horde-model-reference"
"""Where people propose changes of the records."""

API_ROOT: Final = "api/model_references"
"""Folder of the records, from the public root."""

STATISTICS_ROOT: Final = f"{API_ROOT}/statistics"
"""Folder of statistics, from the public root."""


DATA_FOLDERS: Final = ("api", "assets", "audit", "changes", "hosting", "legacy", "records", "schemas", "search")
"""Folders, from the public root, in which programs read. Whoever asks elsewhere for a folder asks for a page."""

MISSING_PAGE: Final = "hosting/404.html"
"""Path, from the public root, of what people are told where there is no page. Servers show it under any address."""


def is_page(path: str) -> bool:
    """Whether a path, from the public root, is that of a page, be it there or not."""
    return path.endswith("/") and path.partition("/")[0] not in DATA_FOLDERS


def category_path(category: str) -> str:
    """Path, from the public root, of all records of a category."""
    return f"{API_ROOT}/v2/{category}.json"


def pending_path(category: str) -> str:
    """Path, from the public root, of the records of a category that are proposed."""
    return f"{API_ROOT}/v2/{category}/pending.json"


QUEUE_ROOT: Final = f"{API_ROOT}/v2/pending_queue"
"""Folder of the pending queue, from the public root."""


def popular_path(category: str) -> str:
    """Path, from the public root, of the models of a category that are used most."""
    return f"{API_ROOT}/v2/{category}/popular.json"


def category_of(path: str) -> str | None:
    """Category whose records lie at a path; `None` for any other path."""
    folder, _, name = path.removesuffix(".json").rpartition("/")
    return name if folder == f"{API_ROOT}/v2" and path.endswith(".json") and name in CATEGORIES else None


def stated_path(category: str) -> str:
    """Path, from the public root, of all records of a category as their files state them."""
    return f"records/{category}.json"


def record_schema_path(category: str) -> str:
    """Path, from the public root, of the JSON Schema of the files below `data/<category>/`."""
    return f"schemas/record/{category}.json"


def record_schema_url(category: str) -> str:
    """Address of the JSON Schema of the files below `data/<category>/`: the value of their `$schema`."""
    return f"{PUBLIC_ROOT}/{record_schema_path(category)}"


def grouping_schema_path(name: str) -> str:
    """Path, from the public root, of the JSON Schema of `data/text_groups/<name>.json`."""
    return f"schemas/text_groups/{name}.json"


def grouping_schema_url(name: str) -> str:
    """Address of the JSON Schema of `data/text_groups/<name>.json`: the value of its `$schema`."""
    return f"{PUBLIC_ROOT}/{grouping_schema_path(name)}"
