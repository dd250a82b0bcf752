"""Groups of text models, as names make them."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias

from horde_reference.finding import Problem
from horde_reference.records.base import Record
from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.identity import means_something_so_written, name_form, name_problems, reserved_name
from horde_reference.rules.screens import is_sound_name
from horde_reference.text.groups import Group, Member
from horde_reference.text.names import Name
from horde_reference.text.parts import SEPARATORS, Part

Groups: TypeAlias = Mapping[str, Group]

_SAME_WEIGHTS: Final = frozenset({Part.BACKEND, Part.AUTHOR, Part.SEPARATOR, Part.QUANTISATION, Part.PACKING})
"""Parts in which names of the same weights may differ."""


def group_name_form(groups: Groups) -> Iterator[tuple[Record, Problem]]:
    """The group that a name makes can be an address.

    Groups are published at an address of their own. What is left of a name when size, version and the like are cut out
    may mean something else to the hosts: `author/index-7B` would be in a group called `index`, which hosts take for
    what a folder says of itself. (`Index` is no such word.)

    Give the model another name.
    """
    for name, group in groups.items():
        if not is_sound_name(name) and (reason := _why_no_address(name)):
            for record in group.records:
                if not any(name_form(record)) and not any(reserved_name(record)):  # which say it of the whole name
                    message = f"The name makes a group {name!r}, which cannot be an address. {reason}"
                    yield record, Problem("/name", message, "Give the model another name.")


def _why_no_address(name: str) -> str:
    if means_something_so_written(name):
        return "It means something else to the hosts that publish it."
    return next((problem.message for problem in name_problems(TextGeneration.category, name)), "")


def group_spelling(groups: Groups) -> Iterator[tuple[Record, Problem]]:
    """No two groups differ only in case or separators.

    `OPT-Nerys` and `OPT-nerys` are two groups of what is one model in several sizes: readers find half of it. On macOS
    and Windows the files of two such groups are one, so a tree that is built there lacks one of them.

    Write the name as the models of the larger group do. Where the author really calls it so, state an exception.
    """
    spellings: dict[str, list[Group]] = {}
    for group in groups.values():
        spellings.setdefault(_folded(group.name), []).append(group)
    for same in spellings.values():
        if len(same) > 1:
            usual, *others = sorted(same, key=lambda group: (-len(group.members), group.name))
            for record in (record for group in others for record in group.records):
                message = f"The group of {record.name!r} is spelt otherwise than {usual.name!r}."
                yield record, Problem("/name", message, f"Write {usual.name} in the name, or state an exception.")


def inconsistent_baseline(groups: Groups) -> Iterator[tuple[Record, Problem]]:
    """Models that differ only in author or quantisation have one baseline.

    They are the same weights, packed in another way. Front ends filter by baseline and would show only some of them.
    Other sizes and versions often come from other models, so they may differ.

    Correct the one that is wrong, or state an exception where both are true.
    """
    for first, other in _differing(groups, lambda member: member.record.baseline):
        message = f"It is {other.record.baseline!r}, and {first.record.baseline!r} for {first.record.name!r}."
        yield other.record, Problem("/baseline", message, "State the same in both.")


def inconsistent_nsfw(groups: Groups) -> Iterator[tuple[Record, Problem]]:
    """Models that differ only in author or quantisation agree on whether they are safe for work.

    They are the same weights, packed in another way. Who filters by `nsfw` would still get them under one of their
    names. Other sizes and versions may have been trained on something else, so they may differ.

    Correct the one that is wrong, or state an exception where both are true.
    """
    for first, other in _differing(groups, lambda member: member.record.nsfw):
        message = f"It is {_word(other.record.nsfw)}, and {_word(first.record.nsfw)} for {first.record.name!r}."
        yield other.record, Problem("/nsfw", message, "State the same in both.")


def _word(flag: bool) -> str:
    return "true" if flag else "false"


def _differing(groups: Groups, stated: Callable[[Member], object]) -> Iterator[tuple[Member, Member]]:
    """Members that state something else than the first one of the same weights that states anything."""
    for group in groups.values():
        if len({stated(member) for member in group.members} - {None}) > 1:
            firsts: dict[tuple[tuple[str, str], ...], Member] = {}
            for member in group.members:
                if (said := stated(member)) is not None:
                    first = firsts.setdefault(_weights(member.name), member)
                    if stated(first) != said:
                        yield first, member


def _weights(name: Name) -> tuple[tuple[str, str], ...]:
    """What names of the same weights have in common, in whatever order it stands."""
    return tuple(
        sorted((piece.part, piece.text.casefold()) for piece in name.pieces if piece.part not in _SAME_WEIGHTS)
    )


def _folded(name: str) -> str:
    return _separators().sub("-", name).casefold()


@cache
def _separators() -> re.Pattern[str]:
    return re.compile(f"[{SEPARATORS}]+")
