"""Words for the members of closed vocabularies: how people spell them."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from horde_reference.query.errors import UnknownValue
from horde_reference.records.vocabulary import Baseline, ControlnetStyle


def member(vocabulary: type[StrEnum], word: str, sentence: str) -> StrEnum:
    """The member that a word means, whatever its case.

    Raises:
        UnknownValue: it means none; the message starts with the sentence.
    """
    found = _spellings(vocabulary).get(word.casefold())
    if found is None:
        raise UnknownValue(word, [str(one) for one in vocabulary], sentence)
    return found


@cache
def _spellings(vocabulary: type[StrEnum]) -> Mapping[str, StrEnum]:
    return MappingProxyType({word.casefold(): one for one in vocabulary for word in _words(one)})


def _words(one: StrEnum) -> tuple[str, ...]:
    if isinstance(one, Baseline):
        return (one.value, one.legacy, *one.alternatives)
    if isinstance(one, ControlnetStyle):
        return (one.value, one.value.removeprefix("control_"))
    return (one.value,)
