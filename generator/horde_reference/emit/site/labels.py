"""Values in words, as people write them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image_generation": "Image generation",
        "text_generation": "Text generation",
        "video_generation": "Video generation",
        "audio_generation": "Audio generation",
        "controlnet": "ControlNet",
        "controlnet_annotator": "ControlNet annotators",
        "esrgan": "Upscalers (ESRGAN)",
        "gfpgan": "Face restoration (GFPGAN)",
        "codeformer": "Face restoration (CodeFormer)",
        "blip": "Captions (BLIP)",
        "clip": "Interrogation (CLIP)",
        "safety_checker": "Safety checkers",
        "miscellaneous": "Miscellaneous",
        "lora": "LoRAs",
        "ti": "Textual inversions",
    }
)
"""Category → what people call it, in the order in which people look for them."""

_MACHINE: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_CAPITALS: Final = frozenset({"xl", "qr", "hed", "mlsd"})
_BILLION: Final = 10**9
_MILLION: Final = 10**6
_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB", "PB")
_STEP: Final = 1000
_LEAST_SHARE: Final = 0.1


def words(value: str) -> str:
    """A word of a vocabulary as people write it; what a person wrote stays as it is."""
    if not _MACHINE.fullmatch(value):
        return value
    parts = value.removeprefix("control_").split("_")
    return " ".join(part.upper() if part in _CAPITALS else part.capitalize() for part in parts)


def sentence(value: str) -> str:
    """A word of a program as a heading: deletion_candidates becomes Deletion candidates."""
    return value.replace("_", " ").capitalize()


def size(number: int) -> str:
    """Bytes in the unit that fits: 6.78 GB."""
    amount, unit = float(number), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount /= _STEP
        unit += 1
    return f"{amount:.3g} {_UNITS[unit]}" if amount < _STEP else f"{amount:,.0f} {_UNITS[unit]}"


def parameters(number: int) -> str:
    """Parameters as the names of models have them: 8B."""
    if number >= _BILLION:
        return f"{number / _BILLION:,.4g}B" if number < _BILLION * 10_000 else f"{number // _BILLION:,}B"
    return f"{number / _MILLION:.3g}M" if number >= _MILLION else f"{number:,}"


def number(value: float) -> str:
    """A number with commas between its thousands."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")


def share(percentage: float) -> str:
    """A share in percent, as short as it can be told from nothing."""
    if 0 < percentage < _LEAST_SHARE:
        return f"<{_LEAST_SHARE}\N{NO-BREAK SPACE}%"
    return f"{percentage:.1f}".removesuffix(".0") + "\N{NO-BREAK SPACE}%"


def plain(value: Any) -> str:  # noqa: ANN401 - any flat value
    """A setting's value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(plain, value)) if isinstance(value, list | tuple) else str(value)


def day(time: int) -> str:
    """A day in UTC, from seconds since 1970."""
    return datetime.fromtimestamp(time, UTC).date().isoformat()


def moment(time: int) -> str:
    """A minute in UTC, from seconds since 1970."""
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M UTC").zfill(20)


def short(text: str, most: int) -> str:
    """A text of so many characters at most, cut between words where that is possible."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
