"""Groups of text models: those whose names say the same but for size, variant, version and the like."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from operator import attrgetter
from typing import NamedTuple

from horde_reference.corpus import Corpus
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.names import Name, parse_name


class Member(NamedTuple):
    """A model of a group."""

    record: TextGeneration
    """The model."""
    name: Name
    """What its name says."""


@dataclass(frozen=True, slots=True)
class Group:
    """Models whose names have one base. Which models these are follows from their names and from nothing else."""

    name: str
    """The base."""
    members: tuple[Member, ...]
    """The models, by name; at least one."""

    @property
    def names(self) -> list[Name]:
        """What the names of the members say."""
        return [member.name for member in self.members]

    @property
    def records(self) -> list[TextGeneration]:
        """The members' records."""
        return [member.record for member in self.members]


def text_models(corpus: Corpus) -> Iterator[TextGeneration]:
    """The text models of a corpus, by name."""
    return (record for record in corpus[TextGeneration.category].values() if isinstance(record, TextGeneration))


def groups_of(records: Iterable[TextGeneration]) -> Mapping[str, Group]:
    """Name → group, by name. The same for the same records in whatever order they come."""
    found: dict[str, list[Member]] = {}
    for record in records:
        name = parse_name(record.name)
        found.setdefault(name.group, []).append(Member(record, name))
    by_name = attrgetter("record.name")
    return {name: Group(name, tuple(sorted(members, key=by_name))) for name, members in sorted(found.items())}


def meant(name: str, groups: Iterable[str]) -> str:
    """A sentence that suggests the nearest of the groups that begin alike, or how to see all."""
    alike = {group.casefold(): group for group in groups if group[:1].casefold() == name[:1].casefold()}
    near = get_close_matches(name.casefold(), alike, n=1)
    return f"Did you mean {alike[near[0]]}?" if near else "See horde-reference groups list."
