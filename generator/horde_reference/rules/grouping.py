"""What people state of the groups of text models, in the files below `text_groups/`."""

from collections.abc import Iterator

from horde_reference.finding import Problem, pointer
from horde_reference.formats.grouping import ALIASES, FAMILIES, NAME_SCHEMAS
from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.identity import folded_path, name_problems, reserved_problems
from horde_reference.rules.text_groups import Groups
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import meant

Found = Iterator[tuple[str, Problem]]
"""Path of a file below `data/`, and what is wrong with it."""


def group_exists(grouping: Grouping, groups: Groups) -> Found:
    """What is said of a group is said of one that exists.

    A group exists while a model in it is offered. An alias of one that does not leads nowhere, a family that lists one
    shows a link to nothing.

    Correct the name, or remove the entry. `horde-reference groups list` prints all groups.
    """
    for path, pointed in _mentioned(grouping):
        for place, group in pointed:
            if group not in groups:
                yield path, Problem(place, f"There is no group {group!r}.", meant(group, groups))


def _mentioned(grouping: Grouping) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each file, and the groups that it names with their places."""
    yield ALIASES, [(pointer("aliases", group), group) for group in grouping.aliases]
    members = [
        (pointer("families", family, place), group)
        for family, listed in grouping.families.items()
        for place, group in enumerate(listed)
    ]
    yield FAMILIES, members
    yield NAME_SCHEMAS, [(pointer("name_schemas", group), group) for group in grouping.name_schemas]


def group_entry_empty(grouping: Grouping, _groups: Groups) -> Found:
    """A family has groups, and a group that is listed among the aliases has some.

    An empty entry says nothing.

    Remove it.
    """
    for path, key, entries in ((ALIASES, "aliases", grouping.aliases), (FAMILIES, "families", grouping.families)):
        for name, listed in entries.items():
            if not listed:
                yield path, Problem(pointer(key, name), f"The entry {name!r} lists nothing.", "Remove it.")


def family_shared(grouping: Grouping, _groups: Groups) -> Found:
    """A group belongs to one family, and stands there once.

    Readers show one family beside a group; the other would be lost.

    Keep it in the family that says most.
    """
    holders: dict[str, str] = {}
    for family, listed in grouping.families.items():
        for place, group in enumerate(listed):
            if group in holders:
                message = f"{group!r} already belongs to the family {holders[group]!r}."
                yield FAMILIES, Problem(pointer("families", family, place), message, "Remove one of the two.")
            holders.setdefault(group, family)


def group_alias_form(grouping: Grouping, _groups: Groups) -> Found:
    """An alias of a group is written as the name of a group is.

    A group is published under its aliases as well, so each of them becomes an address: what may not stand in a name
    may not stand in an alias, and a slash, which parts author and model, stands in no group.

    Write it without.
    """
    for group, listed in grouping.aliases.items():
        for place, alias in enumerate(listed):
            where = pointer("aliases", group, place)
            for problem in (*name_problems(TextGeneration.category, alias), *reserved_problems(alias)):
                yield ALIASES, Problem(where, problem.message, problem.hint)
            if "/" in alias:
                yield ALIASES, Problem(where, f"There is a slash in {alias!r}.", "Leave out the author.")


def group_alias_taken(grouping: Grouping, groups: Groups) -> Found:
    """An alias of a group is the name of no group, and leads to one group only.

    Whoever asks for an alias must get the group that is meant by it; a group of that name would never be found. Names
    that differ only in case are one file on macOS and Windows.

    Remove the alias. To bring two groups together, put them into a family.
    """
    if not grouping.aliases:
        return
    taken = {_folded(name): name for name in groups}
    claimed: dict[str, str] = {}
    for group, listed in grouping.aliases.items():
        for place, alias in enumerate(listed):
            folded = _folded(alias)
            other = taken.get(folded) or claimed.get(folded)
            if other is not None:
                whose = "this group itself" if other == group else f"the group {other!r}"
                message = f"{alias!r} is already a name of {whose}."
                yield ALIASES, Problem(pointer("aliases", group, place), message, "Remove the alias.")
            claimed.setdefault(folded, group)


def _folded(name: str) -> str:
    return folded_path(TextGeneration.category, name)
