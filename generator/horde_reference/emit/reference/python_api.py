"""The public names of the package. What is said of each is read from the code when the documentation is built.

reference/python/index.md      what there is
reference/python/<page>.md     names that belong together
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from horde_reference.emit.reference.markdown import page, table
from horde_reference.tree import File

FOLDER: Final = "reference/python"
PACKAGE: Final = "horde_reference"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Names that belong together."""

    name: str
    """Of its page."""
    title: str
    """What they are."""
    what: str
    """What they are for."""
    names: tuple[str, ...]
    """Public names of the package."""


# fmt: off
SHELVES: Final = (
    Shelf("opening", "Opening a reference", "Where a program begins.",
          ("open_reference", "shared", "Reference", "Settings", "CategoryStatus", "__version__")),
    Shelf("queries", "Queries", "Asking for models.",
          ("Query", "UnknownField", "UnknownName", "UnknownValue", "Unsuitable")),
    Shelf("sources", "Sources", "Where files are read from, and how sources nest.",
          ("Source", "Answer", "Later", "Http", "Directory", "Memory", "snapshot", "github", "Legacy", "Fallback",
           "Beta", "Pinned", "Head", "Fingerprint")),
    Shelf("copies", "Copies", "Where copies are kept.",
          ("Cached", "Store", "MemoryStore", "DiskStore", "RedisStore", "Kept")),
    Shelf("records", "Records", "What a model is: one type a category.",
          ("Record", "Config", "Download", "FinetuneSeries", "ImageGeneration", "TextGeneration", "VideoGeneration",
           "AudioGeneration", "Controlnet", "ControlnetAnnotator", "Clip", "Blip", "Esrgan", "Gfpgan", "Codeformer",
           "SafetyChecker", "Miscellaneous", "Lora", "TextualInversion", "Category", "CATEGORIES", "Corpus")),
    Shelf("words", "Vocabularies", "Words with a fixed meaning.",
          ("Baseline", "Style", "ControlnetStyle", "Domain", "Purpose", "TextBackend")),
    Shelf("names", "Names of text models", "Reading and writing them.",
          ("parse_name", "Name", "NameSchema")),
    Shelf("errors", "Errors and findings", "What can go wrong, and what can be wrong with a record.",
          ("HordeReferenceError", "CannotRun", "OutputNotOurs", "WouldShrink", "Unread", "NotThere", "Unreachable",
           "Unsound", "UnsafePath", "SkippedRecord", "SourceLeftOut", "Problem", "Finding", "Severity")),
)
# fmt: on
"""Every public name, once."""


def emit() -> Iterator[File]:
    """Every page."""
    rows = (
        (f"[{one.title}]({one.name}.md)", one.what, ", ".join(f"`{name}`" for name in one.names)) for one in SHELVES
    )
    yield (
        f"{FOLDER}/index.md",
        page(
            "Python API",
            "Everything public is a name of the package itself: `from horde_reference import …`. What lies in modules "
            "below it is nobody's business and may change at any time.",
            table(("page", "what for", "names"), rows),
        ),
    )
    for one in SHELVES:
        yield f"{FOLDER}/{one.name}.md", page(one.title, one.what, *(f"::: {PACKAGE}.{name}" for name in one.names))
