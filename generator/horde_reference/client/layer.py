"""What one source has, read into records."""

import warnings
from typing import TYPE_CHECKING

from horde_reference.client.cached import Cached
from horde_reference.errors import NotThere, Unread
from horde_reference.formats.addresses import category_path
from horde_reference.formats.v2.decoding import Problem, decode_category

if TYPE_CHECKING:
    from horde_reference.records.base import Record


class SkippedRecord(UserWarning):
    """A record could not be read and was passed over; the rest of its category is there."""


class SourceLeftOut(UserWarning):
    """A source that lies over the base could not be read; the records of the others are there."""


class Layer:
    """What one source has of the categories that were asked for."""

    __slots__ = ("problems", "records", "source", "tags")

    def __init__(self, source: Cached) -> None:
        self.source = source
        self.tags: dict[str, str] = {}
        self.records: dict[str, dict[str, Record]] = {}
        self.problems: dict[str, list[Problem]] = {}

    def load(self, category: str) -> bool:
        """Bring the records of a category up to what the source has; returns whether they changed."""
        answer = self.source.read(category_path(category), self.tags.get(category) or None)
        if answer.body is None:
            return False
        problems: list[Problem] = []
        self.records[category] = decode_category(category, answer.body, problems)
        self.problems[category] = problems
        self.tags[category] = answer.tag
        for problem in problems:
            warnings.warn(f"{self.source}: {problem!r}", SkippedRecord, stacklevel=2)
        return True

    def load_if_there(self, category: str) -> bool:
        """The same where the source may do without the category, or be away: then what it had last stays."""
        try:
            return self.load(category)
        except NotThere:
            return self.records.pop(category, None) is not None
        except Unread as failure:
            warnings.warn(f"{self.source} is left out: {failure}", SourceLeftOut, stacklevel=2)
            return False
