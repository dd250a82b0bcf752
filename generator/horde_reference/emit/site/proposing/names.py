"""What no name holds, as the form's script is told: the rules on names, as patterns of a browser."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.identity import DEVICES, FORMS_OF_A_RECORD, MEANT_BY_HOSTS
from horde_reference.rules.text import PREFIXES, SCHEME

_START: Final = "(?:^|/)"  # of a part between slashes
_END: Final = "(?:/|$)"

Refused = tuple[str, str]
"""A pattern of JavaScript, which takes `u` and ignores case, and what is wrong with a name in which it is found."""


def refused(category: str) -> Sequence[Refused]:
    """What the rules refuse in a name of the category, as far as a pattern can tell."""
    return [*_EVERYWHERE, *(_OF_TEXTS if category == TextGeneration.category else ())]


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words)))})"


_EVERYWHERE: Final[Sequence[Refused]] = (
    (r"\\", "A name has no backslash."),
    (r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]", "It holds a character that nobody can see. Type it anew."),
    (
        rf"{_START}(?:\.{{0,2}}{_END}|\s)|\s{_END}",
        "A part between slashes is empty, “.” or “..”, or has a blank at its edge.",
    ),
    (rf"\.json{_END}", "A part that ends in .json would be taken for the address of another."),
    (rf"{_START}{_any_of(DEVICES)}\s*(?:\.[^/]*)?{_END}", "Windows takes a part of it for a device. Add a word."),
    (
        rf"{_START}\.+[^./]|{_START}{_any_of(MEANT_BY_HOSTS)}{_END}|{_any_of(FORMS_OF_A_RECORD)}{_END}",
        "A part of it means something else to the hosts that publish it. Add a word.",
    ),
)
_OF_TEXTS: Final[Sequence[Refused]] = (
    (f"^{_any_of(PREFIXES)}", "A name has no backend in front. Leave out the part before the first slash."),
    (SCHEME.pattern, "A name is not an address. Write author/model."),
)
