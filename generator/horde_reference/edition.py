"""All that is published of one commit: the records, and what is known of them besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from horde_reference.analytics.matching import Seen, matched
from horde_reference.analytics.series import Series
from horde_reference.analytics.thresholds import THRESHOLDS
from horde_reference.analytics.usage import Counted, Usage
from horde_reference.corpus import Corpus
from horde_reference.history.event import Event
from horde_reference.history.timeline import Timeline, timeline
from horde_reference.pending.snapshot import Queue
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.grouping import NOTHING_STATED, Grouping
from horde_reference.text.groups import Group, groups_of, text_models
from horde_reference.text.names import Name


@dataclass(frozen=True)
class History:
    """What happened up to a commit."""

    commit: str
    """Id of the commit."""
    time: int
    """Seconds since 1970 at which it was committed."""
    number: int
    """Its place in the mainline, the first commit being 1: grows with every commit."""
    events: Sequence[Event]
    """All that happened to records, oldest first."""
    is_modified: bool = False
    """Whether the records are not those of the commit: some are changed and not committed."""

    @cached_property
    def timeline(self) -> Timeline:
        """What the events come to."""
        return timeline(self.events)


@dataclass(frozen=True)
class Edition:
    """A corpus and its past."""

    corpus: Corpus
    """Every record, those that are withdrawn as well."""
    history: History | None = None
    """What happened to them; `None` where git does not say."""
    usage: Usage | None = None
    """How much they are used; `None` where nobody asked."""
    series: Series = field(default_factory=Series)
    """How much they were used on days before."""
    queue: Queue | None = None
    """What pull requests propose; `None` where nobody looked."""
    grouping: Grouping = NOTHING_STATED
    """What people state of the groups of text models."""
    known_groups: Mapping[str, Group] | None = None
    """The groups of the text models that are offered, where somebody has them already."""

    @cached_property
    def published(self) -> Corpus:
        """The records that are offered: all but those that are withdrawn."""
        return self.corpus.offered()

    @cached_property
    def events(self) -> Sequence[Event]:
        """All that happened, as far as is known."""
        return self.history.events if self.history else ()

    @cached_property
    def timeline(self) -> Timeline:
        """What it comes to."""
        return self.history.timeline if self.history else timeline(())

    @property
    def began(self) -> int | None:
        """When the first record of all came, in seconds since 1970; `None` without history."""
        return self.events[0].commit.time if self.events else None

    def last_updated(self, category: str) -> int | None:
        """When a record of a category last changed. A category that never did is as old as the first record of all."""
        tally = self.timeline.tallies.get(category)
        return tally.last.commit.time if tally and tally.last else self.began

    @cached_property
    def text_groups(self) -> Mapping[str, Group]:
        """Groups of the text models that are offered, by name."""
        if self.known_groups is not None:
            return self.known_groups
        return groups_of(text_models(self.published))

    @cached_property
    def text_names(self) -> Mapping[str, Name]:
        """Names of the text models that are offered, each with its parts."""
        return {name.text: name for group in self.text_groups.values() for name in group.names}

    def group_of(self, category: str) -> Mapping[str, str]:
        """Name of each model that is offered → name of its group; empty for categories without groups: all but one."""
        return self.text_group_of if category == TextGeneration.category else {}

    @cached_property
    def text_group_of(self) -> Mapping[str, str]:
        """Name of each text model that is offered → name of its group."""
        return {name.text: group.name for group in self.text_groups.values() for name in group.names}

    def usage_as_of(self, category: str) -> int | None:
        """Seconds since 1970 when usage was asked for; `None` where nobody did, or counts nothing of the kind."""
        return self.usage.fetched_at if self.usage and THRESHOLDS[category].domain else None

    def seen(self, category: str) -> Mapping[str, Seen]:
        """Name of each model of a category that is offered → what the AI-Horde says of it."""
        if category not in self._seen:
            self._seen[category] = matched(self.published[category].values(), self._counted(category))
        return self._seen[category]

    @cached_property
    def _seen(self) -> dict[str, Mapping[str, Seen]]:
        return {}

    def _counted(self, category: str) -> Counted:
        """What the AI-Horde counts; nothing where nobody asked, or where it counts nothing of the kind."""
        domain = THRESHOLDS[category].domain
        return self.usage.of(domain) if self.usage and domain else Counted()
