"""What one source has, read into records."""

import warnings
from typing import Final

from horde_reference.client.cached import Cached
from horde_reference.errors import NotThere, Unread
from horde_reference.formats.addresses import category_path
from horde_reference.formats.v2.decoding import Problem, decode_category
from horde_reference.records.base import Record


class SkippedRecord(UserWarning):
    """A record could not be read and was passed over; the rest of its category is there."""


class SourceLeftOut(UserWarning):
    """A source that lies over the base could not be read; the records of the others are there."""


class Loaded:
    """The records of a category in one state of a source; never changed, so that threads may share it."""

    __slots__ = ("problems", "records", "tag")

    def __init__(self, tag: str, records: dict[str, Record], problems: list[Problem]) -> None:
        self.tag = tag
        self.records = records
        self.problems = problems


NOTHING: Final = Loaded("", {}, [])
"""What a source has of a category that it does not have."""


class Layer:
    """What one source has of the categories that were asked for."""

    def __init__(self, source: Cached) -> None:
        self.source = source
        self.loaded: dict[str, Loaded] = {}

    def load(self, category: str) -> Loaded:
        """The records of a category as the source has them now.

        Raises:
            Unread: it has none, or cannot be read.
        """
        before = self.loaded.get(category, NOTHING)
        answer = self.source.read(category_path(category), before.tag or None)
        if answer.body is None:
            return before
        problems: list[Problem] = []
        found = Loaded(answer.tag, decode_category(category, answer.body, problems), problems)
        self.loaded[category] = found
        for problem in problems:
            warnings.warn(f"{self.source}: {problem!r}", SkippedRecord, stacklevel=2)
        return found

    def load_if_there(self, category: str) -> Loaded:
        """The same where the source may do without the category, or be away: then what it had last stays."""
        try:
            return self.load(category)
        except NotThere:
            self.loaded[category] = NOTHING
        except Unread as failure:
            warnings.warn(f"{self.source} is left out: {failure}", SourceLeftOut, stacklevel=2)
        return self.loaded.get(category, NOTHING)
