"""Fixing ends, mends what it says it can, and takes nothing that is needed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from horde_reference.workflows.fix import fix
from horde_reference.workflows.gather import gather
from horde_reference.workflows.selection import Selection

Write = Callable[..., Path]
SHARED = {"config": {"download": [{"file_name": "a", "file_url": "https://huggingface.co/a", "sha256sum": "a" * 64}]}}


@pytest.mark.parametrize(
    "stated",
    [
        {"tags": ["rolplay"], "legacy": {"cells": {"tags": "rolplay"}}, "exceptions": {"legacy-cell-current": "Why."}},
        {"tags": ["rolplay", "roleplay"], "style": "Chat", "instruct_format": " Llama3 "},
        {"exceptions": {"settings-bounds": "Why.", "stray-blanks": "Why."}, "display_name": " A "},
        {"settings": {"stop_sequence": ["", "x"]}},
    ],
)
def test_fixing_twice_is_fixing_once(stated: dict[str, object], tmp_path: Path, write: Write) -> None:
    write(tmp_path, "text_generation", "author/Model-8B", **stated)
    fix(tmp_path)
    assert not fix(tmp_path).paths
    assert not [finding for finding in gather(tmp_path).findings if finding.fixable]


def test_settings_are_not_touched(tmp_path: Path, write: Write) -> None:
    file = write(tmp_path, "text_generation", "author/Model-8B", settings={"stop_sequence": ["", "x"]})
    before = file.read_bytes()
    fix(tmp_path)
    assert file.read_bytes() == before


def test_two_equal_tags_are_left_to_people(tmp_path: Path, write: Write) -> None:
    file = write(tmp_path, "image_generation", "Model", tags=["ink", "ink"])
    fix(tmp_path)
    assert json.loads(file.read_bytes())["tags"] == ["ink", "ink"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"nsfw": false', '"nsfw": false, "legacy": {"key": null}'),
        ('"nsfw": false', '"nsfw": false, "homepage": ""'),
        ('"nsfw": false', '"nsfw": false, "tags": null'),
        ('"stable_diffusion_xl"', '"SDXL"'),
    ],
)
def test_what_a_finding_calls_fixable_is_mended(old: str, new: str, tmp_path: Path, write: Write) -> None:
    file = write(tmp_path, "image_generation", "Model")
    file.write_text(file.read_text().replace(old, new))
    assert [finding for finding in gather(tmp_path).findings if finding.fixable and finding.severity == "error"]
    fix(tmp_path)
    assert gather(tmp_path).findings == []


def test_an_exception_is_kept_while_the_other_record_cannot_be_read(tmp_path: Path, write: Write) -> None:
    reason = {"exceptions": {"sha256-shared": "One file."}}
    one = write(tmp_path, "clip", "One", **SHARED, **reason)
    other = write(tmp_path, "clip", "Other", **SHARED, **reason)
    other.write_text(other.read_text().replace("{", "{,", 1))
    before = one.read_bytes()
    assert {finding.rule for finding in gather(tmp_path).findings} == {"json-syntax"}
    fix(tmp_path)
    assert one.read_bytes() == before


@pytest.mark.parametrize("number", ["1e400", "-1e999"])
def test_a_number_that_no_program_holds_is_told_and_left(number: str, tmp_path: Path, write: Write) -> None:
    file = write(tmp_path, "clip", "Model", legacy={"fields": {"x": 17}})
    file.write_text(file.read_text().replace("17", number))
    before = file.read_bytes()
    assert {finding.rule for finding in gather(tmp_path).findings} == {"json-syntax"}
    fix(tmp_path)
    assert file.read_bytes() == before


def test_only_what_was_named_is_mended(tmp_path: Path, write: Write) -> None:
    write(tmp_path, "image_generation", "One", tags=["rolplay"])
    write(tmp_path, "image_generation", "a/Two", tags=["rolplay"])
    assert fix(tmp_path, Selection(frozenset({"image_generation/a"}))).paths == ["image_generation/a/Two.json"]
