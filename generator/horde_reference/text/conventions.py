"""How the names of a group of text models are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from horde_reference.text.name_schema import NameSchema
from horde_reference.text.names import EXTRAS, Name
from horde_reference.text.parts import Part
from horde_reference.text.pieces import usual_separator

# Tuples, since a part is found sooner in one than its hash is made.
_IN_FRONT: Final = (Part.AUTHOR, Part.BACKEND)
_NOT_ORDERED: Final = (*_IN_FRONT, Part.SEPARATOR)
_OTHERWISE_CALLED: Final[Mapping[Part, str]] = {Part.QUANTISATION: "quant"} | {
    part: f"extra:{part.name}" for part in EXTRAS
}


def published_part(part: Part) -> str:
    """A part as clients of the live service know it: `size`, `quant`, `extra:DATE`."""
    return _OTHERWISE_CALLED.get(part, part)


@dataclass(frozen=True, slots=True)
class Convention:
    """How the names of a group are written, as people state it or as most of its members show it."""

    schema: NameSchema = field(default_factory=NameSchema)
    """What stands between the parts, and in which order they come."""
    author_included: bool = True
    """Whether the author stands in front."""
    common_author: str | None = None
    """The author, where it is the same for all."""

    @property
    def part_order(self) -> list[str]:
        """The parts in their order, as clients know them."""
        return [published_part(part) for part in self.schema.order]

    @property
    def extra_parts(self) -> list[str]:
        """Those of the parts that few names have: `DATE`, `CONTEXT`."""
        return [part.name for part in self.schema.order if part in EXTRAS]

    @property
    def template(self) -> str:
        """The form of a name: `{author}/{base}-{size}`."""
        model = self.schema.separator.join(f"{{{part}}}" for part in self.part_order)
        return f"{{author}}/{model}" if self.author_included else model

    def is_followed(self, name: Name) -> bool:
        """Whether writing the parts of a name in this way gives the name again."""
        if self.author_included != (name.author is not None) or self.common_author not in {None, name.author}:
            return False
        parts = {part: _written(name, part, self.schema.separator) for part in _ordered(name)} | {Part.BASE: name.base}
        if not parts.keys() <= set(self.schema.order):
            return False
        return self.schema.compose(backend=name.backend, author=name.author, **parts) == name.text


def inferred(names: Iterable[Name]) -> Convention:
    """The convention that names show: the separator of most, the order of the one with most parts.

    Of several with as many parts the first counts. Separators within quantisations and authors count for none.
    """
    seen = list(names)
    separator = usual_separator([piece for name in seen for piece in name.pieces if piece.part not in _IN_FRONT])
    order = max(map(_ordered, seen), key=len, default=[Part.BASE])
    authors = {name.author for name in seen}
    common = next(iter(authors)) if len(authors) == 1 else None
    return Convention(NameSchema(separator, tuple(order)), author_included=any(authors), common_author=common)


def _ordered(name: Name) -> list[Part]:
    """The parts of a name in the order in which they first stand; one without a base has it in front."""
    found: list[Part] = []
    for piece in name.pieces:
        if piece.part not in found and piece.part not in _NOT_ORDERED:
            found.append(piece.part)
    return found if Part.BASE in found else [Part.BASE, *found]


def _written(name: Name, part: Part, separator: str) -> str:
    return separator.join(piece.text for piece in name.pieces if piece.part is part)
