"""Families are proposed from how the names of groups begin, as the live service does."""

import json
import time
from pathlib import Path

import pytest

from horde_reference.text.families import detect

CAPTURED = {
    "detect": {},
    "detect@min_prefix_length=5&min_family_size=3": {"min_prefix_length": 5, "min_family_size": 3},
}


@pytest.mark.parametrize(("file", "least"), CAPTURED.items(), ids=CAPTURED)
def test_the_groups_of_the_live_service_have_the_families_that_it_proposes(
    file: str, least: dict[str, int], shared: Path
) -> None:
    folder = shared / "contract/responses/api/model_references/v2/text_generation"
    groups = json.loads((folder / "groups.json").read_bytes())["groups"]
    theirs = json.loads((folder / f"families/{file}.json").read_bytes())["suggestions"]
    assert len(theirs) == (63 if not least else 26)
    assert [{"family_name": name, "members": members} for name, members in detect(groups, **least).items()] == theirs


def test_the_longest_beginning_claims_its_groups() -> None:
    groups = ["Cat-Big-One", "Cat-Big-Two", "Cat-Small", "Cat-Tiny", "Cat"]
    assert detect(groups) == {"Cat": ["Cat-Small", "Cat-Tiny"], "Cat-Big": ["Cat-Big-One", "Cat-Big-Two"]}
    assert detect(reversed(groups)) == detect(groups + groups) == detect(groups)


def test_short_beginnings_and_small_families_are_none() -> None:
    assert detect(["ab-One", "ab-Two"]) == {}
    assert detect(["ab-One", "ab-Two"], min_prefix_length=2) == {"ab": ["ab-One", "ab-Two"]}
    assert detect(["abc-One", "abcd-Two", "abc"]) == {}
    assert detect(["abc-One", "abc-Two"], min_family_size=3) == {}


def test_a_name_of_hyphens_takes_no_longer_than_its_length() -> None:
    start = time.monotonic()
    assert detect(["-" * 500_000, "x-" * 250_000]) == {}
    assert time.monotonic() - start < 5
