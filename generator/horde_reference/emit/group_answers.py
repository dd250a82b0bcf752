"""What is said of one group of text models.

A text that a record does not state is empty here, as clients of these answers know it.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, Final

from horde_reference.emit.group_shapes import GroupDetail, GroupMember, NameFormat, ParsedExtra, ParsedName
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
