"""Groups of text models follow from their names; what people state of them goes on top."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from horde_reference.records.kinds import TextGeneration
from horde_reference.text.conventions import Convention, inferred
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import Group, Member, groups_of, meant
from horde_reference.text.health import Issue, issues
from horde_reference.text.name_schema import NameSchema
from horde_reference.text.names import parse_name
from horde_reference.text.parts import Part


def model(name: str, **stated: Any) -> TextGeneration:
    return TextGeneration(name=name, parameters=8 * 10**9, **stated)


def convention(*names: str) -> Convention:
    return inferred(map(parse_name, names))


def test_a_group_is_what_its_models_are_called() -> None:
    found = groups_of(map(model, ["b/Cat-70B", "a/Cat-8B-v2", "a/Dog-8B", "a/Cat-8B-Q4_K_M", "cat-1B"]))
    assert {name: [member.record.name for member in group.members] for name, group in found.items()} == {
        "Cat": ["a/Cat-8B-Q4_K_M", "a/Cat-8B-v2", "b/Cat-70B"],
        "Dog": ["a/Dog-8B"],
        "cat": ["cat-1B"],
    }
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("names", "template"),
    [
        (["a/Cat-8B"], "{author}/{base}-{size}"),
        (["Cat_8B_v1"], "{base}_{size}_{version}"),
        (["a/Cat-8B", "a/Cat-8B-v1-Instruct", "a/Cat-v2"], "{author}/{base}-{size}-{version}-{variant}"),
        (["a/Cat-v1-8B", "a/Cat-8B-v1"], "{author}/{base}-{version}-{size}"),  # of equals the first
        (["a/Cat-8B-Q4_K_M", "a/Cat-8B-Q5_K_M"], "{author}/{base}-{size}-{quant}"),  # `_` of quantisations counts not
        (["a_b_c_d/Cat-8B"], "{author}/{base}-{size}"),  # nor that of an author
        (["a/Cat-8B-A1B-2407-32K"], "{author}/{base}-{size}-{extra:ACTIVE}-{extra:DATE}-{extra:CONTEXT}"),
        (["a/8B"], "{author}/{base}-{size}"),  # what is only a size is called so
    ],
)
def test_a_convention_is_read_off_the_names(names: list[str], template: str) -> None:
    assert convention(*names).template == template


def test_an_author_is_common_only_where_it_is_the_same_for_all() -> None:
    assert convention("a/Cat-8B", "a/Cat-70B").common_author == "a"
    assert convention("a/Cat-8B", "b/Cat-70B").common_author is None
    mixed = convention("a/Cat-8B", "Cat-70B")
    assert (mixed.common_author, mixed.author_included) == (None, True)
    assert not convention("Cat-70B").author_included
    assert convention("a/Cat-8B-2407-32K").extra_parts == ["DATE", "CONTEXT"]


@pytest.mark.parametrize(
    ("name", "follows"),
    [
        ("a/Cat-8b-chat", True),
        ("a/Cat-8B", True),
        ("a/Cat", True),
        ("a/Big-Cat-8B-Instruct", True),
        ("a/Cat-Instruct-8B", False),
        ("a/Cat_8B", False),
        ("a/Cat-8B-v1", False),
        ("a/Cat-8B-Mix", False),  # the base has to stand in one piece
        ("Cat-8B", False),
        ("b/Cat-8B", False),
        ("aphrodite/a/Cat-8B", True),
    ],
)
def test_a_name_follows_a_convention_if_its_parts_written_so_give_it(name: str, *, follows: bool) -> None:
    stated = Convention(NameSchema("-", (Part.BASE, Part.SIZE, Part.VARIANT)), common_author="a")
    assert stated.is_followed(parse_name(name)) is follows


def test_without_authors_only_names_without_follow() -> None:
    bare = Convention(NameSchema("-", (Part.BASE, Part.SIZE)), author_included=False)
    assert bare.is_followed(parse_name("Cat-8B"))
    assert not bare.is_followed(parse_name("a/Cat-8B"))


def test_an_alias_leads_to_its_group_and_merges_nothing() -> None:
    stated = Grouping({"Cat": ("Kitten", "Katze")}, {"Pets": ("Cat", "Dog")})
    assert [stated.resolve(name) for name in ("Kitten", "Katze", "Cat", "Cow")] == ["Cat", "Cat", "Cat", "Cow"]
    assert [stated.family_of(name) for name in ("Cat", "Kitten", "Cow")] == ["Pets", None, None]
    assert list(groups_of(map(model, ["Kitten-8B", "Cat-8B"]))) == ["Cat", "Kitten"]


def test_health_is_said_in_the_words_of_the_live_service() -> None:
    found = groups_of(
        [
            model("Cat-8B", baseline="Lion", description="A cat."),
            model("Cat-70B", baseline="Bear", nsfw=True),
            model("Cat-2B"),
            model("Dog-8B", baseline="Wolf", description="A dog."),
        ]
    )
    assert [(one.issue_type, one.message, one.severity) for one in issues(found["Cat"])] == [
        ("inconsistent_baseline", "Members have different baselines: Bear, Lion", "warning"),
        ("inconsistent_nsfw", "Members differ in nsfw: it is true for 1 of 3", "warning"),
        ("missing_baseline", "1 member(s) missing baseline", "warning"),
        ("missing_description", "2 member(s) missing description", "info"),
    ]
    said = "Group has only 1 canonical model - may not need a group"
    assert list(issues(found["Dog"])) == [Issue("Dog", "singleton_group", said, "warning")]


def test_health_is_what_the_live_service_says_of_the_same_groups(shared: Path) -> None:
    folder = shared / "contract/responses/api/model_references/v2"
    theirs = json.loads((folder / "text_generation/groups/health.json").read_bytes())["issues"]
    members: dict[str, list[TextGeneration]] = {}
    for record in json.loads((folder / "text_generation.json").read_bytes()).values():
        stated = {key: record[key] or None for key in ("baseline", "description") if key in record}
        members.setdefault(record["text_model_group"], []).append(model(record["name"], nsfw=record["nsfw"], **stated))
    said = parse_name("any")
    groups = (Group(name, tuple(Member(one, said) for one in found)) for name, found in sorted(members.items()))
    assert [asdict(issue) for group in groups for issue in issues(group)] == theirs


def test_a_name_that_is_none_gets_a_hint() -> None:
    known = ["Qwen2.5", "Qwen3", "llama"]
    assert meant("qwen4", known) == "Did you mean Qwen3?"
    assert meant("Zebra", known) == meant("", []) == "See horde-reference groups list."
