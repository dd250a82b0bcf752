"""What is published of the groups of text models."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hard_names import ODD

from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit import api, text_groups
from horde_reference.emit.head import headed
from horde_reference.emit.openapi.table import endpoint_of
from horde_reference.finding import has_errors
from horde_reference.records.base import Withdrawal
from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.check import check
from horde_reference.text.conventions import Convention
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import groups_of
from horde_reference.text.name_schema import NameSchema
from horde_reference.text.parts import Part
from horde_reference.tree import Digests
from horde_reference.workflows.build import build
from horde_reference.workflows.gather import gather

ROOT = "api/model_references/v2/text_generation"


def model(name: str, **stated: Any) -> TextGeneration:
    return TextGeneration(name=name, parameters=8 * 10**9, **stated)


def published(*models: TextGeneration, grouping: Grouping = Grouping()) -> dict[str, Any]:  # noqa: B008 - is frozen
    files = text_groups.emit(Edition(Corpus.of(models), grouping=grouping))
    return {path.removeprefix(f"{ROOT}/").removesuffix(".json"): json.loads(bytes(body)) for path, body in files}


def test_a_group_has_all_that_is_known_of_its_models() -> None:
    page = "https://example.org/cat"
    one = model("a/Cat-8B-Instruct-Q4_K_M", baseline="Lion", url=page, tags=("x",), display_name="Cat", style="chat")
    two = model("b/Cat-70B-v2-2407", url=page, tags=("x",), description="A large cat.", instruct_format="ChatML")
    said = published(two, one)["group/Cat"]
    assert [member["name"] for member in said["members"]] == [one.name, two.name]
    assert said["members"][0] == {
        "name": one.name,
        "parsed": {
            "base_name": "a/Cat", "size": "8B", "variant": "Instruct", "quant": "Q4_K_M", "version": None, "extras": [],
        },
        "parameters": 8 * 10**9, "baseline": "Lion", "nsfw": False, "description": "", "url": page, "style": "chat",
        "tags": ["x"], "display_name": "Cat", "instruct_format": None, "is_backend_duplicate": False,
        "backend_prefix": None,
    }  # fmt: skip
    assert said["members"][1]["parsed"]["extras"] == [{"value": "2407", "position": 1, "inferred_type": "DATE"}]
    assert said["common_fields"] == {"url": page, "nsfw": False, "tags": ["x"]}
    assert (said["available_sizes"], said["size_usage"]) == (["70B", "8B"], {"70B": 1, "8B": 1})
    assert (said["available_variants"], said["variant_usage"]) == ([None, "Instruct"], {"Instruct": 1})
    assert (said["available_quants"], said["quant_usage"]) == ([None, "Q4_K_M"], {"Q4_K_M": 1})
    assert said["available_versions"] == ["v2"]
    assert said["name_format"]["template"] == "{author}/{base}-{size}-{variant}-{quant}"
    assert (said["canonical_count"], said["related_family"], said["exception_members"]) == (2, None, [])


def test_what_all_models_state_is_common_also_where_it_is_nothing() -> None:
    said = published(model("a/Cat-8B", instruct_format="ChatML"), model("a/Cat-70B", instruct_format="ChatML"))
    common = said["group/Cat"]["common_fields"]
    assert common == {
        "baseline": "", "description": "", "url": "", "nsfw": False, "tags": [], "style": "",
        "instruct_format": "ChatML",
    }  # fmt: skip


def test_a_group_is_found_under_its_aliases_and_knows_its_family() -> None:
    grouping = Grouping({"Cat": ("Katze", "Kitten")}, {"Pets": ("Cat", "Dog")})
    said = published(model("a/Cat-8B"), model("a/Dog-8B"), model("a/Cow-8B"), grouping=grouping)
    assert said["group/Kitten"] == said["group/Katze"] == said["group/Cat"]
    assert said["group/Kitten/name_schema"] == said["group/Cat/name_schema"]
    assert said["group/Cat"]["related_family"] == "Pets"
    assert said["aliases"] == {"entries": [{"canonical": "Cat", "aliases": ["Katze", "Kitten"]}]}
    assert said["families"] == {"families": [{"family_name": "Pets", "members": ["Cat", "Dog"]}]}
    assert said["groups"] == {"groups": ["Cat", "Cow", "Dog"]}
    summary = said["groups/summary"]
    assert [one["family_name"] for one in summary["groups"]] == ["Pets", None, "Pets"]
    assert [one["aliases"] for one in summary["groups"]] == [["Katze", "Kitten"], [], []]
    assert (summary["groups_with_families"], summary["groups_with_aliases"]) == (2, 1)


def test_a_stated_schema_goes_before_the_one_that_names_show() -> None:
    schema = Convention(NameSchema("-", (Part.BASE, Part.SIZE)), common_author="a")
    said = published(
        model("a/Cat-8B"), model("a/Cat-8B-v1"), model("b/Cat-2B"), grouping=Grouping(name_schemas={"Cat": schema})
    )
    assert said["group/Cat"]["exception_members"] == ["a/Cat-8B-v1", "b/Cat-2B"]
    assert said["group/Cat/name_schema"] == {
        "group_name": "Cat",
        "is_custom": True,
        "name_schema": {
            "separator": "-", "part_order": ["base", "size"], "author_included": True, "common_author": "a",
            "template": "{author}/{base}-{size}", "extra_parts": [],
        },
    }  # fmt: skip
    assert said["group/Cat"]["name_schema_is_custom"]
    assert said["groups/summary"]["groups"][0]["has_custom_schema"]


def test_families_are_proposed_for_groups_that_belong_to_none() -> None:
    models = [model(f"a/Cat-{name}-8B") for name in ("One", "Two", "Three", "Four")]
    free = published(*models)["families/detect"]
    assert free["suggestions"] == [{"family_name": "Cat", "members": ["Cat-Four", "Cat-One", "Cat-Three", "Cat-Two"]}]
    rest = published(*models, grouping=Grouping(families={"Odd": ("Cat-One", "Cat-Three")}))["families/detect"]
    assert rest["suggestions"] == [{"family_name": "Cat", "members": ["Cat-Four", "Cat-Two"]}]
    assert (rest["total_groups_analyzed"], rest["standalone_groups"]) == (2, 0)


def test_models_that_are_withdrawn_are_in_no_group() -> None:
    gone = Withdrawal(reason="Gone.", date="2026-11-23")
    said = published(model("a/Cat-8B"), model("a/Cat-70B", withdrawn=gone), model("a/Dog-8B", withdrawn=gone))
    assert said["groups"] == {"groups": ["Cat"]}
    assert said["group/Cat"]["canonical_count"] == 1
    assert published()["groups/summary"]["total_groups"] == 0


def test_baselines_are_listed_once() -> None:
    said = published(model("a/Cat-8B", baseline="b"), model("a/Dog-8B", baseline="a"), model("a/Cow-8B", baseline="b"))
    assert said["distinct_baselines"] == {"baselines": ["a", "b"]}


def test_a_published_record_says_its_group() -> None:
    edition = Edition(Corpus.of([model("a/Cat-8B", aliases=("a/Kitten-8B",)), model("a/Cat-70B")]))
    for path, body in api.emit(edition):
        if "/text_generation/model/" in path:
            assert json.loads(bytes(body))["text_model_group"] == "Cat"


def test_groups_whose_names_are_parsed_already_give_the_same() -> None:
    corpus = Corpus.of([model("a/Cat-8B"), model("b/Dog-8B")])
    known = Edition(corpus, known_groups=groups_of([model("a/Cat-8B"), model("b/Dog-8B")]))
    assert [*text_groups.emit(known)] == [*text_groups.emit(Edition(corpus))]
    assert known.group_of("text_generation") == {"a/Cat-8B": "Cat", "b/Dog-8B": "Dog"}


def test_files_of_groups_are_listed_with_those_that_grow_in_number() -> None:
    edition = Edition(Corpus.of([model("a/Cat-8B")]))
    tree = {path: bytes(body) for path, body in headed(text_groups.emit(edition), edition, Digests())}
    assert set(json.loads(tree["files.json"])["files"]) == {
        f"{ROOT}/group/Cat.json",
        f"{ROOT}/group/Cat/name_schema.json",
    }
    assert f"{ROOT}/groups/health.json" in json.loads(tree["head.json"])["files"]


ODD_MODELS = [model(f"author{number}/{name}-8B") for number, name in enumerate(ODD) if len(name) < 100]


def test_any_name_makes_a_group_with_an_address_of_its_own() -> None:
    models = [one for one in ODD_MODELS if not has_errors(check(Corpus.of([one])))]
    assert len(models) > 60
    groups = groups_of(models)
    assert not any("/" in name or name in {"", ".", ".."} for name in groups)
    files = [path for path, _ in text_groups.emit(Edition(Corpus.of(models)))]
    assert len(files) == len({*files}) == 7 + 2 * len(groups)
    for name in groups:
        one, other = endpoint_of(f"{ROOT}/group/{name}.json"), endpoint_of(f"{ROOT}/group/{name}/name_schema.json")
        assert (one and one.shape, other and other.shape) == ("text_group", "text_group_name_schema")


def test_a_group_called_like_the_file_of_its_schema_is_no_other(tmp_path: Path, write: Callable[..., Path]) -> None:
    for name in ("a/name_schema-8B", "a/Cat-8B", "a/group-8B", "a/100% Cat?-8B"):
        write(tmp_path / "data", "text_generation", name)
    assert not has_errors(build(tmp_path / "data", tmp_path / "public").findings)
    root = tmp_path / "public" / ROOT
    for group in ("name_schema", "Cat", "group", "100% Cat?"):
        assert json.loads((root / f"group/{group}.json").read_bytes())["group_name"] == group
        assert json.loads((root / f"group/{group}/name_schema.json").read_bytes())["group_name"] == group


@pytest.mark.parametrize("alias", ["a/b", "Cat/name_schema", "..", "index", "x.json", "dog", "Cat"])
def test_an_alias_cannot_take_the_place_of_another_file(alias: str) -> None:
    corpus = Corpus.of([model("a/Cat-8B"), model("a/Dog-8B")])
    rules = {one.rule for one in check(corpus, Grouping({"Cat": (alias,)})) if has_errors([one])}
    assert rules & {"group-alias-form", "group-alias-taken"}


def test_the_groups_of_the_real_models_are_sound(adopted: Path) -> None:
    checked = gather(adopted)
    assert sum(len(group.members) for group in checked.groups.values()) == 719
    ours = [one for one in checked.findings if one.rule.startswith(("group", "inconsistent", "family", "name-schema"))]
    assert [(Path(one.path).stem, one.rule) for one in ours] == [("OPT-6B-nerys-v2", "group-spelling")]
