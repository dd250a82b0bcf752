"""When each record came and last changed, by whose hand, and how often that happened in each category."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from horde_reference.changes.diff import Operation
from horde_reference.history.event import Event, Key
from horde_reference.history.log import Commit


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The first and the last commit that made a record what it is."""

    created: Commit
    """The commit that brought it, under whatever name."""
    updated: Commit
    """The commit that changed it last."""


@dataclass(slots=True)
class Tally:
    """What readers saw happen in one category."""

    counts: dict[Operation, int] = field(default_factory=lambda: {"create": 0, "update": 0, "delete": 0})
    """Effect → how often."""
    last: Event | None = None
    """The last event."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the events come to."""

    lifetimes: Mapping[Key, Lifetime]
    """Record → its lifetime, of those that stand."""
    tallies: Mapping[str, Tally]
    """Category → what happened in it, of those in which anything did."""


def timeline(events: Iterable[Event]) -> Timeline:
    """Follow the events, oldest first."""
    lifetimes: dict[Key, Lifetime] = {}
    ended: dict[Key, Lifetime] = {}
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for event in events:
        if event.effect is not None:
            tally = tallies[event.category]
            tally.counts[event.effect] += 1
            tally.last = event
        known = lifetimes.get(event.key)
        if event.after is None:
            ended[event.key] = lifetimes.pop(event.key)
            continue
        if event.renamed_from is not None:
            old = event.category, event.renamed_from
            known = lifetimes.get(old) or ended.get(old)
        lifetimes[event.key] = replace(known or Lifetime(event.commit, event.commit), updated=event.commit)
    return Timeline(lifetimes, dict(tallies))
