"""Words that readers know."""

from collections.abc import Iterator

from horde_reference.finding import Problem, did_you_mean, pointer
from horde_reference.records.kinds import (
    Adapter,
    AudioGeneration,
    Controlnet,
    ImageGeneration,
    TextGeneration,
    VideoGeneration,
)
from horde_reference.records.spellings import KNOWN_REQUIREMENTS, TAG_SPELLINGS
from horde_reference.records.vocabulary import Baseline

TAGGED = (ImageGeneration, TextGeneration, VideoGeneration, AudioGeneration, Adapter)
"""Record types that have tags."""

Tagged = ImageGeneration | TextGeneration | VideoGeneration | AudioGeneration | Adapter


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


def requirement_known(record: ImageGeneration) -> Iterator[Problem]:
    """Requirements use keys that workers understand.

    A key that no worker knows is silently passed over: the model then runs with settings that it cannot take.

    Use one of the known keys.
    """
    for key in record.requirements or ():
        if key not in KNOWN_REQUIREMENTS:
            message = f"No worker is known to understand the requirement {key!r}."
            yield Problem(pointer("requirements", key), message, did_you_mean(key, sorted(KNOWN_REQUIREMENTS)))
