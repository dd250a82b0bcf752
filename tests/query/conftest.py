"""A few records made by hand, as queries."""

import pytest
from hypothesis import HealthCheck, settings

from horde_reference.query.query import Query
from horde_reference.records.base import Config, Download, FinetuneSeries
from horde_reference.records.kinds import Clip, Controlnet, ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline, ControlnetStyle, Style

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

GIGABYTE = 10**9


def download(name: str, size: int | None = None, host: str = "huggingface.co") -> Download:
    return Download(file_name=name, file_url=f"https://{host}/{name}", size_bytes=size)


@pytest.fixture
def images() -> Query[ImageGeneration]:
    """Four image models: sizes stated, summed, half known, unknown."""
    records = [
        ImageGeneration(
            name="AlbedoBase XL (SDXL)",
            baseline=Baseline.STABLE_DIFFUSION_XL,
            style=Style.GENERALIST,
            nsfw=True,
            version="3.1",
            size_on_disk_bytes=7 * GIGABYTE,
            requirements={"clip_skip": 2, "samplers": ("k_euler_a", "k_heun"), "scheduler": "karras"},
            tags=("anime", "Booru"),
        ),
        ImageGeneration(
            name="Deliberate",
            baseline=Baseline.STABLE_DIFFUSION_1,
            nsfw=False,
            config=Config(download=(download("a.ckpt", GIGABYTE), download("B.ckpt", 2 * GIGABYTE, "civitai.com"))),
            finetune_series=FinetuneSeries(name="Pony", version="6"),
            tags=("anime",),
        ),
        ImageGeneration(
            name="anything",
            baseline=Baseline.STABLE_DIFFUSION_1,
            style=Style.ANIME,
            nsfw=True,
            inpainting=True,
            config=Config(download=(download("c.ckpt", GIGABYTE), download("d.ckpt"))),
            requirements={"clip_skip": 1},
        ),
        ImageGeneration(name="Flux", baseline=Baseline.FLUX_1, nsfw=False, tags=("scenes",), requirements={}),
    ]
    return Query(ImageGeneration, lambda: {record.name: record for record in records})


@pytest.fixture
def texts() -> Query[TextGeneration]:
    """Text models, with and without a quantisation in their names."""
    records = [
        TextGeneration(name="a/Llama-3-8B-Q4_K_M", parameters=8 * GIGABYTE, baseline="meta/Llama-3"),
        TextGeneration(name="a/Qwen-7B.GGUF", parameters=7 * GIGABYTE, baseline="Qwen/Qwen"),
        TextGeneration(name="a/Mistral-12B", parameters=12 * GIGABYTE, settings={"temperature": 0.75}),
    ]
    return Query(TextGeneration, lambda: {record.name: record for record in records})


@pytest.fixture
def controlnets() -> Query[Controlnet]:
    """ControlNets, one of a style whose name starts as another one's."""
    styles = [ControlnetStyle.CANNY, ControlnetStyle.QR, ControlnetStyle.QR_XL]
    records = [Controlnet(name=f"net {style}", controlnet_style=style) for style in styles]
    return Query(Controlnet, lambda: {record.name: record for record in records})


@pytest.fixture
def clips() -> Query[Clip]:
    """A kind with no more fields than every record has, and one of its own."""
    return Query(Clip, lambda: {"ViT-L/14": Clip(name="ViT-L/14")})
