"""The addresses that the tree answers, those that differ in their category only as one form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from horde_reference.emit.openapi.endpoint import PARAMETERS, Endpoint
from horde_reference.records.categories import CATEGORIES

_BRACES: Final = "{category}"
_FIRST: Final = "image_generation"
"""What stands for a category where one is shown: the one that has something of everything."""


@dataclass(frozen=True, slots=True)
class Address:
    """A form of addresses."""

    path: str
    """From the web root, with what may change in braces."""
    endpoint: Endpoint
    """The row that says what it answers: that of the category that is shown."""
    summary: str
    """What it answers, in a few words, whatever the category."""
    description: str
    """A sentence on it; empty where each category has one of its own, or the schema says enough."""
    categories: tuple[str, ...] = ()
    """Categories that it exists for; empty where it is of none, or of whatever the parameter says."""

    @property
    def file(self) -> str:
        """Path of its file from the web root, with the same braces."""
        return _general(f"/{self.endpoint.file}") if self.categories else f"/{self.endpoint.file}"

    @property
    def choices(self) -> Mapping[str, tuple[str, ...]]:
        """Name in braces → what may stand there; nothing for what is free."""
        known = {name: tuple(map(str, PARAMETERS[name].schema.get("enum", ()))) for name in self.endpoint.parameters}
        found = {"category": self.categories, **known} if self.categories else known
        return {name: tuple(sorted(words, key=lambda word: word != _FIRST)) for name, words in found.items()}

    def holds(self, path: str) -> bool:
        """Whether an address, itself with braces, is one of these."""
        return path in {self.path, *(self.path.replace(_BRACES, name) for name in self.categories)}


def gathered(endpoints: Iterable[Endpoint]) -> list[Address]:
    """Each form once, in the order in which it is first met."""
    found: dict[str, list[Endpoint]] = {}
    for endpoint in endpoints:
        found.setdefault(_general(endpoint.path), []).append(endpoint)
    return [_several(path, rows) if len(rows) > 1 else _one(rows[0]) for path, rows in found.items()]


def _general(path: str) -> str:
    return "/".join(part.replace(name, _BRACES) if (name := _category(part)) else part for part in path.split("/"))


def _category(part: str) -> str:
    """The category that a part of a path names, with or without an ending; empty for none."""
    stem = part.partition(".")[0]
    return stem if stem in CATEGORIES else ""


def _one(endpoint: Endpoint) -> Address:
    return Address(endpoint.path, endpoint, endpoint.summary, endpoint.description)


def _several(path: str, rows: list[Endpoint]) -> Address:
    by_name = {next(filter(None, map(_category, row.path.split("/")))): row for row in rows}
    name = _FIRST if _FIRST in by_name else next(iter(by_name))
    same = len({row.description for row in rows}) == 1
    shown = by_name[name]
    summary = shown.summary.replace(name, "a category")
    return Address(path, shown, summary, shown.description if same else "", tuple(by_name))
