"""Questions in the words of the domain."""

from collections.abc import Callable

import pytest

from horde_reference.query.errors import UnknownField, UnknownValue
from horde_reference.query.query import Query
from horde_reference.records.kinds import Clip, Controlnet, ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline

A, D, X, F = "AlbedoBase XL (SDXL)", "Deliberate", "anything", "Flux"
LLAMA, QWEN, MISTRAL = "a/Llama-3-8B-Q4_K_M", "a/Qwen-7B.GGUF", "a/Mistral-12B"


@pytest.mark.parametrize("baseline", list(Baseline))
def test_a_baseline_in_every_spelling(images: Query[ImageGeneration], baseline: Baseline) -> None:
    expected = images.where(lambda record: record.baseline is baseline).names()
    for spelling in (baseline, baseline.value, baseline.legacy, *baseline.alternatives):
        assert images.for_baseline(spelling).names() == expected
        assert images.for_baseline(spelling.upper()).names() == expected


def test_one_of_several_baselines(images: Query[ImageGeneration], texts: Query[TextGeneration]) -> None:
    assert images.for_baseline("SDXL", "flux_1").names() == [A, F]
    assert images.for_baseline().names() == []
    assert texts.for_baseline("QWEN/qwen", "no such").names() == [QWEN]


def test_a_baseline_that_image_models_do_not_have(images: Query[ImageGeneration]) -> None:
    with pytest.raises(UnknownValue, match=r"no baseline 'stable_diffusion_x'\. Did you mean 'stable_diffusion_xl'"):
        images.for_baseline("SDXL", "stable_diffusion_x")


def test_safe_for_work_or_not(images: Query[ImageGeneration]) -> None:
    assert images.sfw().names() == [D, F]
    assert images.nsfw().names() == [A, X]


def test_inpainting(images: Query[ImageGeneration]) -> None:
    assert images.inpainting().names() == [X]
    assert images.inpainting(flag=False).names() == [A, D, F]


def test_tags(images: Query[ImageGeneration]) -> None:
    assert images.tagged(any_of=["booru", "Scenes"]).names() == [A, F]
    assert images.tagged(all_of=["ANIME", "booru"]).names() == [A]
    assert images.tagged(none_of=["anime"]).names() == [X, F]
    assert images.tagged(any_of=["anime", "scenes"], none_of=["booru"]).names() == [D, F]
    assert images.tagged(any_of=(tag for tag in ["scenes"])).names() == [F]
    assert images.tagged(any_of=[]).count() == images.tagged().count() == 4


def test_a_text_alone_is_one_tag(images: Query[ImageGeneration]) -> None:
    assert images.tagged(any_of="anime").names() == images.tagged(all_of="anime").names() == [A, D]
    assert images.tagged(none_of="anime").names() == [X, F]


def test_parameters(texts: Query[TextGeneration]) -> None:
    assert texts.parameters(at_least=8e9).names() == [LLAMA, MISTRAL]
    assert texts.parameters(at_most=8 * 10**9).names() == [LLAMA, QWEN]
    assert texts.parameters(7.5e9, 9e9).names() == [LLAMA]
    assert texts.parameters().count() == 3


def test_quantisation(texts: Query[TextGeneration]) -> None:
    assert texts.quantised().names() == [LLAMA, QWEN]
    assert texts.quantised(flag=False).names() == [MISTRAL]
    assert texts.quantisation("q4_k_m").names() == [LLAMA]
    assert texts.quantisation("GGUF", "Q4_K_M").names() == [LLAMA, QWEN]
    for none in ("Q4 K M", "large", "model-Q4_K_M", ""):
        with pytest.raises(UnknownValue, match=r"is no quantisation\. Write one as in Q4_K_M"):
            texts.quantisation(none)


def test_control(controlnets: Query[Controlnet]) -> None:
    assert controlnets.for_control("canny").names() == ["net control_canny"]
    assert controlnets.for_control("control_qr", "CANNY").names() == ["net control_canny", "net control_qr"]
    with pytest.raises(UnknownValue, match="Did you mean 'control_canny'"):
        controlnets.for_control("control_cany")


def test_what_fits_on_a_disk(images: Query[ImageGeneration]) -> None:
    assert images.fits(7).names() == [A, D]
    assert images.fits(6.99).names() == [D]
    assert images.fits(0).names() == []


def test_what_a_kind_does_not_have_cannot_be_asked_for(clips: Query[Clip], images: Query[ImageGeneration]) -> None:
    questions: list[Callable[[], object]] = [
        lambda: clips.for_baseline("SDXL"),
        clips.sfw,
        clips.nsfw,
        clips.inpainting,
        clips.tagged,
        clips.parameters,
        lambda: images.parameters(at_least=1),
        images.quantised,
        lambda: images.quantisation("Q8_0"),
        lambda: images.for_control("canny"),
    ]
    for question in questions:
        with pytest.raises(UnknownField, match="models have no field"):
            question()
    assert clips.fits(1).names() == []
