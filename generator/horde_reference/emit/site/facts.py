"""What a record states, as rows of a table: one line here for each field that people want to see."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from horde_reference.emit.site import labels
from horde_reference.emit.site.links import CATALOGUE, https
from horde_reference.records.base import Record
from horde_reference.text.names import Name


@dataclass(frozen=True, slots=True)
class Said:
    """A value: a text, and where it leads."""

    text: str
    inside: str | None = None
    """Link behind the way to the web root."""
    outside: str | None = None
    """Address elsewhere."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row."""

    label: str
    values: Sequence[Said]


_Worded = Callable[[Record, Any], Sequence[Said]]


def _text(_record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401 - a value of any field
    return (Said(labels.plain(value)),)


def _texts(_record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401
    return tuple(map(Said, value))


def _page(_record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401
    link = https(value)
    return (Said(value.removeprefix("https://") if link else value, outside=link),)


def _size(_record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401
    return (Said(f"{labels.size(value)} ({labels.number(value)} bytes)"),)


def _parameters(_record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401
    return (Said(labels.parameters(value)),)


def _series(_record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401
    parts = (value.name, value.version, value.author and f"by {value.author}")
    return (Said(" ".join(filter(None, parts)), outside=https(value.homepage)),)


def _alike(field: str) -> _Worded:
    """A value that leads to the models that have the same."""

    def worded(record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401
        query = urlencode({"category": record.category, field: value, **_not_hidden(record)})
        return (Said(labels.words(value), inside=f"{CATALOGUE}?{query}"),)

    return worded


def _tags(record: Record, value: Any) -> Sequence[Said]:  # noqa: ANN401
    return [Said(tag, inside=f"{CATALOGUE}?{urlencode({'q': tag, **_not_hidden(record)})}") for tag in value]


def _not_hidden(record: Record) -> dict[str, str]:
    """What a link to the catalogue needs so that the record itself is among what it shows."""
    return {"nsfw": "1"} if getattr(record, "nsfw", False) else {}


_ROWS: Final[Mapping[str, tuple[str, _Worded]]] = {
    "version": ("Version", _text),
    "baseline": ("Baseline", _alike("baseline")),
    "style": ("Style", _alike("style")),
    "controlnet_style": ("Guidance", _alike("style")),
    "parameters": ("Parameters", _parameters),
    "size_on_disk_bytes": ("Size on disk", _size),
    "inpainting": ("Inpainting", _text),
    "optimization": ("Optimization", _text),
    "finetune_series": ("Series", _series),
    "instruct_format": ("Instruct format", _text),
    "control_types": ("Kinds of guidance", _texts),
    "preprocessors": ("Preprocessors", _texts),
    "pretrained_name": ("OpenCLIP name", _text),
    "min_bridge_version": ("Least worker version", _text),
    "trigger": ("Trigger words", _texts),
    "tags": ("Tags", _tags),
    "aliases": ("Earlier names", _texts),
    "homepage": ("Page", _page),
    "url": ("Page", _page),
}
"""Field → label, and how its value is put in words."""


def facts(record: Record, name: Name | None) -> list[Fact]:
    """The rows of a record; of a text model also what its name says."""
    stated = [
        Fact(label, worded(record, value))
        for field, (label, worded) in _ROWS.items()
        if (value := getattr(record, field, None)) not in (None, (), False)
    ]
    return [*stated, *(_named(name) if name else ())]


def _named(name: Name) -> Iterator[Fact]:
    said = {
        "Author": name.author,
        "Variant": ", ".join(name.variants) or None,
        "Quantisation": name.quantisation,
        "Context": name.context,
        "Made": name.date,
    }
    return (Fact(label, (Said(text),)) for label, text in said.items() if text)
