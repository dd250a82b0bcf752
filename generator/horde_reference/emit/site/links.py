"""Where the pages lie, how they name each other, and which addresses elsewhere they may name."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from horde_reference.formats.addresses import API_ROOT, REPOSITORY
from horde_reference.formats.paths import SUFFIX, path_of

INDEX: Final = "index.html"
CATALOGUE: Final = "models/"
"""Folder of the catalogue, of the categories and of the models."""

PROPOSE: Final = "propose/"
"""Folder of the forms in which people propose models."""

# A folder called like a page, or like its compressed variants, would take that page's place.
_LIKE_A_PAGE: Final = re.compile(r"(?<=/)(index)\.(html(?:\.br|\.gz)?)(?=/)", re.IGNORECASE)
_ODD: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\]")


def category_folder(category: str) -> str:
    """Folder of a category's page, from the web root."""
    return f"{CATALOGUE}{category}/"


def model_folder(category: str, name: str) -> str:
    """Folder of a model's page, from the web root, as it lies on the disk; every name has one of its own."""
    folder = f"{CATALOGUE}{path_of(category, name).removesuffix(SUFFIX)}/"
    return _LIKE_A_PAGE.sub(r"\1%2E\2", folder)


STATISTICS: Final = "statistics/"
"""Folder of the pages of statistics."""
RISK: Final = "risk/"
"""Folder of the pages on deletion risk."""
FAMILIES: Final = "families/"
"""Folder of the page of families."""
NEWS: Final = "news/"
"""Folder of the pages on what changed. `changes/` holds the files on it, and hosts answer it with their index."""
QUEUE: Final = "queue/"
"""Folder of the page of the queue."""


def statistics_folder(category: str) -> str:
    """Folder of a category's page of statistics, from the web root."""
    return f"{STATISTICS}{category}/"


def risk_folder(category: str) -> str:
    """Folder of a category's page on deletion risk, from the web root."""
    return f"{RISK}{category}/"


def news_folder(category: str | None) -> str:
    """Folder of the page on what changed in a category, or in all, from the web root."""
    return f"{NEWS}{category}/" if category else NEWS


def group_anchor(group: str) -> str:
    """Id of a group on the page of families; every name has one of its own."""
    return f"group-{quote(group, safe='')}"


def model_href(category: str, name: str) -> str:
    """The page of a model as it is written in a link, behind the way to the root."""
    return quote(model_folder(category, name))


def odd_paths(keys: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Position → folder of a page below `models/`, of those that are not just category and name with a slash between.

    Args:
        keys: category and name of each model.
    """
    folders = ((key, model_folder(*key).removeprefix(CATALOGUE).removesuffix("/")) for key in keys)
    return {str(place): folder for place, (key, folder) in enumerate(folders) if folder != "/".join(key)}


def record_href(category: str, name: str) -> str:
    """The published record as it is written in a link."""
    return quote(f"{API_ROOT}/v2/{category}/model/{name}.json")


def propose_folder(category: str) -> str:
    """Folder of the form of a category, from the web root."""
    return f"{PROPOSE}{category}/"


def propose_href(category: str, name: str) -> str:
    """The form in which a record is changed, as it is written in a link."""
    return f"{propose_folder(category)}?{urlencode({'model': name})}"


def edit_url(category: str, name: str) -> str:
    """Where GitHub lets people edit the record's file, and makes a pull request of what they did."""
    return f"{REPOSITORY}/edit/main/data/{quote(path_of(category, name))}"


def root_of(path: str) -> str:
    """The way from a page to the web root."""
    return "../" * path.count("/") or "./"


def https(address: str | None) -> str | None:
    """An address that a page may link to: https, with a host, and nothing in it that could be misread."""
    if not address or _ODD.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # such as half a bracket
        return None
    return address if parts.scheme == "https" and parts.hostname else None
