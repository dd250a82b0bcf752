"""The closed vocabularies of the domain. One line a value: adding one is adding one line here.

Source: the released `horde_model_reference` library and the AI-Horde server, as measured on the real files.
"""

from enum import StrEnum
from typing import Self


class Domain(StrEnum):
    """What a model produces or works on."""

    IMAGE = "image"
    TEXT = "text"
    VIDEO = "video"
    AUDIO = "audio"
    RENDERED_3D = "rendered_3d"


class Purpose(StrEnum):
    """The part that a model plays in a generation."""

    GENERATION = "generation"
    POST_PROCESSING = "post_processing"
    AUXILIARY_OR_PATCH = "auxiliary_or_patch"
    FEATURE_EXTRACTOR = "feature_extractor"
    SAFETY_CHECKER = "safety_checker"
    MISCELLANEOUS = "miscellaneous"


class Baseline(StrEnum):
    """The image model that a checkpoint was trained from.

    Each line is: published spelling, native resolution (pixels a side), spelling in the legacy files (where it
    differs), other spellings that people use.
    """

    resolution: int | None
    """Native resolution, pixels a side; `None` for the placeholder `infer`."""
    legacy: str
    """Spelling in the legacy files and on the AI-Horde server."""
    alternatives: tuple[str, ...]
    """Spellings that people use for the same baseline; `fix` replaces them."""

    def __new__(
        cls,
        value: str,
        resolution: int | None = None,
        legacy: str | None = None,
        alternatives: tuple[str, ...] = (),
    ) -> Self:
        """Make one member from its line."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.resolution = resolution
        member.legacy = legacy or value
        member.alternatives = alternatives
        return member

    # fmt: off
    INFER = "infer", None
    STABLE_DIFFUSION_1 = "stable_diffusion_1", 512, "stable diffusion 1", (
        "stable diffusion 1.4", "stable diffusion 1.5", "SD1", "SD14", "SD1.4", "SD15", "SD1.5",
        "stable_diffusion", "stable_diffusion_1.4", "stable_diffusion_1.5")
    STABLE_DIFFUSION_2_768 = "stable_diffusion_2_768", 768, "stable diffusion 2"
    STABLE_DIFFUSION_2_512 = "stable_diffusion_2_512", 512, "stable diffusion 2 512"
    STABLE_DIFFUSION_XL = "stable_diffusion_xl", 1024, None, ("stable diffusion xl", "SDXL")
    STABLE_CASCADE = "stable_cascade", 1024, None, ("stable cascade",)
    FLUX_1 = "flux_1", 1024
    FLUX_SCHNELL = "flux_schnell", 1024, None, ("flux schnell",)
    FLUX_DEV = "flux_dev", 1024, None, ("flux dev",)
    QWEN_IMAGE = "qwen_image", 1024, None, ("qwen image", "qwen-image", "qwen")
    Z_IMAGE_TURBO = "z_image_turbo", 1024, None, ("z image turbo", "zimage-turbo", "zimage")
    # fmt: on


class Style(StrEnum):
    """The look that an image model is best at."""

    GENERALIST = "generalist"
    ANIME = "anime"
    FURRY = "furry"
    ARTISTIC = "artistic"
    OTHER = "other"
    REALISTIC = "realistic"


class ControlnetStyle(StrEnum):
    """The kind of guidance that a ControlNet takes. The flag says whether released clients know the value."""

    released: bool
    """Whether released clients accept the value; with another one they lose the whole category."""

    def __new__(cls, value: str, released: bool = True) -> Self:
        """Make one member from its line."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.released = released
        return member

    SEG = "control_seg"
    SCRIBBLE = "control_scribble"
    FAKESCRIBBLES = "control_fakescribbles"
    OPENPOSE = "control_openpose"
    NORMAL = "control_normal"
    MLSD = "control_mlsd"
    HOUGH = "control_hough"
    HED = "control_hed"
    CANNY = "control_canny"
    DEPTH = "control_depth"
    QR = "control_qr"
    QR_XL = "control_qr_xl"
    LINEART = "control_lineart", False
    LINEART_ANIME = "control_lineart_anime", False
    NORMAL_BAE = "control_normal_bae", False
    RECOLOR = "control_recolor", False
    TILE = "control_tile", False


class TextBackend(StrEnum):
    """Servers of text models. The legacy files repeat each text model once under each of these prefixes."""

    APHRODITE = "aphrodite"
    KOBOLDCPP = "koboldcpp"
