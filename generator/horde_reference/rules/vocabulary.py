"""Words that readers know."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from horde_reference.finding import Problem, did_you_mean, pointer
from horde_reference.records.kinds import (
    Adapter,
    AudioGeneration,
    Controlnet,
    ImageGeneration,
    TextGeneration,
    VideoGeneration,
)
from horde_reference.records.spellings import (
    KNOWN_REQUIREMENTS,
    KNOWN_SAMPLERS,
    KNOWN_SCHEDULERS,
    KNOWN_TAGS,
    TAG_SPELLINGS,
)
from horde_reference.records.vocabulary import Baseline

TAGGED = (ImageGeneration, TextGeneration, VideoGeneration, AudioGeneration, Adapter)
"""Record types that have tags."""

Tagged = ImageGeneration | TextGeneration | VideoGeneration | AudioGeneration | Adapter


_KNOWN_VALUES: Final = MappingProxyType({"samplers": KNOWN_SAMPLERS, "schedulers": KNOWN_SCHEDULERS})


def controlnet_style_released(record: Controlnet) -> Iterator[Problem]:
    """Released clients know the style of a ControlNet.

    They refuse the whole category over one style that they do not know, so every worker would lose all of its
    ControlNets.

    Wait until the clients that know the style are in use, or use a style that they know.
    """
    if not record.controlnet_style.released:
        message = f"Released clients do not know {record.controlnet_style} and would lose the whole category."
        yield Problem("/controlnet_style", message, "Use a style that they know.")


def baseline_placeholder(record: ImageGeneration) -> Iterator[Problem]:
    """The baseline is stated, not left to be guessed.

    `infer` tells a worker nothing: it cannot choose the right pipeline or resolution.

    State the model that this one was trained from.
    """
    if record.baseline is Baseline.INFER:
        yield Problem("/baseline", "'infer' is a placeholder, not a baseline.", "State the baseline.")


def tag_spelling(record: Tagged) -> Iterator[Problem]:
    """Tags are spelt the usual way.

    A misspelt tag makes a filter of its own that nobody looks under.

    `horde-reference fix` corrects the known misspellings.
    """
    for place, tag in enumerate(record.tags):
        if meant := TAG_SPELLINGS.get(tag):
            yield Problem(pointer("tags", place), f"{tag!r} is a misspelling.", f"Did you mean {meant!r}?")


@lru_cache(maxsize=4096)
def _near_tag(tag: str) -> str | None:
    """The known tag that another one is probably meant to be."""
    return next(iter(get_close_matches(tag, KNOWN_TAGS, n=1, cutoff=0.85)), None)


def tag_near_known(record: ImageGeneration | Adapter) -> Iterator[Problem]:
    """A tag that is almost a known one is that one.

    Front ends offer the known tags as filters. `landscape` beside `landscapes` is found by neither.

    Use the known tag, or a word that is clearly another.
    """
    for place, tag in enumerate(record.tags):
        if tag not in KNOWN_TAGS and tag not in TAG_SPELLINGS and (meant := _near_tag(tag)):
            yield Problem(pointer("tags", place), f"{tag!r} is almost a known tag.", f"Did you mean {meant!r}?")


def requirement_known(record: ImageGeneration) -> Iterator[Problem]:
    """Requirements use words that workers understand.

    A key, sampler or schedule that no worker knows is silently passed over: the model then runs with settings that
    it cannot take.

    Use one of the known words.
    """
    if record.requirements is None:
        return
    for key in record.requirements:
        if key not in KNOWN_REQUIREMENTS:
            message = f"No worker is known to understand the requirement {key!r}."
            yield Problem(pointer("requirements", key), message, did_you_mean(key, sorted(KNOWN_REQUIREMENTS)))
    for key, known in _KNOWN_VALUES.items():
        stated = record.requirements.get(key)
        for place, word in enumerate(stated if isinstance(stated, tuple) else ()):
            if word not in known:
                message = f"No worker is known to understand {word!r} in {key}."
                yield Problem(pointer("requirements", key, place), message, did_you_mean(str(word), sorted(known)))
