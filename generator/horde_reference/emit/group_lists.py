"""What is said of all groups of text models together, in the form in which the live service says it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from horde_reference.emit.group_shapes import GroupDetail
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.families import detect
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import Group
from horde_reference.text.health import Issue

Issues = Mapping[str, list[Issue]]
"""Group → what may be wrong with it."""


@dataclass
class GroupNames:
    """Names of all groups of text models."""

    groups: list[str]
    """The names, in order."""


@dataclass
class GroupSummary:
    """A group in short."""

    group_name: str
    """Name of the group."""
    canonical_count: int
    """How many models it has."""
    backend_duplicate_count: int
    """How many of them are records under the name that a backend gives them. There are none here."""
    has_custom_schema: bool
    """Whether people state how its names are written."""
    family_name: str | None
    """Family that it belongs to."""
    alias_canonical: str | None
    """Group that it is an alias of. A group is none here: aliases are names that no group has."""
    aliases: tuple[str, ...]
    """Other names under which it is found."""
    available_sizes: list[str]
    """Sizes that its models have."""
    health_issues: list[Issue]
    """What may be wrong with it."""


@dataclass
class Summaries:
    """All groups in short."""

    groups: list[GroupSummary]
    """The groups, by name."""
    total_groups: int
    """How many groups there are."""
    total_models: int
    """How many models they have together."""
    groups_with_families: int
    """How many belong to a family."""
    groups_with_aliases: int
    """How many have other names."""
    groups_with_issues: int
    """How many have something that may be wrong."""


@dataclass
class Health:
    """What may be wrong with the groups of text models."""

    issues: list[Issue]
    """Everything, by group."""
    total_groups_checked: int
    """How many groups there are."""
    groups_with_issues: int
    """How many of them have something that may be wrong."""
    issue_counts_by_type: dict[str, int]
    """Kind of issue → how many there are."""


@dataclass
class AliasEntry:
    """A group that is found under other names."""

    canonical: str
    """Name of the group."""
    aliases: tuple[str, ...]
    """Its other names."""


@dataclass
class Aliases:
    """Other names of groups."""

    entries: list[AliasEntry]
    """Groups that have some, by name."""


@dataclass
class Family:
    """Groups that belong together."""

    family_name: str
    """Name of the family."""
    members: tuple[str, ...]
    """Names of its groups."""


@dataclass
class Families:
    """The families that people state."""

    families: list[Family]
    """The families, by name."""


@dataclass
class DetectedFamilies:
    """Families that nobody has stated: groups that belong to none, and whose names begin with the same words."""

    suggestions: list[Family]
    """The families, by name."""
    total_groups_analyzed: int
    """How many groups were looked at."""
    groups_in_families: int
    """How many of them a proposed family would have."""
    standalone_groups: int
    """How many it would not."""


@dataclass
class Baselines:
    """The models that others were trained from."""

    baselines: list[str]
    """Their names as records state them, in order."""


def summaries(listed: list[GroupSummary]) -> Summaries:
    """All groups in short."""
    return Summaries(
        listed,
        total_groups=len(listed),
        total_models=sum(one.canonical_count for one in listed),
        groups_with_families=sum(one.family_name is not None for one in listed),
        groups_with_aliases=sum(bool(one.aliases) for one in listed),
        groups_with_issues=sum(bool(one.health_issues) for one in listed),
    )


def in_short(group: GroupDetail, grouping: Grouping, found: list[Issue]) -> GroupSummary:
    """A group in short, with what may be wrong with it."""
    return GroupSummary(
        group.group_name,
        canonical_count=group.canonical_count,
        backend_duplicate_count=0,
        has_custom_schema=group.name_schema_is_custom,
        family_name=group.related_family,
        alias_canonical=None,
        aliases=grouping.aliases.get(group.group_name, ()),
        available_sizes=group.available_sizes,
        health_issues=found,
    )


def health(found: Issues) -> Health:
    """What may be wrong with all groups."""
    listed = [issue for one in found.values() for issue in one]
    counts = Counter(issue.issue_type for issue in listed)
    return Health(listed, len(found), sum(map(bool, found.values())), dict(sorted(counts.items())))


def aliases(grouping: Grouping) -> Aliases:
    """Other names of groups."""
    return Aliases([AliasEntry(group, names) for group, names in sorted(grouping.aliases.items())])


def detected(groups: Mapping[str, Group], grouping: Grouping, **least: int) -> DetectedFamilies:
    """Families for groups that belong to none; `least` is what `detect` takes."""
    free = [name for name in groups if grouping.family_of(name) is None]
    found = _families({family: tuple(members) for family, members in detect(free, **least).items()})
    inside = sum(len(family.members) for family in found)
    return DetectedFamilies(found, len(free), inside, len(free) - inside)


def families(grouping: Grouping) -> Families:
    """The families that people state."""
    return Families(_families(grouping.families))


def _families(stated: Mapping[str, tuple[str, ...]]) -> list[Family]:
    return [Family(name, members) for name, members in sorted(stated.items())]


def baselines(records: Iterable[TextGeneration]) -> Baselines:
    """The models that others were trained from."""
    return Baselines(sorted({record.baseline for record in records if record.baseline}))
