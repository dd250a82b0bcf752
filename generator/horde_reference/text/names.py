"""Reading the names of text models: who made a model, what it is called, its size, its quantisation and the like."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from horde_reference.text.parts import ORDER, SEPARATORS, Part
from horde_reference.text.pieces import Piece, base_of, changed, split
from horde_reference.text.quantisation import quantisation_of

EXTRAS: Final = frozenset({Part.LEADING_VERSION, Part.ACTIVE, Part.DATE, Part.CONTEXT, Part.PACKING})
"""Parts that few names have."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A part that few names have: the value as it is written, and which part it is.

    `position` counts the separators in front of it, in a row as one, when all parts but author and base are cut out.
    """

    value: str
    kind: Part
    position: int


@dataclass(frozen=True, slots=True)
class Name:
    """What a name says. Made by `parse_name`.

    `text` is the name itself. `pieces` has every character of it in order, so nothing is lost. All else is read off
    the pieces. What a name does not state is `None`, or an empty tuple.
    """

    text: str
    pieces: tuple[Piece, ...]

    @property
    def backend(self) -> str | None:
        """The text backend in front of the name, `aphrodite` or `koboldcpp`."""
        return self._first(Part.BACKEND)

    @property
    def author(self) -> str | None:
        """All between the backend and the last slash."""
        return self._first(Part.AUTHOR)

    @property
    def base(self) -> str:
        """What the model is called: the name without all other parts; with them where nothing would be left."""
        return base_of(self.pieces) or self.text.rpartition("/")[2]

    @property
    def group(self) -> str:
        """What the group of models is called that this one belongs to."""
        return self.base

    @property
    def size(self) -> str | None:
        """Number of parameters in capitals: `8B`, `1.8B`, `7B1`, or of experts and of each one's, `8X22B`."""
        size = self._first(Part.SIZE)
        return size and size.upper().replace("_", ".")

    @property
    def active(self) -> str | None:
        """Number of parameters that work on each token, in capitals: `A3B`."""
        return self._upper(Part.ACTIVE)

    @property
    def variants(self) -> tuple[str, ...]:
        """What the model was trained to be, in the letters of the name: `Instruct`, `chat`."""
        return self._all(Part.VARIANT)

    @property
    def variant(self) -> str | None:
        """The first of the variants."""
        return self._first(Part.VARIANT)

    @property
    def versions(self) -> tuple[str, ...]:
        """Versions in the letters of the name: `v0.1`, `V3`."""
        return self._all(Part.VERSION)

    @property
    def version(self) -> str | None:
        """The first of the versions."""
        return self._first(Part.VERSION)

    @property
    def quantisations(self) -> tuple[str, ...]:
        """Every quantisation that is written there, in capitals, also of a model that is only trained for one."""
        return tuple(one.upper() for one in self._all(Part.QUANTISATION))

    @property
    def quantisation(self) -> str | None:
        """The quantisation that says the most, as `quantisation_of` has it."""
        return quantisation_of(self.text)

    @property
    def is_quantised(self) -> bool:
        """Whether the name states a quantisation."""
        return self.quantisation is not None

    @property
    def date(self) -> str | None:
        """When the model was made, as it is written: `2407`, `0414`, `08-2024`."""
        return self._first(Part.DATE)

    @property
    def context(self) -> str | None:
        """Length of the context in tokens, in capitals: `128K`, `1M`."""
        return self._upper(Part.CONTEXT)

    @property
    def extras(self) -> tuple[Extra, ...]:
        """The parts that few names have, in the order in which they stand."""
        return tuple(_extras(self.pieces))

    @property
    def normalized(self) -> str:
        """The whole name in small letters, with one `_` for separators, for comparing."""
        return _separators().sub("_", self.text.lower()).strip("_")

    def replaced(self, **parts: str | None) -> "Name":
        """The name with other parts, in its own manner: `name.replaced(size="70B", version=None)`.

        A part has one value afterwards, or none where that is `None` or empty. One that the name did not have comes
        where most names have it. What comes of it is parsed again, so a size that is none ends up in the base.

        Raises:
            ValueError: there is no such part, or the base is to be taken away.
        """
        stated = {Part(part): value for part, value in parts.items()}
        if Part.SEPARATOR in stated or not stated.get(Part.BASE, True):
            raise ValueError("A name needs a base, and its separators are no part of it.")
        head, slash, model = self.text.rpartition("/")
        if not stated.keys().isdisjoint({Part.BACKEND, Part.AUTHOR}):
            there = {Part.BACKEND: self.backend, Part.AUTHOR: self.author} | stated
            head = "/".join(filter(None, (there[Part.BACKEND], there[Part.AUTHOR])))
            slash = "/" if head else ""
        pieces: Sequence[Piece] = split(model)
        for part in filter(stated.__contains__, ORDER):
            pieces = changed(pieces, part, stated[part])
        return parse_name(head + slash + "".join(piece.text for piece in pieces))

    def _first(self, part: Part) -> str | None:
        return next((piece.text for piece in self.pieces if piece.part is part), None)

    def _upper(self, part: Part) -> str | None:
        value = self._first(part)
        return value and value.upper()

    def _all(self, part: Part) -> tuple[str, ...]:
        return tuple(piece.text for piece in self.pieces if piece.part is part)


def parse_name(text: str) -> Name:
    """Read a name, in time that grows as its length does. Never fails: what tells nothing else is its base."""
    return Name(text, split(text))


def compose(name: Name) -> str:
    """The text that a name was read from."""
    return "".join(piece.text for piece in name.pieces)


def _extras(pieces: Iterable[Piece]) -> Iterator[Extra]:
    position, parted = 0, False
    for piece in pieces:
        if piece.part in EXTRAS:
            yield Extra(piece.text, piece.part, position)
        elif piece.part in {Part.AUTHOR, Part.BASE}:
            position += len(_separators().findall(piece.text))
            parted = False
        elif piece.part is Part.SEPARATOR and piece.text != "/":
            position += not parted
            parted = True


@cache
def _separators() -> re.Pattern[str]:
    return re.compile(f"[{SEPARATORS}]+")
