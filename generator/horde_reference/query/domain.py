"""Questions in the words of the domain, where one field alone does not answer them."""

from collections.abc import Callable, Iterable

from horde_reference.query.errors import UnknownValue
from horde_reference.query.fields import field_of
from horde_reference.query.operators import members
from horde_reference.query.predicates import condition
from horde_reference.query.suitable import vocabulary_of
from horde_reference.records.base import Record
from horde_reference.text.quantisation import quantisation_of

Predicate = Callable[[Record], bool]


def of_baseline(kind: type[Record], baselines: Iterable[str]) -> Predicate:
    """Whether a record's baseline is one of these: in any known spelling where there is a vocabulary, else as text.

    Raises:
        UnknownField: the records have no baseline.
        UnknownValue: the vocabulary has no such baseline.
    """
    field = field_of(kind, "baseline")
    if vocabulary_of(field):
        return condition(kind, "baseline__in", baselines)
    wanted = frozenset(baseline.casefold() for baseline in baselines)
    return lambda record: not wanted.isdisjoint(_folded(field.read(record)))


def texts(tags: Iterable[str]) -> tuple[str, ...]:
    """Some texts; a text alone is one, not its letters."""
    return (tags,) if isinstance(tags, str) else tuple(tags)


def tagged(
    kind: type[Record], any_of: tuple[str, ...], all_of: tuple[str, ...], none_of: tuple[str, ...]
) -> list[Predicate]:
    """What asks for any, for all and for none of these tags, as far as any are stated.

    Raises:
        UnknownField: the records have no tags.
    """
    read = field_of(kind, "tags").read
    some, every, none = (frozenset(_folded(tags)) for tags in (any_of, all_of, none_of))
    tests: list[tuple[frozenset[str], Predicate]] = [
        (some, lambda record: not some.isdisjoint(_folded(read(record)))),
        (every, lambda record: every.issubset(_folded(read(record)))),
        (none, lambda record: none.isdisjoint(_folded(read(record)))),
    ]
    return [test for tags, test in tests if tags]


def quantisations(names: Iterable[str]) -> tuple[str, ...]:
    """The quantisations in the spelling of `quantisation_of`.

    Raises:
        UnknownValue: one of them is none.
    """
    found: list[str] = []
    for name in names:
        if quantisation_of(name) != name.upper():
            raise UnknownValue(name, (), f"{name!r} is no quantisation. Write one as in Q4_K_M, IQ3_XS, AWQ or FP8.")
        found.append(name.upper())
    return tuple(found)


def _folded(value: object) -> Iterable[str]:
    """A text, or the texts of a list, without regard to case."""
    return (one.casefold() for one in members(value) if isinstance(one, str))
