"""What the page of families says: families of text models, their groups, and the models in those."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from horde_reference.edition import Edition
from horde_reference.emit.group_lists import detected
from horde_reference.emit.site.links import group_anchor, model_href
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.groups import Group


@dataclass(frozen=True, slots=True)
class Leaf:
    """A model."""

    name: str
    href: str
    nsfw: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A group and its models."""

    name: str
    anchor: str
    aliases: str
    models: Sequence[Leaf]


@dataclass(frozen=True, slots=True)
class Bough:
    """A family and its groups."""

    name: str
    groups: Sequence[Branch]

    @property
    def models(self) -> int:
        """How many models it has."""
        return sum(len(one.models) for one in self.groups)


@dataclass(frozen=True, slots=True)
class Forest:
    """All groups of text models; each of them in one place."""

    families: Sequence[Bough]
    """Families that people state."""
    alike: Sequence[Bough]
    """Groups in none of them whose names begin alike."""
    alone: Sequence[Branch]
    """All others."""
    groups: int
    models: int


def forest(edition: Edition) -> Forest:
    """The families of an edition, each by name."""
    groups, grouping = edition.text_groups, edition.grouping
    branches = {name: _branch(edition, group) for name, group in groups.items()}
    families = _boughs(sorted(grouping.families.items()), branches)
    suggested = ((one.family_name, one.members) for one in detected(groups, grouping).suggestions)
    alike = _boughs(suggested, branches)
    placed = {group.name for bough in (*families, *alike) for group in bough.groups}
    alone = [branch for name, branch in branches.items() if name not in placed]
    return Forest(families, alike, alone, len(groups), sum(len(one.models) for one in branches.values()))


def _boughs(families: Iterable[tuple[str, Sequence[str]]], branches: Mapping[str, Branch]) -> list[Bough]:
    found = (Bough(family, [branches[name] for name in names if name in branches]) for family, names in families)
    return [bough for bough in found if bough.groups]


def _branch(edition: Edition, group: Group) -> Branch:
    category = TextGeneration.category
    return Branch(
        name=group.name,
        anchor=group_anchor(group.name),
        aliases=", ".join(edition.grouping.aliases.get(group.name, ())),
        models=[Leaf(one.name, model_href(category, one.name), one.nsfw) for one in group.records],
    )
