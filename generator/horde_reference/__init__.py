"""The AI-Horde model reference: what a model is, and all models as one value.

Everything that is public is named in `__all__`; nothing inside the package imports from here.
"""

from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun, HordeReferenceError, OutputNotOurs, UnsafePath, WouldShrink
from horde_reference.finding import Finding, Severity
from horde_reference.records.base import Config, Download, FinetuneSeries, Record
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import (
    AudioGeneration,
    Blip,
    Clip,
    Codeformer,
    Controlnet,
    ControlnetAnnotator,
    Esrgan,
    Gfpgan,
    ImageGeneration,
    Lora,
    Miscellaneous,
    SafetyChecker,
    TextGeneration,
    TextualInversion,
    VideoGeneration,
)
from horde_reference.records.vocabulary import Baseline, ControlnetStyle, Domain, Purpose, Style, TextBackend
from horde_reference.version import __version__

__all__ = [
    "CATEGORIES",
    "AudioGeneration",
    "Baseline",
    "Blip",
    "CannotRun",
    "Category",
    "Clip",
    "Codeformer",
    "Config",
    "Controlnet",
    "ControlnetAnnotator",
    "ControlnetStyle",
    "Corpus",
    "Domain",
    "Download",
    "Esrgan",
    "Finding",
    "FinetuneSeries",
    "Gfpgan",
    "HordeReferenceError",
    "ImageGeneration",
    "Lora",
    "Miscellaneous",
    "OutputNotOurs",
    "Purpose",
    "Record",
    "SafetyChecker",
    "Severity",
    "Style",
    "TextBackend",
    "TextGeneration",
    "TextualInversion",
    "UnsafePath",
    "VideoGeneration",
    "WouldShrink",
    "__version__",
]
