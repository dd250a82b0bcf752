"""How the weights of a text model are quantised, as its name says it."""

import re
from functools import cache
from typing import Final

QUANTISATIONS: Final = (
    r"Q[2-8]_(?:K_XL|K_[SMLH]|K|[01])|IQ[1-4]_(?:XXS|XS|NL|S|M)",
    r"Q[2-8]",
    r"GPTQ|AWQ|EXL[23]|NVFP4|MXFP4",
    r"FP8|FP16|BF16|FP32|INT4|INT8",
    r"[48]BIT",
    r"GGUF|GGML",
)
"""Regular expressions of the tokens that names carry, what says the most first: GGUF is only how a file is packed."""


def quantisation_of(name: str) -> str | None:
    """The quantisation that a name states, in capitals, for example `Q4_K_M`; `None` where it states none.

    Of several tokens the one that says the most counts. A name that says `unquantized` only tells what the model
    was trained to become, so it states none.
    """
    tokens, unquantised = _patterns()
    found = min(tokens.finditer(name), key=lambda token: token.lastindex or 0, default=None)
    return found[0].upper() if found and not unquantised.search(name) else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The tokens, one group a line of the table, and the denial; compiled when the first name is looked at."""
    groups = "|".join(f"({line})" for line in QUANTISATIONS)
    # An underscore parts words here, so `\b` does not say where a token ends.
    return (
        re.compile(rf"(?<![^\W_])(?:{groups})(?![^\W_])", re.IGNORECASE),
        re.compile("unquanti[sz]ed", re.IGNORECASE),
    )
