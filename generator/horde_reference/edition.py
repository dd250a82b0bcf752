"""All that is published of one commit: the records, and what is known of them besides."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from horde_reference.corpus import Corpus
from horde_reference.history.event import Event
from horde_reference.history.timeline import Timeline, timeline


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
