"""Families of groups that belong together by how their names begin."""

from collections.abc import Iterable, Iterator
from typing import Final

SHORTEST_PREFIX: Final = 3
"""Characters that the names of a family have in common, at least."""
LONGEST_PREFIX: Final = 240
"""Characters, at most: no right name has more, and a wrong one must not cost the square of its length."""
SMALLEST_FAMILY: Final = 2
"""Groups of a family, at least."""


def detect(
    groups: Iterable[str], min_prefix_length: int = SHORTEST_PREFIX, min_family_size: int = SMALLEST_FAMILY
) -> dict[str, list[str]]:
    """Family → groups whose names begin with its name and a hyphen, by name. A proposal; nobody has stated it.

    The longest beginnings are tried first, and a group is in the family of the longest that has enough groups. A group
    that is itself called like a family is not one of it.

    Args:
        groups: names of groups.
        min_prefix_length: characters of a family's name, at least.
        min_family_size: groups of a family, at least.
    """
    by_prefix: dict[str, list[str]] = {}
    for group in sorted(set(groups)):
        for prefix in _prefixes(group):
            if len(prefix) >= min_prefix_length:
                by_prefix.setdefault(prefix, []).append(group)
    found: dict[str, list[str]] = {}
    claimed = set[str]()
    for prefix in sorted(by_prefix, key=len, reverse=True):
        members = [group for group in by_prefix[prefix] if group not in claimed]
        if len(members) >= min_family_size:
            found[prefix] = members
            claimed.update(members)
    return dict(sorted(found.items()))


def _prefixes(group: str) -> Iterator[str]:
    """What stands before each hyphen."""
    return (group[:place] for place, character in enumerate(group[:LONGEST_PREFIX]) if character == "-")
