"""Which names of the AI-Horde mean which model, and what they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from horde_reference.analytics.usage import Counted, Use
from horde_reference.records.base import Record
from horde_reference.records.kinds import TextGeneration
from horde_reference.records.vocabulary import TextBackend
from horde_reference.text.backends import short_name

CANONICAL: Final = "canonical"
"""Stands for a backend where workers offer a model under its own name."""

_APHRODITE: Final = TextBackend.APHRODITE.value
_KOBOLDCPP: Final = TextBackend.KOBOLDCPP.value
_ORDER: Final = (CANONICAL, _APHRODITE, _KOBOLDCPP)
_NOTHING: Final = Use()
_KINDS: Final = ("day", "month", "total", "workers")


@dataclass(frozen=True, slots=True)
class Variation:
    """One name under which workers offer a model."""

    backend: str
    """`canonical`, or the backend whose prefix the name has."""
    variant_name: str
    """The name."""
    use: Use
    """What the AI-Horde says of it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the AI-Horde says of a model under all its names; `None` for what it did not say."""

    day: int | None = None
    month: int | None = None
    total: int | None = None
    workers: int | None = None
    busiest: Use = field(default_factory=Use)
    """The name with the most workers: its queue and speed stand for the model's."""
    variations: tuple[Variation, ...] = ()


def matched(records: Iterable[Record], counted: Counted) -> dict[str, Seen]:
    """Name of each record → what is seen of it.

    A name counts for one record only: first for the one that has it, then for one that had it, then for one that a
    backend knows by it; between two of a kind, for the first by name. So nothing is counted twice.
    """
    owners = _Owners(sorted(records, key=attrgetter("name")))
    variations: dict[str, list[Variation]] = {name: [] for name in owners.names}
    for name, use in counted.models.items():
        backend, owner = owners.of(name)
        if owner is not None:
            variations[owner].append(Variation(backend, name, use))
    known = _known(counted)
    return {name: _seen(name, some, known) for name, some in variations.items()}


class _Owners:
    """Whose the names are that the AI-Horde counts."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.names = dict[str, str]()
        aliases, texts, text_aliases = dict[str, str](), dict[str, str](), dict[str, str]()
        for record in records:
            self.names[record.name] = record.name
            former = dict.fromkeys(record.aliases, record.name)
            aliases = former | aliases if former else aliases
            if isinstance(record, TextGeneration):
                texts[record.name] = record.name
                text_aliases = former | text_aliases if former else text_aliases
        shorts, short_aliases = _shortened(texts), _shortened(text_aliases)
        self._own = (self.names, aliases)
        self._backends = {
            _APHRODITE: (texts, text_aliases),
            _KOBOLDCPP: (texts, text_aliases, shorts, short_aliases),
        }

    def of(self, name: str) -> tuple[str, str | None]:
        """Backend of a name, and the record that it counts for, if any."""
        for known in self._own:
            if name in known:
                return CANONICAL, known[name]
        backend, _, rest = name.partition("/")
        for known in self._backends.get(backend, ()):
            if rest in known:
                return backend, known[rest]
        return CANONICAL, None


def _shortened(names: Mapping[str, str]) -> dict[str, str]:
    """The same names without their authors; one that two have goes to the first."""
    found: dict[str, str] = {}
    for name, owner in names.items():
        found.setdefault(short_name(name), owner)
    return found


def _known(counted: Counted) -> frozenset[str]:
    """The kinds of numbers that were said at all: then what is not listed has none of it."""
    uses = counted.models.values()
    return frozenset(kind for kind in _KINDS if any(getattr(use, kind) is not None for use in uses))


def _seen(name: str, variations: list[Variation], known: frozenset[str]) -> Seen:
    if len(variations) > 1:
        # Its own name goes first: of names that as many workers offer, it stands for the model.
        variations.sort(key=lambda one: (_ORDER.index(one.backend), one.variant_name != name, one.variant_name))
    uses = [one.use for one in variations]
    workers = [use.workers for use in uses] if "workers" in known else None
    return Seen(
        day=total([use.day for use in uses]) if "day" in known else None,
        month=total([use.month for use in uses]) if "month" in known else None,
        total=total([use.total for use in uses]) if "total" in known else None,
        workers=None if workers is None or None in workers else max(filter(None, workers), default=0),
        busiest=max(uses, key=lambda use: use.workers or 0, default=_NOTHING),
        variations=tuple(variations),
    )


def total(numbers: Iterable[int | None]) -> int | None:
    """The sum; `None` where one of the numbers is not known."""
    found = 0
    for number in numbers:
        if number is None:
            return None
        found += number
    return found
