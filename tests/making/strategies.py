"""Strategies that make names, records and corpora; shared by the property tests."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from horde_reference.corpus import Corpus
from horde_reference.formats.json_writing import compact
from horde_reference.formats.validating import adapter_of
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.settings import SETTING_NAMES
from horde_reference.records.vocabulary import Baseline, ControlnetStyle, Style

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXT = st.text(CHARACTERS, min_size=1, max_size=20)
NAMES = st.one_of(TEXT, st.from_regex(r"[A-Za-z0-9 ._%/#?:()\[\]'+-]{1,24}", fullmatch=True))
NUMBERS = st.one_of(
    st.integers(-(2**53), 2**53), st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4))
)
FLAT = st.one_of(NUMBERS, st.booleans(), TEXT, st.lists(NUMBERS, max_size=3), st.lists(TEXT, max_size=3))
TEXTS = st.lists(TEXT, max_size=3)
SIZES = st.integers(1, 2**53)

DOWNLOADS = st.fixed_dictionaries(
    {"file_name": TEXT, "file_url": TEXT},
    optional={"sha256sum": TEXT, "size_bytes": SIZES, "file_purpose": TEXT, "known_slow_download": st.booleans()},
)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "description": TEXT,
    "version": TEXT,
    "config": st.fixed_dictionaries({"download": st.lists(DOWNLOADS, max_size=3)}),
    "size_on_disk_bytes": SIZES,
    "finetune_series": st.fixed_dictionaries({"name": TEXT}, optional={"author": TEXT}),
    "aliases": TEXTS,
    "withdrawn": st.fixed_dictionaries({"reason": TEXT, "date": st.dates().map(str)}, optional={"replaced_by": TEXT}),
    "exceptions": st.dictionaries(TEXT, TEXT, max_size=2),
}
LEGACY_ENTRY = st.fixed_dictionaries(
    {},
    optional={
        "position": st.integers(1, 1000),
        "key": TEXT,
        "fields": st.dictionaries(st.sampled_from(["available", "custom", "type"]), st.one_of(TEXT, st.booleans())),
        "extra_files": TEXTS,
    },
)
LEGACY = {name: LEGACY_ENTRY for name, category in CATEGORIES.items() if category.repository == "image"}

REQUIRED: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "image_generation": {"baseline": st.sampled_from(list(Baseline)), "nsfw": st.booleans()},
    "text_generation": {"parameters": SIZES},
    "controlnet": {"controlnet_style": st.sampled_from(list(ControlnetStyle))},
}
OPTIONAL: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "image_generation": {
        "style": st.sampled_from(list(Style)),
        "inpainting": st.booleans(),
        "tags": TEXTS,
        "trigger": TEXTS,
        "showcases": TEXTS,
        "requirements": st.dictionaries(TEXT, FLAT, max_size=3),
        "homepage": TEXT,
        "optimization": TEXT,
    },
    "text_generation": {
        "baseline": TEXT,
        "style": TEXT,
        "nsfw": st.booleans(),
        "tags": TEXTS,
        "instruct_format": TEXT,
        "settings": st.dictionaries(st.sampled_from(SETTING_NAMES), FLAT, max_size=3),
    },
    "controlnet_annotator": {"control_types": TEXTS, "preprocessors": TEXTS},
    "clip": {"pretrained_name": TEXT},
}


def without_private(record: Record) -> Record:
    """The record as clients see it: what `data/` says to us alone is gone."""
    private: dict[str, Any] = {"exceptions": {}, "aliases": (), "withdrawn": None}
    legacy: dict[str, Any] = {"legacy": None} if hasattr(record, "legacy") else {}
    return replace(record, **private, **legacy)


def documents(category: str, names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[dict[str, Any]]:
    """JSON objects that state a record of the category."""
    optional = {**COMMON, **OPTIONAL.get(category, {})}
    if category in LEGACY:
        optional["legacy"] = LEGACY[category]
    return st.fixed_dictionaries({"name": names, **REQUIRED.get(category, {})}, optional=optional)


def records_of(category: str, names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Record]:
    """Records of the category."""
    return documents(category, names).map(lambda document: adapter_of(category).validate_json(compact(document)))


def records(names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Record]:
    """Records of any category."""
    return st.sampled_from(list(CATEGORIES)).flatmap(lambda category: records_of(category, names))


def corpora(names: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[Corpus]:
    """Corpora of a few records."""
    unique = st.lists(records(names), max_size=5, unique_by=lambda record: (record.category, record.name))
    return unique.map(Corpus.of)
