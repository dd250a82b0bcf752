"""What every record has: name, description, version, files to download, and what only we need to know of it.

Records are dataclasses with slots, and know no library that validates them: whoever reads them chooses one. The
generator reads them with pydantic, which tells all faults of a file at once; the client with msgspec, which is loaded
in a fraction of the time that pydantic takes.
"""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Annotated, Any, ClassVar, Final, NoReturn, TypeAlias, TypeVar, dataclass_transform

from horde_reference.records.limits import Field

ShapeT = TypeVar("ShapeT", bound="Shape")


class Shape:
    """What all shapes of a record can: be made from keywords, compared, shown, hashed, copied; never changed.

    Written once here rather than for each class by `dataclass`, which makes the source of six methods for each and
    compiles it: that would be a fifth of the time in which a client starts.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid", "strict": True, "allow_inf_nan": False}

    def __init__(self, **stated: Any) -> None:  # noqa: ANN401 - values of any field
        for one in fields(self):  # type: ignore[arg-type] # every subclass is a dataclass
            if one.name in stated:
                value = stated.pop(one.name)
            elif one.default is not MISSING:
                value = one.default
            elif one.default_factory is not MISSING:
                value = one.default_factory()
            else:
                raise TypeError(f"{type(self).__name__}() lacks the keyword {one.name!r}")
            object.__setattr__(self, one.name, value)
        if stated:
            raise TypeError(f"{type(self).__name__}() has no field {', '.join(map(repr, stated))}")

    def __repr__(self) -> str:
        stated = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self))  # type: ignore[arg-type]
        return f"{type(self).__name__}({', '.join(stated)})"

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[Callable[..., "Shape"], tuple[type["Shape"], dict[str, Any]]]:
        """Pickle and copy through the constructor: nothing else may set a field."""
        return _made, (type(self), _stated(self))


def _made(shape: type[Shape], stated: dict[str, Any]) -> Shape:
    return shape(**stated)


def _stated(shape: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    return {one.name: getattr(shape, one.name) for one in fields(shape)}


def _values(shape: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any dataclass
    return tuple(getattr(shape, one.name) for one in fields(shape))


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=True, field_specifiers=(field,))
def model(cls: type[ShapeT]) -> type[ShapeT]:
    """Make a class a dataclass with slots and keyword arguments; `Shape` has its methods."""
    return dataclass(init=False, repr=False, eq=False, slots=True, kw_only=True)(cls)


Text: TypeAlias = Annotated[str, Field(min_length=1)]
Url: TypeAlias = Annotated[str, Field(min_length=1, examples=["https://huggingface.co/author/model"])]
Scalar: TypeAlias = int | float | str | bool
Flat: TypeAlias = Scalar | tuple[Scalar, ...]


@model
class Download(Shape):
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
class Config(Shape):
    """The files of a model."""

    download: tuple[Download, ...] = ()
    """Files to download, in the order in which the legacy files list them."""


@model
class FinetuneSeries(Shape):
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
class Withdrawal(Shape):
    """Why a model is no longer offered. The record stays, so that its name is never taken for another."""

    reason: Annotated[str, Field(min_length=1, examples=["The author took it down."])]
    """Why, in a sentence."""
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2026-11-23"])]
    """Since when, as year-month-day."""
    replaced_by: Annotated[str | None, Field(min_length=1, examples=["AlbedoBase XL (SDXL)"])] = None
    """Name of the record of the same category to use instead."""


@model
class LegacyEntry(Shape):
    """What only the legacy JSON files need to know of a record. New records need none of it."""

    position: Annotated[int | float | None, Field(examples=[12])] = None
    """Place in the legacy file, counted from 1; a fraction lies between two. Records without one come last, by name."""
    key: Annotated[str | None, Field(min_length=1, examples=["control_qr_sdxl"])] = None
    """Key of the record in the legacy file, where it differs from the name."""
    fields: Annotated[dict[str, Any], Field(examples=[{"available": False}])] = field(default_factory=dict)
    """Keys and values that the legacy record has and this record has no field for."""
    omit: tuple[str, ...] = ()
    """Keys that legacy records of this category usually have and this one lacks."""
    md5sums: Annotated[
        dict[str, str], Field(examples=[{"e2cd4703ab14f4d0" * 4: "76cce9b4e4410ff4fd1ec63d44cf7111"}])
    ] = field(default_factory=dict)
    """MD5 of a file's bytes, 32 hexadecimal digits, by the SHA-256 of the same bytes: another file has none."""
    extra_files: Annotated[tuple[str, ...], Field(examples=[["v1-inference.yaml"]])] = ()
    """Files that the legacy record lists behind the weights and that are not downloaded."""


@model
class LegacyRow(Shape):
    """What only the legacy `models.csv` needs to know of a text model. New records need none of it."""

    position: Annotated[int | float | None, Field(examples=[12])] = None
    """Place in the table, counted from 1; a fraction lies between two. Records without one come last, by name."""
    cells: Annotated[dict[str, str], Field(examples=[{"parameters_bn": " 12"}])] = field(default_factory=dict)
    """Cells, by column, that are written by hand in another way than this project would write the same value."""


_SCHEMA_ADDRESS: Final = {
    "type": "default",
    "schema": {"type": "nullable", "schema": {"type": "str"}},
    "default": None,
}


@model
class Record(Shape):
    """One model. The file states what a person knows; what can be derived is added when it is published."""

    category: ClassVar[str]
    """Name of the category that the type belongs to."""

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
    exceptions: Annotated[dict[str, Text], Field(examples=[{"sha256-shared": "Same weights."}])] = field(
        default_factory=dict
    )
    """Rules that this record may break: rule id → reason. One that is no longer needed is itself a finding."""

    def __hash__(self) -> int:
        """By what tells records apart; what a record holds may be a dictionary, which has no hash."""
        return hash((self.category, self.name))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any) -> Any:  # noqa: ANN401 - pydantic's own
        """Let a file name its `$schema`, for editors: it says nothing of the model, and is forgotten."""
        schema = handler(source)
        shape = handler.resolve_ref_schema(schema)
        about_the_file = {"type": "dataclass-field", "name": "$schema", "init_only": True, "schema": _SCHEMA_ADDRESS}
        shape["schema"]["fields"].insert(0, about_the_file)
        return schema


@model
class ImageRepositoryRecord(Record):
    """A record that the legacy image repository carries as well."""

    legacy: LegacyEntry | None = None
    """What only the legacy files need."""
