"""Conditions as people type them."""

import pytest

from horde_reference.query.conditions import parse_condition
from horde_reference.query.errors import UnknownField, UnknownValue, Unsuitable
from horde_reference.query.query import Query
from horde_reference.records.base import Record
from horde_reference.records.kinds import Controlnet, ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline, ControlnetStyle

IMAGE: list[tuple[str, str, object]] = [
    ("baseline=stable_diffusion_xl", "baseline", Baseline.STABLE_DIFFUSION_XL),
    ("baseline = SDXL", "baseline", Baseline.STABLE_DIFFUSION_XL),
    ("baseline==SDXL", "baseline", Baseline.STABLE_DIFFUSION_XL),
    ("baseline!=SDXL", "baseline__ne", Baseline.STABLE_DIFFUSION_XL),
    ("baseline~=xl", "baseline__contains", "xl"),
    ("name~=albedo", "name__contains", "albedo"),
    ("name=a=b", "name", "a=b"),
    ("name=a>b", "name", "a>b"),
    ("name=true", "name", "true"),
    ("version!=1", "version__ne", "1"),
    ("size<7000000000", "size__lt", 7_000_000_000),
    ("size<=7e9", "size__le", 7_000_000_000),
    ("size>1.5", "size__gt", 1.5),
    ("size>=-1", "size__ge", -1),
    ("nsfw=true", "nsfw", True),
    ("nsfw=NO", "nsfw", False),
    ("tags=anime", "tags__contains", "anime"),
    ("tags!=anime", "tags__ne", "anime"),
    ("tags=", "tags__exists", False),
    ("style=", "style__exists", False),
    ("style!= ", "style__exists", True),
    ("finetune_series.name=Pony", "finetune_series__name", "Pony"),
    ("finetune_series__name=Pony", "finetune_series__name", "Pony"),
    ("config.download.file_name=a.ckpt", "config__download__file_name", "a.ckpt"),
    ("requirements=clip_skip", "requirements__contains", "clip_skip"),
    ("requirements.clip_skip>=2", "requirements__clip_skip__ge", 2),
    ("requirements.samplers=k_heun", "requirements__samplers", "k_heun"),
    ("requirements.flag=true", "requirements__flag", True),
]


@pytest.mark.parametrize(("text", "keyword", "value"), IMAGE)
def test_a_condition_of_image_models(images: Query[ImageGeneration], text: str, keyword: str, value: object) -> None:
    found = parse_condition(text, ImageGeneration)
    assert found == (keyword, value)
    assert type(found[1]) is type(value)
    assert images.where(**dict([found])).count() == images.where(**{keyword: value}).count()


@pytest.mark.parametrize(
    ("kind", "text", "keyword", "value"),
    [
        (TextGeneration, "parameters>=7e9", "parameters__ge", 7_000_000_000),
        (TextGeneration, "baseline=Qwen/Qwen", "baseline", "Qwen/Qwen"),
        (TextGeneration, "quantisation=Q4_K_M", "quantisation", "Q4_K_M"),
        (TextGeneration, "settings.temperature<1", "settings__temperature__lt", 1),
        (Controlnet, "controlnet_style=canny", "controlnet_style", ControlnetStyle.CANNY),
    ],
)
def test_a_condition_of_other_models(kind: type[Record], text: str, keyword: str, value: object) -> None:
    assert parse_condition(text, kind) == (keyword, value)


def test_a_condition_selects(images: Query[ImageGeneration]) -> None:
    def names(text: str) -> list[str]:
        return images.where(**dict([parse_condition(text, ImageGeneration)])).names()

    assert names("tags=ANIME") == ["AlbedoBase XL (SDXL)", "Deliberate"]
    assert names("tags=") == ["anything"]
    assert names("requirements.samplers=k_heun") == ["AlbedoBase XL (SDXL)"]
    assert names("config.download.file_url~=civitai") == ["Deliberate"]
    assert names("size<=3e9") == ["Deliberate"]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("basline=x", UnknownField, "have no field 'basline'. Did you mean 'baseline'"),
        ("legacy.key=x", UnknownField, "have no field 'legacy'"),
        ("size.lt=1", UnknownField, "'size' of image_generation models has no part 'lt'"),
        ("baseline=sdlx1", UnknownValue, "have no baseline 'sdlx1'"),
        ("nsfw=maybe", Unsuitable, "holds true or false; it is never 'maybe'"),
        ("nsfw=1", Unsuitable, "holds true or false; it is never '1'"),
        ("size>big", Unsuitable, "holds numbers; it cannot be asked gt 'big'"),
        ("size<nan", Unsuitable, "holds numbers"),
        ("size<inf", Unsuitable, "holds numbers"),
        ("size~=7", Unsuitable, "holds numbers"),
        ("size<", Unsuitable, "there must be a value behind <"),
        ("name~=", Unsuitable, "there must be a value behind ~="),
        ("config=x", Unsuitable, "holds Config"),
        ("name", Unsuitable, "'name' is no condition. Write field, sign and value"),
        ("name!x", Unsuitable, "is no condition"),
        ("=x", Unsuitable, "is no condition"),
        ("", Unsuitable, "is no condition"),
    ],
)
def test_a_condition_that_makes_no_sense(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        parse_condition(text, ImageGeneration)
