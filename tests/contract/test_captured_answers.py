"""Answers captured from the live service, beside ours."""

import json
from pathlib import Path

import pytest

CAPTURED = [
    "blip", "clip", "codeformer", "controlnet", "esrgan", "gfpgan", "safety_checker", "image_generation",
    "text_generation", "miscellaneous", "lora", "ti", "model_categories",
]  # fmt: skip
REFERENCES = "api/model_references"


@pytest.mark.parametrize("name", CAPTURED)
def test_v1_says_the_same(name: str, shared: Path, published: Path) -> None:
    theirs = json.loads((shared / f"contract/responses/{REFERENCES}/v1/{name}.json").read_bytes())
    assert json.loads((published / f"{REFERENCES}/v1/{name}.json").read_bytes()) == theirs


def test_v2_lists_the_same_categories(shared: Path, published: Path) -> None:
    theirs = json.loads((shared / f"contract/responses/{REFERENCES}/v2/model_categories.json").read_bytes())
    assert json.loads((published / f"{REFERENCES}/v2/model_categories.json").read_bytes()) == theirs


def test_info_has_the_same_form(shared: Path, published: Path) -> None:
    theirs = json.loads((shared / f"contract/responses/{REFERENCES}/v1/info.json").read_bytes())
    ours = json.loads((published / f"{REFERENCES}/v1/info.json").read_bytes())
    assert {key: type(value) for key, value in ours.items()} == {key: type(value) for key, value in theirs.items()}


@pytest.mark.parametrize("category", ["blip", "image_generation"])
def test_v2_records_say_all_that_was_captured(category: str, shared: Path, published: Path) -> None:
    theirs = json.loads((shared / f"contract/responses/{REFERENCES}/v2/{category}.json").read_bytes())
    ours = json.loads((published / f"{REFERENCES}/v2/{category}.json").read_bytes())
    assert theirs
    assert ours.keys() == theirs.keys()
    for name, record in theirs.items():
        said = {key: value for key, value in record.items() if key != "metadata"}  # times come from history
        assert {key: ours[name][key] for key in said} == said
