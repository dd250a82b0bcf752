"""Shapes of what is said of one group of text models: the form in which the live service says it.

They are neither frozen nor slotted, which would double the cost of making and of writing one for every model.
"""

from dataclasses import dataclass
from typing import Any


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
