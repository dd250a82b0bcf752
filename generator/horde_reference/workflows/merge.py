"""Bring a record up to what the legacy files say now, without losing what they cannot say."""

from typing import Any, Final

from horde_reference.formats import legacy_image, legacy_text
from horde_reference.formats.canonical import document_of
from horde_reference.formats.json_writing import pretty
from horde_reference.formats.legacy_order import position_of
from horde_reference.formats.legacy_table import COLUMNS
from horde_reference.formats.validating import adapter_of
from horde_reference.records.base import Record
from horde_reference.records.kinds import TextGeneration

_IMAGE_CANNOT_SAY: Final = frozenset({"finetune_series", "exceptions", "aliases", "withdrawn"})
_TEXT_SAYS: Final = frozenset({column.field for column in COLUMNS.values()} | {"legacy"})


def merged(theirs: Record, ours: Record | None) -> Record:
    """The record that legacy files state (`theirs`), with what only `ours` says.

    Ours itself where its legacy form says the same: then nothing in its file changes.
    """
    if ours is None or _same_legacy(theirs, ours):
        return ours or theirs
    stated, kept = document_of(theirs), document_of(ours)
    extra = {key: value for key, value in kept.items() if key not in stated and _only_ours(theirs, key)}
    stated["config"] = _with_our_facts(stated.get("config", {}), kept.get("config", {}))
    return adapter_of(theirs.category).validate_json(pretty({**extra, **stated}))


def _same_legacy(theirs: Record, ours: Record) -> bool:
    if position_of(theirs) != position_of(ours):
        return False
    if isinstance(theirs, TextGeneration) and isinstance(ours, TextGeneration):
        return legacy_text.encode(theirs) == legacy_text.encode(ours)
    return legacy_image.encode(theirs) == legacy_image.encode(ours)


def _only_ours(theirs: Record, key: str) -> bool:
    if isinstance(theirs, TextGeneration):
        return key not in _TEXT_SAYS
    return key in _IMAGE_CANNOT_SAY


def _with_our_facts(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """Their downloads with what we know besides of the same files, such as sizes."""
    known = {(one["file_name"], one.get("sha256sum")): one for one in ours.get("download", ())}
    downloads = [
        {**known.get((one["file_name"], one.get("sha256sum")), {}), **one} for one in theirs.get("download", ())
    ]
    return {"download": downloads} if downloads else {}
