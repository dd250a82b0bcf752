"""The legacy JSON files of the image repository: one object by name for a category, as released workers read it.

A legacy record is made of three layers: what records of the category usually have, what this record has that we
have no field for (`legacy.fields`), and what the record states. The later layer wins, so editing a record always
shows in the legacy file.
"""

import json
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any, Final

from horde_reference.formats.json_writing import legacy_object, member
from horde_reference.formats.legacy_entry import CARRIED, Entry, Unrepresentable, files_of, stated_of
from horde_reference.formats.legacy_order import file_order
from horde_reference.formats.validating import adapter_of
from horde_reference.records.base import ImageRepositoryRecord, LegacyEntry, Record
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import Controlnet
from horde_reference.tree import Members

_IMAGE_ORDER: Final = (
    "name", "baseline", "optimization", "type", "inpainting", "description", "tags", "showcases", "version", "style",
    "trigger", "homepage", "nsfw", "download_all", "requirements", "config", "available", "features_not_supported",
    "size_on_disk_bytes",
)  # fmt: skip
_OTHER_ORDER: Final = (
    "name", "type", "baseline", "description", "version", "style", "nsfw", "download_all", "config", "available",
)  # fmt: skip

KEY_TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("name", "type", "baseline", "optimization", "description", "version", "style", "homepage"), "string"
    ),
    **dict.fromkeys(("inpainting", "nsfw", "download_all", "available"), "boolean"),
    **dict.fromkeys(("tags", "showcases", "trigger", "features_not_supported"), "array"),
    "requirements": "object",
    "config": "object",
    "size_on_disk_bytes": "integer",
}
"""Key of a legacy record → JSON type of its value. Values may be null as well; other keys may hold anything."""

_USUAL: Final[Mapping[str, Entry]] = {
    "image_generation": {"download_all": False},
    "controlnet": {"nsfw": False, "download_all": True, "available": False},
    "esrgan": {"style": "generalist", "available": False},
    "gfpgan": {"style": "generalist", "available": False},
    "codeformer": {"style": "generalist", "available": False},
}
_USUAL_ELSEWHERE: Final[Entry] = {"available": False}

_ABSENT: Final = object()


def _places(category: Category) -> Entry:
    order = _IMAGE_ORDER if category.name == "image_generation" else _OTHER_ORDER
    known = {"type": category.legacy_type, **_USUAL.get(category.name, _USUAL_ELSEWHERE)}
    return {**dict.fromkeys(order, _ABSENT), **known}


_PLACES: Final = {name: _places(category) for name, category in CATEGORIES.items()}
_NO_ENTRY: Final = LegacyEntry()


def encode(record: Record) -> tuple[str, Entry]:
    """Key and legacy record of a record."""
    legacy = _entry_of(record)
    # Keys that we do not know come last.
    entry: Entry = {**_expected(record), **legacy.fields}
    keys, values_of = CARRIED[record.category]
    for key, value in zip(keys, values_of(record), strict=True):
        if value or (value is not None and value != ()):  # most are true, which is quick to see
            entry[key] = value.legacy if key == "baseline" else value
    entry["config"] = _config(record, legacy)
    for key in legacy.omit:
        entry.pop(key, None)
    return legacy.key or record.name, {key: value for key, value in entry.items() if value is not _ABSENT}


def encode_file(records: Iterable[Record]) -> Members:
    """A legacy file, records in the order of the file that they came from, new ones behind them by name."""
    # Encoded in the order in which they came, which is that of memory; then put in place.
    placed = sorted([(file_order(record), member(*encode(record))) for record in records])
    return legacy_object(map(itemgetter(1), placed))


def decode(category: str, key: str, entry: Entry, position: float) -> Record:
    """The record of a legacy record.

    Raises:
        pydantic.ValidationError: a value has the wrong type or is not in its vocabulary.
        Unrepresentable: something would be lost.
    """
    files, stated = files_of(entry), stated_of(category, entry)
    draft = _record(category, stated)
    expected = usual(draft)
    rest = {name: value for name, value in entry.items() if name not in stated}
    legacy = {
        "position": position,
        "key": None if key == draft.name else key,
        "fields": {
            name: value for name, value in rest.items() if name not in expected or not _same(expected[name], value)
        },
        "omit": [name for name in expected if name not in entry],
        "md5sums": files["md5sums"],
        "extra_files": files["extra_files"],
    }
    record = _record(category, {**stated, "legacy": legacy})
    _refuse_loss((key, entry), encode(record))
    return record


def _record(category: str, stated: Mapping[str, Any]) -> Record:
    return adapter_of(category).validate_json(json.dumps(stated))


def _entry_of(record: Record) -> LegacyEntry:
    return (isinstance(record, ImageRepositoryRecord) and record.legacy) or _NO_ENTRY


def usual(record: Record) -> Entry:
    """What legacy records of the category usually have."""
    return {key: value for key, value in _expected(record).items() if value is not _ABSENT}


def _expected(record: Record) -> Entry:
    """A place for each key in the order of the file, filled with what records of the category usually have."""
    places = _PLACES[record.category]
    if isinstance(record, Controlnet):
        return {**places, "type": record.controlnet_style, "style": record.controlnet_style}
    return places


def _config(record: Record, legacy: LegacyEntry) -> Entry:
    files: list[Entry] = []
    addresses: list[Entry] = []
    for download in record.config.download:
        file = {"path": download.file_name}
        if download.sha256sum is not None:
            if legacy.md5sums and (md5sum := legacy.md5sums.get(download.sha256sum.lower())):
                file["md5sum"] = md5sum
            file["sha256sum"] = download.sha256sum
        if download.file_purpose is not None:
            file["file_type"] = download.file_purpose
        files.append(file)
        addresses.append({"file_name": download.file_name, "file_path": "", "file_url": download.file_url})
    files.extend({"path": path} for path in legacy.extra_files)
    return {"files": files, "download": addresses}


def _refuse_loss(theirs: tuple[str, Entry], ours: tuple[str, Entry]) -> None:
    nothing = object()
    pairs = {key: (theirs[1].get(key, nothing), ours[1].get(key, nothing)) for key in {*theirs[1], *ours[1]}}
    keys = sorted(
        key for key, (one, other) in pairs.items() if one is nothing or other is nothing or not _same(one, other)
    )
    if keys or ours[0] != theirs[0]:
        raise Unrepresentable(f"these keys would not come back as they are: {', '.join(keys) or theirs[0]}")


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any JSON value
    """Whether two values are the same JSON. To Python `0 == False`, and a list is no tuple."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
