"""What every record has: name, description, version, files to download, and what only we need to know of it.

Records are frozen pydantic dataclasses with slots rather than `BaseModel`s: they parse twice as fast and hold a
third of the memory, which is what lets a hundred thousand of them be one value.
"""

from dataclasses import InitVar, fields
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar, cast, dataclass_transform

import pydantic.dataclasses
from pydantic import ConfigDict, Field

ModelT = TypeVar("ModelT")


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
def model(cls: type[ModelT]) -> type[ModelT]:
    """Make a class a frozen pydantic dataclass: strict types, keyword arguments, unknown keys refused."""
    config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)
    shaped = pydantic.dataclasses.dataclass(cls, frozen=True, slots=True, kw_only=True, config=config)
    return cast("type[ModelT]", shaped)


Text: TypeAlias = Annotated[str, Field(min_length=1)]
Url: TypeAlias = Annotated[str, Field(min_length=1, examples=["https://huggingface.co/author/model"])]
Scalar: TypeAlias = int | float | str | bool
Flat: TypeAlias = Scalar | tuple[Scalar, ...]


@model
class Download:
    """One file of a model: where it is and how to know that it arrived whole."""

    file_name: Annotated[str, Field(min_length=1, examples=["AlbedoBaseXL_v31.safetensors"])]
    """Name of the file on a worker's disk, below the category's weights folder; need not be the host's name."""
    file_url: Annotated[str, Field(min_length=1, examples=["https://huggingface.co/a/b/resolve/main/c.safetensors"])]
    """Where the file is downloaded from: a direct https address, no login page."""
    sha256sum: Annotated[str | None, Field(min_length=1, examples=["e2cd4703ab14f4d01fd1383a8a8b266f" * 2])] = None
    """SHA-256 of the file's bytes, 64 hexadecimal digits, lower case."""
    size_bytes: Annotated[int | None, Field(gt=0, examples=[6938040682])] = None
    """Size of the file in bytes."""
    content_hash: Annotated[str | None, Field(min_length=1)] = None
    """SHA-256 over the file's tensors only, so that the same weights in another container are recognised."""
    file_purpose: Annotated[str | None, Field(min_length=1, examples=["stable_cascade_stage_b"])] = None
    """Part that the file plays in a model of several files."""
    known_slow_download: bool = False
    """Whether the host is known to serve this file slowly."""


@model
class Config:
    """The files of a model."""

    download: tuple[Download, ...] = ()
    """Files to download, in the order in which the legacy files list them."""


@model
class FinetuneSeries:
    """The series of fine-tunes that a model belongs to, such as Pony or Illustrious."""

    name: Annotated[str, Field(min_length=1, examples=["Pony"])]
    """Name of the series."""
    version: Annotated[str | None, Field(min_length=1, examples=["6"])] = None
    """Version of the series."""
    author: Annotated[str | None, Field(min_length=1)] = None
    """Who made the series."""
    description: Annotated[str | None, Field(min_length=1)] = None
    """A sentence on the series."""
    homepage: Annotated[str | None, Field(min_length=1)] = None
    """Page of the series."""


@model
class Withdrawal:
    """Why a model is no longer offered. The record stays, so that its name is never taken for another."""

    reason: Annotated[str, Field(min_length=1, examples=["The author took it down."])]
    """Why, in a sentence."""
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-11-23"])]
    """Since when, as year-month-day."""
    replaced_by: Annotated[str | None, Field(min_length=1, examples=["AlbedoBase XL (SDXL)"])] = None
    """Name of the record of the same category to use instead."""


@model
class LegacyEntry:
    """What only the legacy JSON files need to know of a record. New records need none of it."""

    position: Annotated[int | float | None, Field(examples=[12])] = None
    """Place in the legacy file, counted from 1; a fraction lies between two. Records without one come last, by name."""
    key: Annotated[str | None, Field(min_length=1, examples=["control_qr_sdxl"])] = None
    """Key of the record in the legacy file, where it differs from the name."""
    fields: Annotated[dict[str, Any], Field(examples=[{"available": False}])] = Field(default_factory=dict)
    """Keys and values that the legacy record has and this record has no field for."""
    omit: tuple[str, ...] = ()
    """Keys that legacy records of this category usually have and this one lacks."""
    md5sums: Annotated[
        dict[str, str], Field(examples=[{"e2cd4703ab14f4d0" * 4: "76cce9b4e4410ff4fd1ec63d44cf7111"}])
    ] = Field(default_factory=dict)
    """MD5 of a file's bytes, 32 hexadecimal digits, by the SHA-256 of the same bytes: another file has none."""
    extra_files: Annotated[tuple[str, ...], Field(examples=[["v1-inference.yaml"]])] = ()
    """Files that the legacy record lists behind the weights and that are not downloaded."""


@model
class LegacyRow:
    """What only the legacy `models.csv` needs to know of a text model. New records need none of it."""

    position: Annotated[int | float | None, Field(examples=[12])] = None
    """Place in the table, counted from 1; a fraction lies between two. Records without one come last, by name."""
    cells: Annotated[dict[str, str], Field(examples=[{"parameters_bn": " 12"}])] = Field(default_factory=dict)
    """Cells, by column, that are written by hand in another way than this project would write the same value."""


@model
class Record:
    """One model. The file states what a person knows; what can be derived is added when it is published."""

    category: ClassVar[str]
    """Name of the category that the type belongs to."""

    schema_: InitVar[Annotated[str | None, Field(alias="$schema")]] = None
    """Address of the JSON Schema of this file, for editors. Not part of the record."""
    name: Annotated[str, Field(min_length=1, examples=["AlbedoBase XL (SDXL)"])]
    """Name of the model, unique in its category. The path of the file is made from it."""
    description: Annotated[str | None, Field(min_length=1)] = None
    """What the model is and what it is good at, in a sentence or two of plain text."""
    version: Annotated[str | None, Field(min_length=1, examples=["3.1"])] = None
    """Version of the model, as its author numbers it (not that of its baseline)."""
    finetune_series: FinetuneSeries | None = None
    """The series of fine-tunes that the model belongs to."""
    config: Config = Config()
    """The files of the model."""
    size_on_disk_bytes: Annotated[int | None, Field(gt=0, examples=[6938040682])] = None
    """Bytes that all files of the model take on a worker's disk."""
    aliases: Annotated[tuple[Text, ...], Field(examples=[["AlbedoBase"]])] = ()
    """Names that the model had before; asking for one of them gives this record."""
    withdrawn: Withdrawal | None = None
    """Why and since when the model is no longer offered: of the published records it is then only among the removed."""
    exceptions: Annotated[dict[str, Text], Field(examples=[{"sha256-shared": "Same weights."}])] = Field(
        default_factory=dict
    )
    """Rules that this record may break: rule id → reason. One that is no longer needed is itself a finding."""

    def __post_init__(self, schema_: str | None) -> None:
        """Take `$schema` and forget it: it names the file's format and says nothing of the model."""


@model
class ImageRepositoryRecord(Record):
    """A record that the legacy image repository carries as well."""

    legacy: LegacyEntry | None = None
    """What only the legacy files need."""


RecordT = TypeVar("RecordT", bound=Record)


def replaced(record: RecordT, **changes: Any) -> RecordT:  # noqa: ANN401 - values of any field
    """The record with other values in some fields; `dataclasses.replace` cannot do it because of `$schema`.

    Raises:
        pydantic.ValidationError: a value has the wrong type.
    """
    stated = {field.name: getattr(record, field.name) for field in fields(record)}
    return type(record)(**(stated | changes))
