"""The AI-Horde model reference: what a model is, and all models, read from wherever they are published.

    from horde_reference import Http, Reference

    reference = Reference(Http("https://models.aihorde.net"))
    print(reference.images.for_baseline("SDXL").sfw().first())

Everything that is public is named in `__all__`; nothing inside the package imports from here. A name is loaded when
it is first used: who only reads records does not wait for what builds them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from horde_reference.client.cached import Cached
    from horde_reference.client.channels import Beta, Pinned
    from horde_reference.client.directory import Directory, snapshot
    from horde_reference.client.http import Http
    from horde_reference.client.layer import SkippedRecord, SourceLeftOut
    from horde_reference.client.legacy import Legacy, github
    from horde_reference.client.opening import open_reference, shared
    from horde_reference.client.redis_store import RedisStore
    from horde_reference.client.reference import Reference
    from horde_reference.client.settings import Settings
    from horde_reference.client.source import Answer, Fallback, Later, Memory, Source
    from horde_reference.client.status import CategoryStatus
    from horde_reference.client.stores import DiskStore, Kept, MemoryStore, Store
    from horde_reference.corpus import Corpus
    from horde_reference.errors import (
        CannotRun,
        HordeReferenceError,
        NotThere,
        OutputNotOurs,
        Unreachable,
        Unread,
        UnsafePath,
        Unsound,
        WouldShrink,
    )
    from horde_reference.finding import Finding, Severity
    from horde_reference.formats.head import Fingerprint, Head
    from horde_reference.formats.v2.decoding import Problem
    from horde_reference.query.errors import UnknownField, UnknownName, UnknownValue, Unsuitable
    from horde_reference.query.query import Query
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
    from horde_reference.text.name_schema import NameSchema
    from horde_reference.text.names import Name, parse_name
    from horde_reference.version import __version__

_NAMES: Final = {
    "client.cached": ("Cached",),
    "client.channels": ("Beta", "Pinned"),
    "client.directory": ("Directory", "snapshot"),
    "client.http": ("Http",),
    "client.layer": ("SkippedRecord", "SourceLeftOut"),
    "client.legacy": ("Legacy", "github"),
    "client.opening": ("open_reference", "shared"),
    "client.redis_store": ("RedisStore",),
    "client.reference": ("Reference",),
    "client.settings": ("Settings",),
    "client.source": ("Answer", "Fallback", "Later", "Memory", "Source"),
    "client.status": ("CategoryStatus",),
    "client.stores": ("DiskStore", "Kept", "MemoryStore", "Store"),
    "corpus": ("Corpus",),
    "errors": (
        "CannotRun",
        "HordeReferenceError",
        "NotThere",
        "OutputNotOurs",
        "UnsafePath",
        "Unreachable",
        "Unread",
        "Unsound",
        "Unsuitable",
        "WouldShrink",
    ),
    "finding": ("Finding", "Severity"),
    "formats.head": ("Fingerprint", "Head"),
    "formats.v2.decoding": ("Problem",),
    "query.errors": ("UnknownField", "UnknownName", "UnknownValue", "Unsuitable"),
    "query.query": ("Query",),
    "records.base": ("Config", "Download", "FinetuneSeries", "Record"),
    "records.categories": ("CATEGORIES", "Category"),
    "records.kinds": (
        "AudioGeneration",
        "Blip",
        "Clip",
        "Codeformer",
        "Controlnet",
        "ControlnetAnnotator",
        "Esrgan",
        "Gfpgan",
        "ImageGeneration",
        "Lora",
        "Miscellaneous",
        "SafetyChecker",
        "TextGeneration",
        "TextualInversion",
        "VideoGeneration",
    ),
    "records.vocabulary": ("Baseline", "ControlnetStyle", "Domain", "Purpose", "Style", "TextBackend"),
    "text.name_schema": ("NameSchema",),
    "text.names": ("Name", "parse_name"),
    "version": ("__version__",),
}
_MODULE_OF: Final = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "CATEGORIES",
    "Answer",
    "AudioGeneration",
    "Baseline",
    "Beta",
    "Blip",
    "Cached",
    "CannotRun",
    "Category",
    "CategoryStatus",
    "Clip",
    "Codeformer",
    "Config",
    "Controlnet",
    "ControlnetAnnotator",
    "ControlnetStyle",
    "Corpus",
    "Directory",
    "DiskStore",
    "Domain",
    "Download",
    "Esrgan",
    "Fallback",
    "Finding",
    "FinetuneSeries",
    "Fingerprint",
    "Gfpgan",
    "Head",
    "HordeReferenceError",
    "Http",
    "ImageGeneration",
    "Kept",
    "Later",
    "Legacy",
    "Lora",
    "Memory",
    "MemoryStore",
    "Miscellaneous",
    "Name",
    "NameSchema",
    "NotThere",
    "OutputNotOurs",
    "Pinned",
    "Problem",
    "Purpose",
    "Query",
    "Record",
    "RedisStore",
    "Reference",
    "SafetyChecker",
    "Settings",
    "Severity",
    "SkippedRecord",
    "Source",
    "SourceLeftOut",
    "Store",
    "Style",
    "TextBackend",
    "TextGeneration",
    "TextualInversion",
    "UnknownField",
    "UnknownName",
    "UnknownValue",
    "Unreachable",
    "Unread",
    "UnsafePath",
    "Unsound",
    "Unsuitable",
    "VideoGeneration",
    "WouldShrink",
    "__version__",
    "github",
    "open_reference",
    "parse_name",
    "shared",
    "snapshot",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is public
    """A public name, loaded now."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *__all__})
