"""What the name of a text model is made of, and how each part is written."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Part(StrEnum):
    """What a piece of a name is."""

    BACKEND = "backend"
    AUTHOR = "author"
    LEADING_VERSION = "leading_version"
    BASE = "base"
    SIZE = "size"
    ACTIVE = "active"
    VARIANT = "variant"
    VERSION = "version"
    DATE = "date"
    CONTEXT = "context"
    PACKING = "packing"
    QUANTISATION = "quantisation"
    SEPARATOR = "separator"


ORDER: Final = tuple(Part)[2:-1]
"""The parts of a name behind its author, in the order in which most names have them."""

REPEATED: Final = frozenset({Part.VARIANT, Part.VERSION, Part.CONTEXT, Part.PACKING, Part.QUANTISATION})
"""Parts that a name may have several of. Of the others only the first is one, as in `mpt-1b-redpajama-200b`."""

SEPARATORS: Final = "-_ ."
"""Characters that part the words of a name."""

QUANTISATIONS: Final = (
    r"Q[2-8]_(?:K_XL|K_[SMLH]|K|[01])|IQ[1-4]_(?:XXS|XS|NL|S|M)",
    r"Q[2-8](?!\.[0-9])",  # Q3.5 is a version of Qwen
    r"GPTQ|AWQ|EXL[23]|NVFP4|MXFP4",
    r"FP8|FP16|BF16|FP32|INT4|INT8",
    r"[48]BIT",
    r"GGUF|GGML",
)
"""Regular expressions of quantisations, what says the most first: GGUF is only how a file is packed."""

# No `++` gives back what it took, so that no text, however long, takes more than one look at each character.
TOKENS: Final[Mapping[Part, str]] = MappingProxyType(
    {
        Part.LEADING_VERSION: r"\A[0-9]++\.[0-9]++(?:\.[0-9]++)?(?=[_-])",
        # Qwen-1_8B has 1.8 billions, but LLAMA-3_8B has 8.
        Part.SIZE: r"(?:[01]_[0-9]|[0-9]++(?:X[0-9]++)?(?:\.[0-9]++)?)[BM][0-9]*+",
        Part.ACTIVE: r"A[0-9]++(?:\.[0-9]++)?B",
        Part.VARIANT: "INSTRUCT|CHAT|CODE|BASE|UNCENSORED|FINETUNE|FT|THINKING|REASONING|TURBO|PREVIEW|LATEST",
        Part.VERSION: r"V[0-9]++(?:\.[0-9]++)*+",
        Part.DATE: ("(?:0[1-9]|1[0-2])-(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?|[0-9]{4}"),
        Part.CONTEXT: "[0-9]++K",
        Part.PACKING: r"I1|(?:32|64|128|1024)G|[0-9]++(?:\.[0-9]++)?BPW",
        Part.QUANTISATION: "|".join(QUANTISATIONS),
    }
)
"""Part → regular expression of what can be told by how it is written. The rest of a name is its base."""

LENGTH_IN_MILLIONS: Final = "[0-9]{1,2}M"
"""Regular expression of a context that looks like a size, and is one only where no other size stands in the name."""


def tokens(expressions: Iterable[str]) -> re.Pattern[str]:
    r"""A pattern that finds whole words, in letters of either case; each expression is a group of its own.

    An underscore parts words here, so `\b` does not say where a word ends. Digits and letters are those of ASCII.
    """
    groups = "|".join(f"({expression})" for expression in expressions)
    return re.compile(rf"(?<![^\W_])(?ai:{groups})(?![^\W_])")
