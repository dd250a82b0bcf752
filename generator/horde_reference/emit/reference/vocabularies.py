"""The words that records use.

reference/vocabularies.md
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from horde_reference.emit.reference.markdown import code, line, page, summary, table
from horde_reference.records.settings import SETTINGS, Setting
from horde_reference.records.spellings import (
    KNOWN_REQUIREMENTS,
    KNOWN_SAMPLERS,
    KNOWN_SCHEDULERS,
    KNOWN_TAGS,
)
from horde_reference.records.vocabulary import Baseline, ControlnetStyle, Domain, Purpose, Style, TextBackend
from horde_reference.text.parts import Part
from horde_reference.tree import File

_WORDS: Final[tuple[type[StrEnum], ...]] = (Style, Domain, Purpose, TextBackend, Part)
_KNOWN: Final = {
    "Requirements": KNOWN_REQUIREMENTS,
    "Samplers": KNOWN_SAMPLERS,
    "Schedulers": KNOWN_SCHEDULERS,
    "Tags": KNOWN_TAGS,
}


def emit() -> Iterator[File]:
    """The page."""
    yield (
        "reference/vocabularies.md",
        page(
            "Vocabularies",
            "Words that mean something to programs. A value outside a closed vocabulary is an error; of the open ones, "
            "at the end, a word that is near a known one is a warning.",
            "## Baseline",
            line(summary(Baseline.__doc__ or "")),
            _baselines(),
            "## ControlnetStyle",
            line(summary(ControlnetStyle.__doc__ or "")),
            table(("value", "released clients know it"), ((code(one), _yes(one.released)) for one in ControlnetStyle)),
            *(part for words in _WORDS for part in _vocabulary(words)),
            "## Sampler settings",
            "What a text model may recommend.",
            table(("setting", "type", "from", "to"), ((code(name), *_setting(one)) for name, one in SETTINGS.items())),
            "## Known words of open vocabularies",
            *(f"### {title}\n\n{', '.join(map(code, sorted(words)))}" for title, words in _KNOWN.items()),
        ),
    )


def _baselines() -> str:
    rows = (
        (code(one), code(one.resolution or ""), code(one.legacy), ", ".join(map(code, one.alternatives)))
        for one in Baseline
    )
    return table(("value", "pixels a side", "in the legacy files", "other spellings"), rows)


def _vocabulary(words: type[StrEnum]) -> Iterator[str]:
    yield f"## {words.__name__}"
    yield line(summary(words.__doc__ or ""))
    yield ", ".join(map(code, words))


def _setting(one: Setting) -> tuple[str, str, str]:
    bounds = (code(bound) if abs(bound) != float("inf") else "" for bound in (one.low, one.high))
    return one.type, *bounds  # type: ignore[return-value]


def _yes(said: bool) -> str:
    return "yes" if said else "no"
