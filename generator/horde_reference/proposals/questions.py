"""The questions of the issue forms: one table, from which both the forms and the reader of their answers are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from horde_reference.proposals.places import Kind, Path, Place, places_of
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.settings import SETTINGS

Operation = Literal["add", "update", "remove"]

OPERATIONS: Final[Mapping[str, Operation]] = MappingProxyType(
    {"Add a model": "add", "Change a model": "update", "Remove a model": "remove"}
)
"""What people choose → what it means."""

ASKABLE: Final = tuple(name for name, category in CATEGORIES.items() if not category.managed_elsewhere)
"""Categories that models are proposed for."""

SHOWN_AS_CODE: Final = frozenset({Kind.LINES, Kind.WORDS, Kind.VALUES, Kind.FILES})
"""Kinds whose answers a form shows as code, so that none is taken for Markdown."""

YES: Final = "yes"
NO: Final = "no"
TAKE_OUT: Final = "(remove)"
"""The answer that takes out what a record says, since an empty one leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Question:
    """One element of a form."""

    label: str
    """Heading above the answer; no two questions of a form have the same."""
    kind: Kind
    """How it is answered."""
    path: Path = ()
    """Place in the record that the answer is put at; empty for a question on the proposal itself."""
    options: tuple[str, ...] = ()
    """Answers to choose from, for a choice."""
    required: bool = False
    """Whether GitHub insists on an answer."""
    lists: frozenset[str] = frozenset()
    """Keys whose values are lists, for values by key."""

    @property
    def id(self) -> str:
        """Name of the element in the form."""
        return "_".join(self.path) or _IDS[self.label]


OPERATION_LABEL: Final = "What do you want to do?"
CATEGORY_LABEL: Final = "Category"
_IDS: Final = {OPERATION_LABEL: "operation", CATEGORY_LABEL: "category"}

SERIES: Final = ("finetune_series",)
"""Place of the series of fine-tunes, which the forms ask for as a whole."""

_NOT_ASKED: Final = frozenset({"legacy", "withdrawn", *SERIES})
_LABELS: Final = {
    "name": "Name of the model",
    "nsfw": "Not safe for work",
    "finetune_series": "Series of fine-tunes",
    "config.download": "Files to download",
    "config.download.file_url": "Address",
    "config.download.sha256sum": "SHA-256",
    "config.download.size_bytes": "Size in bytes",
    "config.download.file_purpose": "Part that it plays",
    "config.download.known_slow_download": "Known to download slowly",
    "withdrawn.date": "Since",
    "size_on_disk_bytes": "Size on disk, in bytes",
    "min_bridge_version": "Lowest version of the worker",
    "parameters": "Number of parameters",
    "url": "Web page",
    "homepage": "Web page",
    "trigger": "Trigger words",
    "aliases": "Earlier names",
    "exceptions": "Exceptions to rules",
    "settings": "Recommended settings",
}
_LIST_KEYS: Final = {
    "requirements": frozenset({"samplers", "schedulers"}),
    "settings": frozenset(name for name, setting in SETTINGS.items() if setting.type in {"integers", "texts"}),
}


@cache
def questions_of(category: str) -> tuple[Question, ...]:
    """The questions of the form that proposes a model of a category, or a change of one, in their order."""
    asked = [_question(place) for place in places_of(category) if place.path[0] not in _NOT_ASKED]
    technical = next(number for number, one in enumerate(asked) if one.path[0] == "size_on_disk_bytes")
    operations = tuple(words for words, operation in OPERATIONS.items() if operation != "remove")
    series = Question(label_of(SERIES), Kind.WORDS, SERIES)
    return (*_head(operations, (category,)), *asked[:technical], series, *asked[technical:])


def _head(operations: tuple[str, ...], categories: tuple[str, ...]) -> tuple[Question, ...]:
    return (
        Question(OPERATION_LABEL, Kind.CHOICE, (), operations, required=True),
        Question(CATEGORY_LABEL, Kind.CHOICE, (), categories, required=True),
    )


def label_of(path: Path) -> str:
    """What people call a place in a record."""
    return _LABELS.get(".".join(path)) or path[-1].replace("_", " ").capitalize()


def list_keys(path: Path) -> frozenset[str]:
    """Keys, of the values by key at a place, whose values are lists."""
    return _LIST_KEYS.get(path[-1], frozenset())


def _question(place: Place) -> Question:
    options = (YES, NO) if place.kind is Kind.FLAG else place.options
    is_name = place.path == ("name",)
    return Question(label_of(place.path), place.kind, place.path, options, is_name, list_keys(place.path))


REMOVAL: Final = (
    *_head(tuple(words for words, operation in OPERATIONS.items() if operation == "remove"), ASKABLE),
    Question(_LABELS["name"], Kind.LINE, ("name",), required=True),
    Question("Reason", Kind.TEXT, ("withdrawn", "reason"), required=True),
    Question("Replaced by", Kind.LINE, ("withdrawn", "replaced_by")),
)
"""The questions of the form that removes a model of any category."""
