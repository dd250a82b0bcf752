"""Sampler settings that a text model may recommend: one row each, with type and bounds.

Source: the parameters of the AI-Horde's text generation API.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

SettingName: TypeAlias = Literal[
    "n",
    "frmtadsnsp",
    "frmtrmblln",
    "frmtrmspch",
    "frmttriminc",
    "max_context_length",
    "max_length",
    "rep_pen",
    "rep_pen_range",
    "rep_pen_slope",
    "singleline",
    "temperature",
    "tfs",
    "top_a",
    "top_k",
    "top_p",
    "typical",
    "sampler_order",
    "use_default_badwordsids",
    "stop_sequence",
    "min_p",
    "smoothing_factor",
    "dynatemp_range",
    "dynatemp_exponent",
]


@dataclass(frozen=True, slots=True)
class Setting:
    """Type of a setting's value and, for numbers, the closed interval that it lies in."""

    type: Literal["integer", "number", "boolean", "integers", "texts"]
    low: float = float("-inf")
    high: float = float("inf")


_BOOLEAN: Final = Setting("boolean")

SETTINGS: Final = MappingProxyType[str, Setting](
    {
        "n": Setting("integer", 1, 20),
        "max_context_length": Setting("integer", 80),
        "max_length": Setting("integer", 16),
        "rep_pen": Setting("number", 1, 3),
        "rep_pen_range": Setting("integer", 0),
        "rep_pen_slope": Setting("number", 0, 10),
        "temperature": Setting("number", 0, 5),
        "tfs": Setting("number", 0, 1),
        "top_a": Setting("number", 0, 1),
        "top_k": Setting("integer", 0),
        "top_p": Setting("number", 0, 1),
        "typical": Setting("number", 0, 1),
        "sampler_order": Setting("integers", 0, 7),
        "stop_sequence": Setting("texts"),
        "min_p": Setting("number", 0, 1),
        "smoothing_factor": Setting("number", 0, 10),
        "dynatemp_range": Setting("number", 0, 5),
        "dynatemp_exponent": Setting("number", 0, 5),
        "use_default_badwordsids": _BOOLEAN,
        "singleline": _BOOLEAN,
        "frmtadsnsp": _BOOLEAN,
        "frmtrmblln": _BOOLEAN,
        "frmtrmspch": _BOOLEAN,
        "frmttriminc": _BOOLEAN,
    }
)
"""Setting name → what its value must be."""

SETTING_NAMES: Final[tuple[str, ...]] = get_args(SettingName)
