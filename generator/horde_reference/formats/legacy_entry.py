"""What a legacy JSON record of the image repository states, in our words."""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import Controlnet
from horde_reference.records.vocabulary import Baseline

Entry = dict[str, Any]
"""A legacy record, as parsed JSON."""

_OURS: Final = frozenset(
    {"config", "exceptions", "aliases", "withdrawn", "legacy", "finetune_series", "controlnet_style"}
)
_EMPTY: Final[tuple[object, ...]] = (None, "", [], {}, ())
_BASELINE_OF: Final = {row.legacy: str(row) for row in Baseline}


class Unrepresentable(ValueError):
    """A legacy record holds something that a record of ours cannot say."""


def _carried_keys(category: Category) -> tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]]]:
    keys = tuple(field.name for field in dataclasses.fields(category.record) if field.name not in _OURS)
    return keys, attrgetter(*keys)


# Category → the fields that its legacy records have as well, and what reads them all at once.
CARRIED: Final = {name: _carried_keys(category) for name, category in CATEGORIES.items()}


def stated_of(category: str, entry: Entry) -> Entry:
    """What a legacy record states of its model, as a JSON object of ours.

    Raises:
        Unrepresentable: its files are not in the form that legacy records have.
    """
    stated = {name: entry[name] for name in CARRIED[category][0] if entry.get(name) not in _EMPTY}
    if isinstance(stated.get("baseline"), str):
        stated["baseline"] = _BASELINE_OF.get(stated["baseline"], stated["baseline"])
    if category == Controlnet.category:
        stated["controlnet_style"] = entry.get("type") or entry.get("style")
    return {**stated, "config": {"download": files_of(entry)["download"]}}


def files_of(entry: Entry) -> dict[str, Any]:
    """Downloads, MD5 sums and further files of a legacy record."""
    try:
        facts = {str(file["path"]): file for file in entry["config"]["files"]}
        downloads = [(str(one["file_name"]), one["file_url"]) for one in entry["config"]["download"]]
    except (KeyError, TypeError):
        raise Unrepresentable(
            "its config is not lists of files with path and of downloads with file_name and file_url"
        ) from None
    names = {name for name, _ in downloads}
    return {
        "download": [_download(name, url, facts.get(name, {})) for name, url in downloads],
        "md5sums": {
            file["sha256sum"].lower(): file["md5sum"]
            for file in facts.values()
            if {"md5sum", "sha256sum"} <= file.keys()
        },
        "extra_files": [path for path in facts if path not in names],
    }


def _download(name: str, url: str, facts: Entry) -> Entry:
    stated = {
        "file_name": name,
        "file_url": url,
        "sha256sum": facts.get("sha256sum"),
        "file_purpose": facts.get("file_type"),
    }
    return {key: value for key, value in stated.items() if value is not None}
