"""The pieces of a name: every character of it, and which part of the name it belongs to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from horde_reference.records.vocabulary import TextBackend
from horde_reference.text.parts import LENGTH_IN_MILLIONS, ORDER, REPEATED, SEPARATORS, TOKENS, Part, tokens

_BACKENDS = frozenset(TextBackend)
_PARTS = (Part.BASE, *TOKENS)  # the pattern counts its groups from 1


class Piece(NamedTuple):
    """A stretch of a name as it stands there, and what it is."""

    text: str
    part: Part


_Token = tuple[int, int, Part]
"""Where something starts and ends that is written as a part is."""

_JOINTS: Final[Mapping[str, Piece]] = MappingProxyType({one: Piece(one, Part.SEPARATOR) for one in f"/{SEPARATORS}"})
"""The separators of one character, which most are."""


def split(text: str) -> tuple[Piece, ...]:
    """The pieces of a name. Joined they are the name again, whatever it is."""
    head, slash, model = text.rpartition("/")
    return (*_head(head), *_body(model)) if slash else tuple(_body(text))


def _head(head: str) -> list[Piece]:
    """What stands in front of the last slash, and the slash."""
    slash = _JOINTS["/"]
    first, more, author = head.partition("/")
    if first not in _BACKENDS:
        return [Piece(head, Part.AUTHOR), slash] if head else [slash]
    backend = [Piece(first, Part.BACKEND), slash]
    if not more:
        return backend
    return [*backend, Piece(author, Part.AUTHOR), slash] if author else [*backend, slash]


def _body(model: str) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    for start, stop, part in _tokens(model):
        if start > end:
            pieces += _rest(model[end:start])
        end = stop
        pieces.append(Piece(model[start:stop], part))
    if end < len(model):
        pieces += _rest(model[end:])
    return pieces


def _rest(text: str) -> list[Piece]:
    """What is between two tokens: a piece of the base, or none, and the separators around it."""
    if joint := _JOINTS.get(text):
        return [joint]
    tail = text.lstrip(SEPARATORS)
    base = tail.rstrip(SEPARATORS)
    pieces = [Piece(base, Part.BASE)] if base else []
    if before := text[: len(text) - len(tail)]:
        pieces.insert(0, _JOINTS.get(before) or Piece(before, Part.SEPARATOR))
    if behind := tail[len(base) :]:
        pieces.append(_JOINTS.get(behind) or Piece(behind, Part.SEPARATOR))
    return pieces


def _tokens(model: str) -> list[_Token]:
    pattern, _ = _patterns()
    found = [(*one.span(), _PARTS[one.lastindex or 0]) for one in pattern.finditer(model)]
    if len(found) == 1 or len({part for _, _, part in found}) == len(found):
        return found
    return list(_first_of_each(found, model))


def _first_of_each(found: Sequence[_Token], model: str) -> Iterator[_Token]:
    """The tokens without those that repeat a part which a name has once."""
    _, length = _patterns()
    sizes = [one for one in found if one[2] is Part.SIZE]
    lengths = {one for one in sizes if length.fullmatch(model, *one[:2])}
    size = next((one for one in sizes if one not in lengths), sizes[0]) if sizes else None
    seen = set[Part]()
    for one in found:
        start, end, part = one
        if part is Part.SIZE and one != size:
            if one in lengths:
                yield start, end, Part.CONTEXT
        elif part in REPEATED or part not in seen:
            seen.add(part)
            yield one


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All tokens, one group a part, and what is a context beside a size; compiled for the first name."""
    return tokens(TOKENS.values()), re.compile(LENGTH_IN_MILLIONS, re.IGNORECASE)


def base_of(pieces: Iterable[Piece]) -> str:
    """The base of a name, with one separator where other parts were cut out of it; empty where there is none.

    Separators that stand there twice are written once.
    """
    written: list[str] = []
    glue = ""
    for piece in pieces:
        if piece.part is Part.SEPARATOR:
            glue = glue or piece.text
        elif piece.part is Part.BASE:
            written += [glue, piece.text] if written else [piece.text]
            glue = ""
    return _doubled().sub(r"\1", "".join(written))


@cache
def _doubled() -> re.Pattern[str]:
    return re.compile(rf"([{SEPARATORS}])\1+")


def changed(pieces: Sequence[Piece], part: Part, value: str | None) -> Sequence[Piece]:
    """The pieces with this value as the one piece of a part; with none and without what led to it where it is `None`.

    A part that there was not comes behind those that most names have before it.
    """
    if not value:
        return _without(pieces, part)
    place = next((place for place, piece in enumerate(pieces) if piece.part is part), None)
    if place is None:
        return _with(pieces, Piece(value, part))
    return [*pieces[:place], Piece(value, part), *_without(pieces[place + 1 :], part)]


def _without(pieces: Sequence[Piece], part: Part) -> list[Piece]:
    """The pieces without those of a part, and without the separator before each, or behind the one at the start."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.part is not part:
            kept.append(piece)
        elif kept and kept[-1].part is Part.SEPARATOR:
            kept.pop()
    leads = pieces and pieces[0].part is part and kept and kept[0].part is Part.SEPARATOR
    return kept[1:] if leads else kept


def _with(pieces: Sequence[Piece], new: Piece) -> list[Piece]:
    before = ORDER[: ORDER.index(new.part)]
    place = max((number for number, piece in enumerate(pieces, 1) if piece.part in before), default=0)
    separator = Piece(usual_separator(pieces), Part.SEPARATOR)
    added = [separator, new] if place else [new, separator]
    return [*pieces[:place], *(added if pieces else [new]), *pieces[place:]]


def usual_separator(pieces: Iterable[Piece]) -> str:
    """What parts the words of a name: `_` where it stands there more often than `-`, within quantisations apart."""
    text = "".join(piece.text for piece in pieces if piece.part is not Part.QUANTISATION)
    return "_" if text.count("_") > text.count("-") else "-"
