"""An address that the tree answers, and what may stand in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from horde_reference.media import TYPES
from horde_reference.records.categories import CATEGORIES

_PARAMETER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address, or with parameters in braces a form of addresses."""

    path: str
    """From the web root, as clients use it. One without an ending is JSON."""
    tag: str
    """Group that it belongs to."""
    summary: str
    """What it answers, in a few words."""
    shape: str | None = None
    """Name of the schema that the answer, or each line of it, keeps to; `None` where it is a schema or not JSON."""
    description: str = ""
    """A sentence on it, where there is no schema whose own would do."""

    @property
    def schema(self) -> str | None:
        """Path of that schema from the web root."""
        return self.shape and f"schemas/{self.shape}.json"

    @property
    def file(self) -> str:
        """Path of its file in the tree, with the same parameters."""
        return self.path[1:] if self.path.rpartition(".")[2] in TYPES else f"{self.path[1:]}.json"

    @property
    def parameters(self) -> list[str]:
        """Names of its parameters."""
        return _PARAMETER.findall(self.path)

    def files(self) -> re.Pattern[str]:
        """What the paths of its files look like."""
        parts = _PARAMETER.split(self.file)  # text and names of parameters in turn
        forms = (f"(?:{PARAMETERS[part].form})" if place % 2 else re.escape(part) for place, part in enumerate(parts))
        return re.compile("".join(forms))


@dataclass(frozen=True, slots=True)
class Parameter:
    """What stands for a name in braces."""

    description: str
    """What it is."""
    form: str
    """What it looks like in the path of a file, as a regular expression."""
    schema: Mapping[str, Any]
    """The JSON Schema of its value."""


PARAMETERS: Final[Mapping[str, Parameter]] = MappingProxyType(
    {
        "name": Parameter(
            "Name of a record, percent-encoded. A slash in it may stand as it is.",
            ".+",
            {"type": "string", "minLength": 1, "examples": ["AlbedoBase XL (SDXL)"]},
        ),
        "group": Parameter(
            "Name of a group of text models, or an alias of one, percent-encoded.",
            "[^/]+",
            {"type": "string", "minLength": 1, "examples": ["Qwen3"]},
        ),
        "category": Parameter("Name of a category.", "|".join(CATEGORIES), {"enum": list(CATEGORIES)}),
        "change": Parameter(
            "Id of a proposed change, as `…/pending_queue/changes` lists it.",
            r"[1-9]\d*-[1-9]\d*",
            {"type": "string", "pattern": r"^[1-9]\d*-[1-9]\d*$", "examples": ["57-1"]},
        ),
        "number": Parameter(
            "Number of a change, as `/changes/index.json` lists it.",
            r"[1-9]\d*",
            {"type": "integer", "minimum": 1, "examples": [1]},
        ),
        "segment": Parameter(
            "Number of a segment, as `/audit/index.json` lists it.",
            r"\d{6}",
            {"type": "string", "pattern": r"^\d{6}$", "examples": ["000001"]},
        ),
        "answer": Parameter("Name of an answer.", r"\w+", {"type": "string", "examples": ["head"]}),
    }
)
"""Name in braces → what stands for it."""
