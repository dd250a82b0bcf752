"""All records, as one value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES


@dataclass(frozen=True, slots=True)
class Corpus:
    """Records by category and name. Categories in the order of `CATEGORIES`, records by name."""

    categories: Mapping[str, Mapping[str, Record]]
    """Category name → record name → record; every category is present, an empty one too."""

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Corpus":
        """The corpus of these records.

        Raises:
            ValueError: two of them have the same category and name.
        """
        found: dict[str, Mapping[str, Record]] = {name: MappingProxyType({}) for name in CATEGORIES}
        by_category = attrgetter("category")
        for category, members in groupby(sorted(records, key=by_category), key=by_category):
            ordered = sorted(members, key=attrgetter("name"))
            by_name = {record.name: record for record in ordered}
            if len(by_name) < len(ordered):
                raise ValueError(f"two records of {category} have the same name")
            found[category] = MappingProxyType(by_name)
        return cls(MappingProxyType(found))

    def __getitem__(self, category: str) -> Mapping[str, Record]:
        """Records of one category by name; `KeyError` for a category that does not exist."""
        return self.categories[category]

    def __iter__(self) -> Iterator[Record]:
        """Every record, category by category."""
        for members in self.categories.values():
            yield from members.values()

    def __len__(self) -> int:
        """Number of records."""
        return sum(map(len, self.categories.values()))

    def offered(self) -> "Corpus":
        """The records that are not withdrawn."""
        if any(record.withdrawn for record in self):
            return Corpus.of(record for record in self if not record.withdrawn)
        return self

    def counts(self) -> dict[str, int]:
        """Number of records by category."""
        return {name: len(members) for name, members in self.categories.items()}
