"""What people state of groups of text models: their other names and families, and how their names are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from horde_reference.text.conventions import Convention


@dataclass(frozen=True)
class Grouping:
    """What is stated besides the names of models, which alone say what group a model belongs to."""

    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Group → other names under which it is found. An alias merges nothing into the group."""
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Family → the groups that belong to it."""
    name_schemas: Mapping[str, Convention] = field(default_factory=dict)
    """Group → how its names are to be written, where that is not read off its members."""

    def resolve(self, name: str) -> str:
        """The group that is meant by a name: the one that has it for an alias, or else the name itself."""
        return self._canonical.get(name, name)

    def family_of(self, group: str) -> str | None:
        """The family that a group belongs to; `None` where it belongs to none."""
        return self._family.get(group)

    @cached_property
    def _canonical(self) -> Mapping[str, str]:
        return {alias: group for group, aliases in self.aliases.items() for alias in aliases}

    @cached_property
    def _family(self) -> Mapping[str, str]:
        return {group: family for family, members in self.families.items() for group in members}


NOTHING_STATED: Final = Grouping()
"""Where nobody states anything."""
