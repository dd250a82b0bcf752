"""How the weights of a text model are quantised, as its name says it."""

import re
from functools import cache

from horde_reference.text.parts import QUANTISATIONS, tokens


def quantisation_of(name: str) -> str | None:
    """The quantisation that a name states, in capitals, for example `Q4_K_M`; `None` where it states none.

    Of several tokens the one that says the most counts. What the author is called says nothing. A name that says
    `unquantized` only tells what the model was trained to become, so it states none.
    """
    model = name.rpartition("/")[2]
    pattern, unquantised = _patterns()
    found = min(pattern.finditer(model), key=lambda token: token.lastindex or 0, default=None)
    return found[0].upper() if found and not unquantised.search(model) else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The tokens, one group a line of the table, and the denial; compiled when the first name is looked at."""
    return tokens(QUANTISATIONS), re.compile("unquanti[sz]ed", re.IGNORECASE)
