"""What is said of a group of text models, in the form in which the live service says it.

A text that a record does not state is empty here, as clients of these answers know it. The shapes are not frozen,
which would double the cost of making one for every model.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from horde_reference.records.kinds import TextGeneration
from horde_reference.text.conventions import Convention, inferred
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import Group, Member
from horde_reference.text.names import EXTRAS, Extra, Name
from horde_reference.text.parts import Part

_COMMON: Final = ("baseline", "description", "url", "nsfw", "tags", "style", "instruct_format")
_NULL_WHERE_UNSTATED: Final = "instruct_format"
_AUTHOR, _SIZE, _VARIANT, _VERSION, _QUANTISATION = (
    Part.AUTHOR, Part.SIZE, Part.VARIANT, Part.VERSION, Part.QUANTISATION
)  # fmt: skip


@dataclass
class ParsedExtra:
    """A part of a name that few names have."""

    value: str
    """The part as it is written."""
    position: int
    """How many separators stand before it, without the parts that were cut out."""
    inferred_type: str
    """What it is: `DATE`, `CONTEXT`, `ACTIVE`, `PACKING`, `LEADING_VERSION`."""


@dataclass
class ParsedName:
    """What a name says."""

    base_name: str
    """The name without all other parts, with its author."""
    size: str | None
    """Number of parameters, in capitals."""
    variant: str | None
    """What the model was trained to be."""
    quant: str | None
    """The quantisation that says the most, in capitals."""
    version: str | None
    """Version of the model."""
    extras: list[ParsedExtra]
    """Parts that few names have."""


@dataclass
class GroupMember:
    """A model of a group."""

    name: str
    """Name of the record."""
    parsed: ParsedName
    """What its name says."""
    parameters: int
    """Number of parameters that the horde reckons with."""
    baseline: str
    """Language model that this one was trained from."""
    nsfw: bool
    """Whether the model was trained for content that is not safe for work."""
    description: str
    """What the model is and what it is good at."""
    url: str
    """Page of the model."""
    style: str
    """What the model is best at."""
    tags: tuple[str, ...]
    """Words to find the model by."""
    display_name: str
    """Name to show instead of the last part of `name`."""
    instruct_format: str | None
    """Prompt template that the model was trained with."""
    is_backend_duplicate: bool = False
    """Whether it is another record under the name that a backend gives it. There are none here."""
    backend_prefix: str | None = None
    """The backend in front of the name. There is none here."""


@dataclass
class NameFormat:
    """How the names of a group are written."""

    separator: str
    """What stands between the parts."""
    part_order: list[str]
    """The parts in their order."""
    author_included: bool
    """Whether the author stands in front."""
    common_author: str | None
    """The author, where it is the same for all."""
    template: str
    """The form of a name, with the parts in braces."""
    extra_parts: list[str]
    """Those of the parts that few names have."""


@dataclass
class GroupNameSchema:
    """How the names of a group are written, and who says so."""

    group_name: str
    """Name of the group."""
    name_schema: NameFormat
    """How its names are written."""
    is_custom: bool
    """Whether people state it; otherwise it is read off the names of the members."""


@dataclass
class GroupDetail:
    """Everything on a group: its models, what they have in common, how their names are written."""

    group_name: str
    """Name of the group."""
    members: list[GroupMember]
    """Its models, by name."""
    common_fields: dict[str, Any]
    """Field → value, of those fields that are the same in all models."""
    available_sizes: list[str]
    """Sizes that occur."""
    available_variants: list[str | None]
    """Variants that occur; null where a name states none."""
    available_quants: list[str | None]
    """Quantisations that occur; null where a name states none."""
    available_versions: list[str]
    """Versions that occur."""
    size_usage: dict[str, int]
    """Size → how many models have it."""
    variant_usage: dict[str, int]
    """Variant → how many models have it."""
    quant_usage: dict[str, int]
    """Quantisation → how many models have it."""
    name_format: NameFormat
    """How the names are written."""
    canonical_count: int
    """How many models there are."""
    backend_duplicate_count: int
    """How many of them are records under the name that a backend gives them. There are none here."""
    name_schema_is_custom: bool
    """Whether people state how the names are written."""
    exception_members: list[str]
    """Models whose names are not written as people state it."""
    related_family: str | None
    """Family that the group belongs to."""


def detail(group: Group, grouping: Grouping) -> GroupDetail:
    """All that is said of a group."""
    custom = grouping.name_schemas.get(group.name)
    names, members = group.names, [_member(member, group.name) for member in group.members]
    said = [member.parsed for member in members]
    sizes, variants, quants = (_counts(map(attrgetter(part), said)) for part in ("size", "variant", "quant"))
    return GroupDetail(
        group_name=group.name,
        members=members,
        common_fields=dict(_common_fields(group.records)),
        available_sizes=list(sizes),
        available_variants=_with_none(variants, len(names)),
        available_quants=_with_none(quants, len(names)),
        available_versions=sorted({one.version for one in said if one.version}),
        size_usage=sizes,
        variant_usage=variants,
        quant_usage=quants,
        name_format=name_format(custom or inferred(names)),
        canonical_count=len(names),
        backend_duplicate_count=0,
        name_schema_is_custom=custom is not None,
        exception_members=[name.text for name in names if not custom.is_followed(name)] if custom else [],
        related_family=grouping.family_of(group.name),
    )


def _counts(values: Iterable[str | None]) -> dict[str, int]:
    """Each value → how often it occurs, by value; not counted is where there is none."""
    counted: dict[str, int] = {}
    for value in values:
        if value:
            counted[value] = counted.get(value, 0) + 1
    return dict(sorted(counted.items()))


def name_format(convention: Convention) -> NameFormat:
    """A convention as it is published."""
    return NameFormat(
        convention.schema.separator,
        convention.part_order,
        convention.author_included,
        convention.common_author,
        convention.template,
        convention.extra_parts,
    )


def _with_none(counts: dict[str, int], of: int) -> list[str | None]:
    """The values, in front of them nothing if some of so many names have none."""
    return [*([None] if sum(counts.values()) < of else []), *counts]


def _common_fields(records: list[TextGeneration]) -> Iterator[tuple[str, Any]]:
    first, *others = records
    for field in _COMMON:
        value = getattr(first, field)
        if value is None and field == _NULL_WHERE_UNSTATED:
            continue
        if not others or all(getattr(record, field) == value for record in others):
            yield field, "" if value is None else value


def _member(member: Member, group: str) -> GroupMember:
    record = member.record
    return GroupMember(
        name=record.name,
        parsed=parsed(member.name, group),
        parameters=record.parameters,
        baseline=record.baseline or "",
        nsfw=record.nsfw,
        description=record.description or "",
        url=record.url or "",
        style=record.style or "",
        tags=record.tags,
        display_name=record.display_name or "",
        instruct_format=record.instruct_format,
    )


def parsed(name: Name, group: str) -> ParsedName:
    """What the name of a model in a group says, as it is published.

    Most names have few of the parts, so each is read off only where there is one.
    """
    parts = [piece.part for piece in name.pieces]
    return ParsedName(
        base_name=f"{name.author}/{group}" if _AUTHOR in parts else group,
        size=name.size if _SIZE in parts else None,
        variant=name.variant if _VARIANT in parts else None,
        quant=name.quantisation if _QUANTISATION in parts else None,
        version=name.version if _VERSION in parts else None,
        extras=[] if EXTRAS.isdisjoint(parts) else [_extra(extra) for extra in name.extras],
    )


def _extra(extra: Extra) -> ParsedExtra:
    return ParsedExtra(extra.value, extra.position, extra.kind.name)
