"""What can be wrong with a question. Each error says what to ask instead.

    HordeReferenceError
    ├── UnknownField   also a LookupError: the records have no such field
    ├── UnknownName    also a KeyError: there is no such model
    ├── UnknownValue   also a ValueError: the field's vocabulary has no such value
    └── Unsuitable     also a ValueError: the field cannot be asked this

Suggestions are looked for when a message is read: most errors of a lookup are caught and never shown.
"""

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Final, cast

from horde_reference.errors import HordeReferenceError

LISTED: Final = 40
"""How many known words a message lists; a list of all models would bury it."""

TELLING: Final = 3
"""Letters from which on it says something that a word contains another one."""


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant, whatever its case: one that starts alike, is near, or contains it."""
    folded = word.casefold()
    by_folded = {one.casefold(): one for one in known}
    containing = sorted((one for one in by_folded if len(folded) >= TELLING and folded in one), key=len)
    starting = [one for one in containing if one.startswith(folded)]
    found = starting or _near(folded, by_folded) or containing
    return by_folded[found[0]] if found else None


def _near(word: str, known: Collection[str]) -> list[str]:
    # Loaded here and not above, as difflib takes longer to load than this whole package, and few need it.
    suggest = cast("Callable[..., list[str]]", import_module("difflib").get_close_matches)
    return suggest(word, known, n=1, cutoff=0.6)


class _Unknown(HordeReferenceError):
    """A word that is none of the known ones."""

    def __init__(self, word: str, known: Collection[str], sentence: str) -> None:
        super().__init__(word, known, sentence)
        self.word = str(word)
        self.known = known
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.sentence} {self._suggestion()}".rstrip()

    def _suggestion(self) -> str:
        if near := nearest(self.word, self.known):
            return f"Did you mean {near!r}?"
        if not self.known:
            return ""
        more = ", …" if len(self.known) > LISTED else ""
        return f"Use one of: {', '.join(list(self.known)[:LISTED])}{more}."


class UnknownField(_Unknown, LookupError):
    """The records have no such field, or the field no such part or operator."""


class UnknownName(_Unknown, KeyError):
    """There is no model of this name among the selected ones."""


class UnknownValue(_Unknown, ValueError):
    """The vocabulary of the field has no such value."""


class Unsuitable(HordeReferenceError, ValueError):
    """The field cannot be asked this: a text compared with a number, a list sorted by."""
