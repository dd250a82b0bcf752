"""A name for each type of records, for editors to offer."""

from abc import ABC, abstractmethod
from typing import TypeVar

from horde_reference.query.query import Query
from horde_reference.records import kinds
from horde_reference.records.base import Record

RecordT = TypeVar("RecordT", bound=Record)


class Shortcuts(ABC):
    """What can be asked for records of a type can be asked by name."""

    @abstractmethod
    def of(self, kind: type[RecordT]) -> Query[RecordT]:
        """All records of a type."""

    @property
    def images(self) -> Query[kinds.ImageGeneration]:
        """Checkpoints that make images."""
        return self.of(kinds.ImageGeneration)

    @property
    def texts(self) -> Query[kinds.TextGeneration]:
        """Language models."""
        return self.of(kinds.TextGeneration)

    @property
    def videos(self) -> Query[kinds.VideoGeneration]:
        """Models that make moving pictures."""
        return self.of(kinds.VideoGeneration)

    @property
    def audios(self) -> Query[kinds.AudioGeneration]:
        """Models that make sound."""
        return self.of(kinds.AudioGeneration)

    @property
    def controlnets(self) -> Query[kinds.Controlnet]:
        """Networks that guide an image model by a picture."""
        return self.of(kinds.Controlnet)

    @property
    def annotators(self) -> Query[kinds.ControlnetAnnotator]:
        """Preprocessors of ControlNets."""
        return self.of(kinds.ControlnetAnnotator)

    @property
    def upscalers(self) -> Query[kinds.Esrgan]:
        """Models that enlarge pictures."""
        return self.of(kinds.Esrgan)

    @property
    def gfpgans(self) -> Query[kinds.Gfpgan]:
        """Models that restore faces, GFPGAN family."""
        return self.of(kinds.Gfpgan)

    @property
    def codeformers(self) -> Query[kinds.Codeformer]:
        """Models that restore faces, CodeFormer family."""
        return self.of(kinds.Codeformer)

    @property
    def clips(self) -> Query[kinds.Clip]:
        """Models that read pictures and texts into one space."""
        return self.of(kinds.Clip)

    @property
    def blips(self) -> Query[kinds.Blip]:
        """Models that describe pictures."""
        return self.of(kinds.Blip)

    @property
    def safety_checkers(self) -> Query[kinds.SafetyChecker]:
        """Models that recognise pictures that must not be shown."""
        return self.of(kinds.SafetyChecker)

    @property
    def miscellaneous(self) -> Query[kinds.Miscellaneous]:
        """Models for special tasks."""
        return self.of(kinds.Miscellaneous)

    @property
    def loras(self) -> Query[kinds.Lora]:
        """Low-rank patches of image models."""
        return self.of(kinds.Lora)

    @property
    def embeddings(self) -> Query[kinds.TextualInversion]:
        """Learned words for image models."""
        return self.of(kinds.TextualInversion)
