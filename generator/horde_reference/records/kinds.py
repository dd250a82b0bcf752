"""The record types, one for each category, with the fields that only it has."""

from typing import Annotated, ClassVar

from horde_reference.records.base import Flat, ImageRepositoryRecord, LegacyRow, Record, Text, Url, model
from horde_reference.records.limits import Field
from horde_reference.records.settings import SettingName
from horde_reference.records.vocabulary import Baseline, ControlnetStyle, Style

Tags = Annotated[tuple[Text, ...], Field(examples=[["anime", "booru"]])]
Trigger = Annotated[tuple[Text, ...], Field(examples=[["ghibli style"]])]
Showcases = tuple[Url, ...]
Requirements = Annotated[dict[str, Flat] | None, Field(examples=[{"clip_skip": 2, "samplers": ["k_euler_a"]}])]


@model
class ImageGeneration(ImageRepositoryRecord):
    """A checkpoint that makes images."""

    category: ClassVar[str] = "image_generation"

    baseline: Annotated[Baseline, Field(examples=["stable_diffusion_xl"])]
    """Image model that this one was trained from."""
    style: Annotated[Style | None, Field(examples=["realistic"])] = None
    """Look that the model is best at."""
    nsfw: bool
    """Whether the model was trained on pictures that are not safe for work."""
    inpainting: bool = False
    """Whether the model fills in masked parts of a picture."""
    optimization: Annotated[str | None, Field(min_length=1, examples=["lightning"])] = None
    """Distillation that lets the model work in fewer steps."""
    tags: Tags = ()
    """Words to find the model by."""
    trigger: Trigger = ()
    """Words that bring out the model's style when they stand in a prompt."""
    showcases: Showcases = ()
    """Addresses of pictures made with the model."""
    homepage: Url | None = None
    """Page of the model, at most 256 characters."""
    requirements: Requirements = None
    """What a request must keep to, such as steps, samplers, clip skip. Flat: numbers, texts, flags, lists of them."""
    min_bridge_version: Annotated[int | None, Field(ge=0)] = None
    """Lowest version of the worker software that can run the model."""


@model
class TextGeneration(Record):
    """A language model."""

    category: ClassVar[str] = "text_generation"

    parameters: Annotated[int, Field(gt=0, examples=[8_000_000_000])]
    """Number of parameters that the horde reckons with. For mixtures of experts about half of the total."""
    baseline: Annotated[str | None, Field(min_length=1, examples=["Qwen/Qwen3.5-27B"])] = None
    """Language model that this one was trained from, usually `author/name`."""
    style: Annotated[str | None, Field(min_length=1, examples=["roleplay"])] = None
    """What the model is best at: chat, roleplay, story, coder, utility, generalist …."""
    nsfw: bool = False
    """Whether the model was trained for content that is not safe for work."""
    display_name: Annotated[str | None, Field(min_length=1, examples=["Magnum v4 123B"])] = None
    """Name to show instead of the last part of `name`."""
    url: Url | None = None
    """Page of the model."""
    tags: Tags = ()
    """Words to find the model by."""
    instruct_format: Annotated[str | None, Field(min_length=1, examples=["ChatML"])] = None
    """Prompt template that the model was trained with."""
    settings: Annotated[dict[SettingName, Flat] | None, Field(examples=[{"temperature": 0.75, "min_p": 0.1}])] = None
    """Sampler settings that the author recommends."""
    legacy: LegacyRow | None = None
    """What only the legacy files need."""


@model
class VideoGeneration(Record):
    """A model that makes moving pictures."""

    category: ClassVar[str] = "video_generation"

    baseline: Annotated[str | None, Field(min_length=1, examples=["wan_2_1"])] = None
    """Model that this one was trained from."""
    nsfw: bool = False
    """Whether the model was trained on pictures that are not safe for work."""
    tags: Tags = ()
    """Words to find the model by."""


@model
class AudioGeneration(Record):
    """A model that makes sound."""

    category: ClassVar[str] = "audio_generation"

    baseline: Annotated[str | None, Field(min_length=1, examples=["musicgen"])] = None
    """Model that this one was trained from."""
    nsfw: bool = False
    """Whether the model was trained on content that is not safe for work."""
    tags: Tags = ()
    """Words to find the model by."""


@model
class Controlnet(ImageRepositoryRecord):
    """A network that guides an image model by a picture: edges, depth, a pose."""

    category: ClassVar[str] = "controlnet"

    controlnet_style: Annotated[ControlnetStyle, Field(examples=["control_canny"])]
    """Kind of guidance that the network takes."""


@model
class ControlnetAnnotator(Record):
    """The weights of a preprocessor that turns a picture into what a ControlNet takes."""

    category: ClassVar[str] = "controlnet_annotator"

    control_types: Annotated[tuple[Text, ...], Field(examples=[["hed", "fakescribbles"]])] = ()
    """Kinds of guidance that the preprocessor makes."""
    preprocessors: Annotated[tuple[Text, ...], Field(examples=[["HEDPreprocessor"]])] = ()
    """Names of the nodes that use the weights."""


@model
class Clip(ImageRepositoryRecord):
    """A model that reads pictures and texts into one space."""

    category: ClassVar[str] = "clip"

    pretrained_name: Annotated[str | None, Field(min_length=1)] = None
    """Name under which OpenCLIP knows the weights."""


@model
class Blip(ImageRepositoryRecord):
    """A model that describes a picture in words."""

    category: ClassVar[str] = "blip"


@model
class Esrgan(ImageRepositoryRecord):
    """A model that enlarges pictures."""

    category: ClassVar[str] = "esrgan"


@model
class Gfpgan(ImageRepositoryRecord):
    """A model that restores faces, GFPGAN family."""

    category: ClassVar[str] = "gfpgan"


@model
class Codeformer(ImageRepositoryRecord):
    """A model that restores faces, CodeFormer family."""

    category: ClassVar[str] = "codeformer"


@model
class SafetyChecker(ImageRepositoryRecord):
    """A model that recognises pictures that must not be shown."""

    category: ClassVar[str] = "safety_checker"


@model
class Miscellaneous(ImageRepositoryRecord):
    """A model for a special task, such as transparent layers."""

    category: ClassVar[str] = "miscellaneous"


@model
class Adapter(Record):
    """What LoRAs and textual inversions share."""

    baseline: Annotated[str | None, Field(min_length=1, examples=["stable_diffusion_xl"])] = None
    """Image model that the adapter was trained for."""
    nsfw: bool = False
    """Whether the adapter was trained on pictures that are not safe for work."""
    tags: Tags = ()
    """Words to find the adapter by."""
    trigger: Trigger = ()
    """Words that bring out the adapter's effect when they stand in a prompt."""
    homepage: Url | None = None
    """Page of the adapter."""
    showcases: Showcases = ()
    """Addresses of pictures made with the adapter."""


@model
class Lora(Adapter):
    """A low-rank patch of an image model. Managed elsewhere: no files in `data/`."""

    category: ClassVar[str] = "lora"


@model
class TextualInversion(Adapter):
    """A learned word for an image model. Managed elsewhere: no files in `data/`."""

    category: ClassVar[str] = "ti"
