"""The real legacy files brought up to date: an edit touches the lines of its record, in git's own numbers."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from line_diffs import LineDiff
from random_edits import Records, histories

from horde_reference.corpus import Corpus
from horde_reference.formats.legacy_database import database_of
from horde_reference.formats.legacy_update.difference import differences, entries
from horde_reference.formats.legacy_update.image_file import update_file
from horde_reference.formats.legacy_update.table_file import update_table
from horde_reference.records.base import ImageRepositoryRecord, Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import TextGeneration

Diff = Callable[[bytes, bytes], LineDiff]
Real = Callable[[str], bytes]
IMAGE = [name for name, category in CATEGORIES.items() if category.repository == "image"]
TEXT = "text_generation"


def update(category: str, existing: bytes, records: Records, before: Records | None = None) -> bytes:
    if category == TEXT:
        return update_table(existing, [one for one in records.values() if isinstance(one, TextGeneration)])
    return update_file(category, existing, records.values(), (before or {}).values())


def changed(records: dict[str, Record], key: str, /, **fields: Any) -> Records:
    record = replace(records[key], **fields)
    return {**{name: one for name, one in records.items() if name != key}, record.name: record}


def with_hash(record: Record, digest: str) -> Any:
    first, *rest = record.config.download
    return replace(record.config, download=(replace(first, sha256sum=digest), *rest))


@pytest.mark.parametrize("category", [*IMAGE, TEXT])
def test_without_an_edit_nothing_differs(category: str, corpus: Corpus, legacy_file: Real) -> None:
    existing = legacy_file(category)
    assert update(category, existing, dict(corpus[category])) == existing


def test_the_database_is_what_the_conversion_gives(shared: Path, legacy_file: Real) -> None:
    assert database_of(legacy_file(TEXT)) == (shared / "corpus/text/db.json").read_bytes()


def test_the_defaults_are_those_of_the_repository(shared: Path, legacy_file: Real) -> None:
    theirs = json.loads((shared / "corpus/text/defaults.json").read_bytes())
    assert database_of(legacy_file(TEXT), theirs) == database_of(legacy_file(TEXT))


LONG = 'A description, with "marks" and an é.'


EDITS: list[tuple[str, str, dict[str, Any], tuple[int, int]]] = [
    ("image_generation", "Deliberate", {"description": LONG}, (1, 1)),
    ("image_generation", "Deliberate", {"description": None}, (0, 1)),
    ("image_generation", "Deliberate", {"requirements": {"clip_skip": 2}}, (3, 0)),
    ("image_generation", "Deliberate", {"name": "Deliberate v2", "aliases": ("Deliberate",)}, (2, 2)),
    ("image_generation", "Deliberate", {"size_on_disk_bytes": None}, (1, 2)),
    ("controlnet", "control_canny", {"description": LONG}, (1, 1)),
    ("controlnet", "control_qr_xl", {"version": "2"}, (1, 1)),
    ("controlnet", "control_canny", {"name": "canny", "aliases": ("control_canny",)}, (2, 2)),
    ("clip", "coca_ViT-L-14", {"description": LONG}, (1, 0)),
    ("blip", "BLIP", {"version": "2"}, (1, 0)),
    ("blip", "BLIP_Large", {"version": "2"}, (1, 0)),
    ("safety_checker", "safety_checker", {"version": "2"}, (1, 0)),
    (TEXT, "Aeala/Enterredaas-33b", {"parameters": 33_500_000_000}, (1, 1)),
    (TEXT, "Aeala/Enterredaas-33b", {"tags": ("old", "large")}, (1, 1)),
    (TEXT, "acrastt/Marx-3B-V3", {"settings": {"temperature": 0.5}}, (1, 1)),
    (TEXT, "acrastt/Marx-3B-V3", {"url": None}, (1, 1)),
    (TEXT, "acrastt/Marx-3B-V3", {"description": LONG}, (1, 1)),
    (TEXT, "acrastt/Marx-3B-V3", {"name": "a/Marx", "aliases": ("acrastt/Marx-3B-V3",)}, (1, 1)),
    (TEXT, "Casual-Autopsy/Maginum-Cydoms-24B", {"style": "utility"}, (1, 1)),
]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{edit[1]}-{'-'.join(edit[2])}")
def test_an_edit_touches_the_lines_of_its_record(
    edit: tuple[str, str, dict[str, Any], tuple[int, int]], corpus: Corpus, legacy_file: Real, diff: Diff
) -> None:
    category, name, fields, numbers = edit
    existing = legacy_file(category)
    records = changed(dict(corpus[category]), name, **fields)
    updated = update(category, existing, records)
    found = diff(existing, updated)
    assert found.numbers == numbers
    touched = differences(str(CATEGORIES[category].legacy_file), existing, updated)
    assert len(touched) == (2 if "name" in fields else 1)
    old = next(one.before for one in touched if one.before)
    new = next(one.after for one in touched if one.after)
    assert all(within(hunk, old.lines) for hunk in found.old if hunk)
    assert all(within(hunk, new.lines) for hunk in found.new if hunk)
    assert update(category, updated, records) == updated


def within(inner: range, outer: range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def test_another_hash_is_one_line_and_a_known_md5_goes_with_it(corpus: Corpus, legacy_file: Real, diff: Diff) -> None:
    existing, records = legacy_file("image_generation"), dict(corpus["image_generation"])
    for name, number in (("Hidden Canvas", (1, 1)), ("Deliberate", (1, 2))):
        known = getattr(records[name], "legacy", None)
        assert bool(known and known.md5sums) == (number == (1, 2))
        edited = changed(records, name, config=with_hash(records[name], "0" * 64))
        updated = update("image_generation", existing, edited)
        assert diff(existing, updated).numbers == number
        (touched,) = differences("stable_diffusion.json", existing, updated)
        assert (touched.key, touched.operation, touched.fields()) == (name, "update", ["config"])


@pytest.mark.parametrize("category", [*IMAGE, TEXT])
def test_a_new_record_adds_its_lines_and_changes_no_other(
    category: str, corpus: Corpus, legacy_file: Real, diff: Diff
) -> None:
    existing, records = legacy_file(category), dict(corpus[category])
    template = records[min(records)]
    new = replace(template, name="A new one", legacy=None)  # type: ignore[call-arg] # every category here has it
    updated = update(category, existing, {**records, new.name: new})
    (touched,) = differences(str(CATEGORIES[category].legacy_file), existing, updated)
    assert (touched.key, touched.operation) == ("A new one", "create")
    assert touched.after is not None
    assert diff(existing, updated).numbers == (len(touched.after.lines), 0)
    assert update(category, updated, {**records, new.name: new}) == updated


@pytest.mark.parametrize("category", [*IMAGE, TEXT])
@pytest.mark.parametrize("which", [0, -1])
def test_removing_a_record_removes_its_lines_and_changes_no_other(
    category: str, which: int, corpus: Corpus, legacy_file: Real, diff: Diff
) -> None:
    existing, records = legacy_file(category), dict(corpus[category])
    file = str(CATEGORIES[category].legacy_file)
    gone = list(entries(file, existing))[which]
    rest = {name: one for name, one in records.items() if gone not in {name, legacy_key(one)}}
    updated = update(category, existing, rest)
    (touched,) = differences(file, existing, updated)
    assert (touched.key, touched.operation) == (gone, "delete")
    assert touched.before is not None
    if rest:
        assert diff(existing, updated).numbers == (0, len(touched.before.lines))
    else:
        assert updated == b"{}\n"


def legacy_key(record: Record) -> str | None:
    return record.legacy.key if isinstance(record, ImageRepositoryRecord) and record.legacy else None


def test_a_new_text_model_stands_where_people_would_sort_it(corpus: Corpus, legacy_file: Real) -> None:
    existing, records = legacy_file(TEXT), dict(corpus[TEXT])
    new = TextGeneration(name="bigscience/bloom-9b", parameters=9_000_000_000)
    names = list(entries("models.csv", update(TEXT, existing, {**records, new.name: new})))
    at = names.index(new.name)
    assert names[at - 1 : at + 2] == ["bigscience/bloom-7b1", "bigscience/bloom-9b", "bigscience/bloom"]


def test_every_text_model_would_be_put_back_where_it_stood(corpus: Corpus, legacy_file: Real) -> None:
    existing, records = legacy_file(TEXT), dict(corpus[TEXT])
    for name in sorted(records)[::25]:
        without = update(TEXT, existing, {key: one for key, one in records.items() if key != name})
        assert update(TEXT, without, records) == existing


def test_every_image_model_would_be_put_back_where_it_stood(corpus: Corpus, legacy_file: Real) -> None:
    existing, records = legacy_file("image_generation"), dict(corpus["image_generation"])
    for name in sorted(records)[::40]:
        without = update("image_generation", existing, {key: one for key, one in records.items() if key != name})
        assert update("image_generation", without, records) == existing


def test_of_two_rows_with_a_name_the_later_one_changes(corpus: Corpus, legacy_file: Real, diff: Diff) -> None:
    existing, name = legacy_file(TEXT), "Sao10K/Llama-3.1-8B-Stheno-v3.4"
    first, second = [at for at, row in enumerate(existing.split(b"\r\n"), 1) if row.startswith(name.encode())]
    updated = update(TEXT, existing, changed(dict(corpus[TEXT]), name, style="utility"))
    assert [one for hunk in diff(existing, updated).old for one in hunk] == [second]
    gone = update(TEXT, existing, {key: one for key, one in corpus[TEXT].items() if key != name})
    assert [one for hunk in diff(existing, gone).old for one in hunk] == [first, second]


def test_the_database_follows_the_table_in_three_entries(corpus: Corpus, legacy_file: Real) -> None:
    existing, name = legacy_file(TEXT), "acrastt/Marx-3B-V3"
    updated = update(TEXT, existing, changed(dict(corpus[TEXT]), name, parameters=4_000_000_000))
    touched = differences("db.json", database_of(existing), database_of(updated))
    assert [one.key for one in touched] == [name, f"aphrodite/{name}", "koboldcpp/Marx-3B-V3"]
    assert {tuple(one.fields()) for one in touched} == {("parameters", "tags")}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_edits_one_by_one_end_as_one_update_image_repository(
    seed: int, corpus: Corpus, legacy_file: Real
) -> None:
    for category, edits in {**dict.fromkeys(IMAGE, 12), "image_generation": 100}.items():
        assert_history_does_not_matter(category, dict(corpus[category]), legacy_file(category), seed, edits)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_edits_one_by_one_end_as_one_update_text_repository(
    seed: int, corpus: Corpus, legacy_file: Real
) -> None:
    assert_history_does_not_matter(TEXT, dict(corpus[TEXT]), legacy_file(TEXT), seed, 100)


def assert_history_does_not_matter(category: str, base: Records, existing: bytes, seed: int, edits: int) -> None:
    file, before = existing, base
    for records in histories(base, seed, edits):
        file, before = update(category, file, records, before), records
    assert file == update(category, existing, before, base)
    if category == TEXT:
        assert database_of(file) == database_of(update(category, existing, before))


def test_an_update_takes_no_time_to_speak_of(corpus: Corpus, legacy_file: Real) -> None:
    existing, records = legacy_file("image_generation"), dict(corpus["image_generation"])
    edited = changed(records, "Deliberate", description=LONG)
    start = time.perf_counter()
    update("image_generation", existing, edited)
    assert time.perf_counter() - start < 0.5
