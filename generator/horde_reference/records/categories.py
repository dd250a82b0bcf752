"""The categories: one row each. A new category is one more row."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from horde_reference.records import kinds
from horde_reference.records.base import Record
from horde_reference.records.vocabulary import Domain, Purpose


@dataclass(frozen=True, slots=True)
class Category:
    """One category of models, and all that is particular to it."""

    record: type[Record]
    """Type of its records; its name is `record.category`."""
    domain: Domain
    """What its models work on."""
    purpose: Purpose
    """Part that its models play."""
    repository: Literal["image", "text"] | None = None
    """Legacy repository that carries it; `None` where only v2 does."""
    legacy_file: str | None = None
    """Its file in that repository."""
    legacy_type: str | None = None
    """Usual `type` of its legacy records."""
    folder: str | None = None
    """Folder below a worker's models that holds its weights."""
    managed_elsewhere: bool = False
    """Whether another system owns its records; then `data/` has none."""
    published_purpose: Purpose | None = None
    """Purpose to publish where released clients file the category under another one than `purpose`."""

    @property
    def name(self) -> str:
        """Name of the category: folder below `data/` and part of every address."""
        return self.record.category

    @property
    def classification(self) -> dict[str, str]:
        """Domain and purpose as the published records carry them."""
        return {"domain": self.domain, "purpose": self.published_purpose or self.purpose}


_IMAGE, _TEXT, _VIDEO, _AUDIO = Domain.IMAGE, Domain.TEXT, Domain.VIDEO, Domain.AUDIO
_GENERATION, _PATCH, _POST = Purpose.GENERATION, Purpose.AUXILIARY_OR_PATCH, Purpose.POST_PROCESSING
_FEATURE, _SAFETY, _OTHER = Purpose.FEATURE_EXTRACTOR, Purpose.SAFETY_CHECKER, Purpose.MISCELLANEOUS

# The order is that of the live service's list of categories.
# fmt: off
_ROWS: Final = (
    Category(kinds.Blip, _IMAGE, _FEATURE, "image", "blip.json", "blip", "blip"),
    Category(kinds.Clip, _IMAGE, _FEATURE, "image", "clip.json", "clip", "clip"),
    Category(kinds.Codeformer, _IMAGE, _POST, "image", "codeformer.json", "CodeFormers", "codeformer",
             published_purpose=_FEATURE),
    Category(kinds.Controlnet, _IMAGE, _PATCH, "image", "controlnet.json", None, "controlnet"),
    Category(kinds.ControlnetAnnotator, _IMAGE, _PATCH, folder="controlnet"),
    Category(kinds.Esrgan, _IMAGE, _POST, "image", "esrgan.json", "realesrgan", "esrgan"),
    Category(kinds.Gfpgan, _IMAGE, _POST, "image", "gfpgan.json", "gfpgan", "gfpgan"),
    Category(kinds.SafetyChecker, _IMAGE, _SAFETY, "image", "safety_checker.json", "safety_checker",
             "safety_checker", published_purpose=_POST),
    Category(kinds.ImageGeneration, _IMAGE, _GENERATION, "image", "stable_diffusion.json", "ckpt", "compvis"),
    Category(kinds.TextGeneration, _TEXT, _GENERATION, "text", "models.csv"),
    Category(kinds.VideoGeneration, _VIDEO, _GENERATION),
    Category(kinds.AudioGeneration, _AUDIO, _GENERATION),
    Category(kinds.Miscellaneous, _IMAGE, _OTHER, "image", "miscellaneous.json", "layer_diffuse", "miscellaneous"),
    Category(kinds.Lora, _IMAGE, _PATCH, folder="lora", managed_elsewhere=True),
    Category(kinds.TextualInversion, _IMAGE, _PATCH, folder="ti", managed_elsewhere=True),
)
# fmt: on

CATEGORIES: Final[Mapping[str, Category]] = MappingProxyType({row.name: row for row in _ROWS})
"""Category name → its row, in the order in which the categories are published."""
