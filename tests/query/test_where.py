"""Conditions select records, and mistakes in them are told at once."""

from typing import Any

import pytest

from horde_reference.query.errors import UnknownField, UnknownValue, Unsuitable
from horde_reference.query.query import Query
from horde_reference.records.base import Config, FinetuneSeries
from horde_reference.records.kinds import Clip, Controlnet, ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline, Style

A, D, X, F = "AlbedoBase XL (SDXL)", "Deliberate", "anything", "Flux"
GIGABYTE = 10**9

SELECTED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, [A, D, X, F]),
    ({"baseline": Baseline.FLUX_1}, [F]),
    ({"baseline": "flux_1"}, [F]),
    ({"baseline": "sdxl"}, [A]),
    ({"baseline": "stable diffusion 1"}, [D, X]),
    ({"baseline__ne": "SD1.5"}, [A, F]),
    ({"baseline__in": ["SDXL", Baseline.FLUX_1]}, [A, F]),
    ({"baseline__not_in": ["SDXL", "flux_1"]}, [D, X]),
    ({"baseline__contains": "DIFFUSION"}, [A, D, X]),
    ({"baseline__in": []}, []),
    ({"style": "Anime"}, [X]),
    ({"style": None}, [D, F]),
    ({"style__ne": None}, [A, X]),
    ({"style__ne": "anime"}, [A, D, F]),
    ({"style__in": ["anime", "realistic"]}, [X]),
    ({"style__in": ["anime", None]}, [D, X, F]),
    ({"style__not_in": ["anime"]}, [A, D, F]),
    ({"style__exists": True}, [A, X]),
    ({"style__exists": False}, [D, F]),
    ({"style__gt": "b"}, [A]),
    ({"nsfw": True, "baseline": "SD1"}, [X]),
    ({"nsfw": True, "inpainting": False}, [A]),
    ({"size": 7 * GIGABYTE}, [A]),
    ({"size__lt": 7e9}, [D]),
    ({"size__le": 7e9}, [A, D]),
    ({"size__gt": 3 * GIGABYTE}, [A]),
    ({"size__ge": 3 * GIGABYTE}, [A, D]),
    ({"size": None}, [X, F]),
    ({"size__ne": 7 * GIGABYTE}, [D, X, F]),
    ({"size_on_disk_bytes__exists": True}, [A]),
    ({"version__ge": "3"}, [A]),
    ({"name": "flux"}, []),
    ({"name__contains": "ALBEDO"}, [A]),
    ({"name__startswith": "an"}, [X]),
    ({"name__startswith": "AN"}, [X]),
    ({"name__endswith": "E"}, [D]),
    ({"name__lt": "B"}, [A, X]),
    ({"tags": "anime"}, [A, D]),
    ({"tags": ("anime",)}, [D]),
    ({"tags": ["anime", "Booru"]}, [A]),
    ({"tags__ne": "anime"}, [X, F]),
    ({"tags__in": ["Booru", "scenes"]}, [A, F]),
    ({"tags__not_in": ["Booru", "scenes"]}, [D, X]),
    ({"tags__contains": "booru"}, [A]),
    ({"tags__contains": "boo"}, []),
    ({"tags__startswith": "boo"}, [A]),
    ({"tags__exists": False}, [X]),
    ({"tags": None}, [X]),
    ({"finetune_series__name": "Pony"}, [D]),
    ({"finetune_series__name__ne": "Pony"}, [A, X, F]),
    ({"finetune_series__version__ge": "5"}, [D]),
    ({"finetune_series__exists": False}, [A, X, F]),
    ({"finetune_series": FinetuneSeries(name="Pony", version="6")}, [D]),
    ({"config": Config()}, [A, F]),
    ({"requirements__clip_skip": 2}, [A]),
    ({"requirements__clip_skip__ge": 1}, [A, X]),
    ({"requirements__clip_skip__lt": "z"}, []),
    ({"requirements__clip_skip__in": [1, "k_heun"]}, [X]),
    ({"requirements__no_such_key": 2}, []),
    ({"requirements__samplers": "k_heun"}, [A]),
    ({"requirements__samplers__contains": "K_HEUN"}, [A]),
    ({"requirements__contains": "clip_skip"}, [A, X]),
    ({"requirements__scheduler__contains": "KAR"}, [A]),
    ({"requirements__scheduler__contains": 2}, []),
    ({"requirements": None}, [D, F]),
    ({"requirements": {"clip_skip": 1}}, [X]),
    ({"requirements__in": [{"clip_skip": 1}]}, [X]),
    ({"requirements__in": []}, []),
    ({"requirements__not_in": [None]}, [A, X]),
    ({"requirements__exists": False}, [D, F]),
    ({"config__download__file_name": "B.ckpt"}, [D]),
    ({"config__download__file_name": ["a.ckpt", "B.ckpt"]}, [D]),
    ({"config__download__file_name__endswith": "CKPT"}, [D, X]),
    ({"config__download__file_url__contains": "CIVITAI"}, [D]),
    ({"config__download__size_bytes__gt": GIGABYTE}, [D]),
    ({"config__download__size_bytes__exists": True}, [D, X]),
    ({"config__download__sha256sum": None}, [A, D, X, F]),
    ({"config__download__exists": True}, [D, X]),
]


@pytest.mark.parametrize(("conditions", "names"), SELECTED, ids=lambda value: str(value)[:60])
def test_conditions_select(images: Query[ImageGeneration], conditions: dict[str, Any], names: list[str]) -> None:
    assert images.where(**conditions).names() == names


def test_several_values_may_come_from_what_can_be_read_once(images: Query[ImageGeneration]) -> None:
    found = images.where(baseline__not_in=iter(["SDXL", "flux_1"]))
    assert found.names() == found.names() == [D, X]


def test_predicates_and_conditions_must_all_hold(images: Query[ImageGeneration]) -> None:
    assert images.where(lambda record: len(record.tags) == 1, lambda record: record.name > "E", nsfw=False).names() == [
        F
    ]


@pytest.mark.parametrize(
    ("keyword", "message"),
    [
        ("basline", "image_generation models have no field 'basline'. Did you mean 'baseline'?"),
        ("base", "image_generation models have no field 'base'. Did you mean 'baseline'?"),
        ("Baseline", "image_generation models have no field 'Baseline'. Did you mean 'baseline'?"),
        ("name__start", "'name' of image_generation models has no part 'start'. Did you mean 'startswith'?"),
        (
            "finetune_series__nam",
            "'finetune_series' of image_generation models has no part 'nam'. Did you mean 'name'?",
        ),
        ("config__download__url", "'config__download' of image_generation models has no part 'url'."),
        ("ne", "image_generation models have no field 'ne'."),
        ("", "image_generation models have no field ''."),
    ],
)
def test_a_misspelt_keyword_is_told_at_once(images: Query[ImageGeneration], keyword: str, message: str) -> None:
    with pytest.raises(UnknownField) as caught:
        images.where(**{keyword: "x"})
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, LookupError)


def test_an_operator_that_does_not_stand_last_is_not_suggested(images: Query[ImageGeneration]) -> None:
    with pytest.raises(UnknownField) as caught:
        images.where(size__lt__gt=1)
    assert str(caught.value) == "'size' of image_generation models has no part 'lt'."


def test_where_no_field_is_near_all_are_listed(clips: Query[Clip]) -> None:
    with pytest.raises(UnknownField) as caught:
        clips.where(zzz=1)
    listed = "name, description, version, finetune_series, config, size_on_disk_bytes, pretrained_name, size"
    assert str(caught.value) == f"clip models have no field 'zzz'. Use one of: {listed}."


@pytest.mark.parametrize("private", ["legacy", "exceptions", "aliases", "withdrawn", "legacy__key", "category"])
def test_what_is_not_published_cannot_be_asked_for(images: Query[ImageGeneration], private: str) -> None:
    with pytest.raises(UnknownField) as caught:
        images.where(**{private: None})
    assert private not in caught.value.known


def test_only_text_models_have_a_quantisation(images: Query[ImageGeneration], texts: Query[TextGeneration]) -> None:
    assert texts.distinct("quantisation") == ["GGUF", "Q4_K_M"]
    with pytest.raises(UnknownField, match="no field 'quantisation'"):
        images.where(quantisation="Q8_0")


def test_text_models_are_found_by_the_group_that_their_name_says(
    images: Query[ImageGeneration], texts: Query[TextGeneration]
) -> None:
    assert texts.where(text_model_group="Llama-3").names() == ["a/Llama-3-8B-Q4_K_M"]
    assert texts.distinct("text_model_group") == ["Llama-3", "Mistral", "Qwen"]
    with pytest.raises(UnknownField, match="no field 'text_model_group'"):
        images.where(text_model_group="Llama-3")


@pytest.mark.parametrize("keyword", ["baseline", "baseline__ne"])
def test_a_value_that_no_vocabulary_has_is_told_at_once(images: Query[ImageGeneration], keyword: str) -> None:
    with pytest.raises(UnknownValue) as caught:
        images.where(**{keyword: "stable_difusion_xl"})
    said = "image_generation models have no baseline 'stable_difusion_xl'. Did you mean 'stable_diffusion_xl'?"
    assert str(caught.value) == said
    assert isinstance(caught.value, ValueError)


def test_each_of_several_values_must_be_known(images: Query[ImageGeneration], controlnets: Query[Controlnet]) -> None:
    with pytest.raises(UnknownValue, match=r"no style 'amine'\. Did you mean 'anime'"):
        images.where(style__in=[Style.ANIME, "amine"])
    with pytest.raises(UnknownValue, match="no controlnet_style 'cany'"):
        controlnets.where(controlnet_style="cany")
    assert controlnets.where(controlnet_style="canny").count() == 1


@pytest.mark.parametrize(
    ("keyword", "wanted", "message"),
    [
        ("size__lt", "7e9", "'size' of image_generation models holds numbers; it cannot be asked lt '7e9'."),
        ("size__lt", None, "holds numbers; it cannot be asked lt None"),
        ("size", "7", "holds numbers; it is never '7'"),
        ("version", 3, "'version' of image_generation models holds texts; it is never 3."),
        ("name__gt", 3, "holds texts; it cannot be asked gt 3"),
        ("name__contains", 3, "holds texts"),
        ("name__startswith", ("a", "b"), "holds texts"),
        ("size__contains", 7, "holds numbers"),
        ("size__startswith", "7", "holds numbers"),
        ("nsfw", "yes", "holds true or false; it is never 'yes'"),
        ("style__exists", "no", "cannot be asked exists 'no'"),
        ("baseline", ["SDXL", "SD1"], r"For one of several, ask baseline__in=\['SDXL', 'SD1'\]"),
        ("baseline__in", "SDXL", "cannot be in 'SDXL': a list of values is needed"),
        ("size__in", 7, "a list of values is needed"),
        ("baseline", 1, "holds texts"),
        ("tags", 1, "holds texts"),
        ("tags", [1], "holds texts"),
        ("config", "a.ckpt", "holds Config; it is never 'a.ckpt'"),
        ("config__gt", Config(), "cannot be asked gt"),
        ("requirements", "clip_skip", "holds values by key"),
        ("finetune_series__in", ["Pony"], "holds FinetuneSeries"),
    ],
)
def test_what_no_record_can_answer_is_told_at_once(
    images: Query[ImageGeneration], keyword: str, wanted: object, message: str
) -> None:
    with pytest.raises(Unsuitable, match=message):
        images.where(**{keyword: wanted})
