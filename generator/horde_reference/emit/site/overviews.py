"""Home, and the pages of categories: what there is, in numbers and in tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from horde_reference.edition import Edition
from horde_reference.emit.schemas.field_docs import summary
from horde_reference.emit.site import labels
from horde_reference.emit.site.links import category_folder, model_href
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES

_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category in short."""

    name: str
    title: str
    summary: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A model in a line."""

    name: str
    href: str
    category: str
    description: str
    baseline: str
    style: str
    amount: str
    """Parameters, or size."""
    nsfw: bool
    note: str = ""
    """What else the list wants to say of it."""


def shelves(edition: Edition) -> list[Shelf]:
    """The categories, in the order in which people look for them."""
    return [
        Shelf(name, title, summary(CATEGORIES[name].record), category_folder(name), len(edition.published[name]))
        for name, title in labels.TITLES.items()
    ]


def row(record: Record, note: str = "") -> Row:
    """A record in a line."""
    baseline, parameters = getattr(record, "baseline", None), getattr(record, "parameters", None)
    style = getattr(record, "style", None) or getattr(record, "controlnet_style", None)
    size = labels.size(record.size_on_disk_bytes) if record.size_on_disk_bytes else ""
    return Row(
        record.name,
        model_href(record.category, record.name),
        labels.TITLES[record.category],
        labels.short(record.description or "", 160),
        labels.words(baseline) if baseline else "",
        labels.words(style) if style else "",
        labels.parameters(parameters) if parameters else size,
        getattr(record, "nsfw", False),
        note,
    )


def newest(edition: Edition) -> list[Row]:
    """The records that changed last, those aside that are not safe for work."""
    found: dict[tuple[str, str], Row] = {}
    for event in reversed(edition.events):
        record = edition.published[event.category].get(event.name)
        if record is not None and event.key not in found and not getattr(record, "nsfw", False):
            found[event.key] = row(record, labels.day(event.commit.time))
        if len(found) == _SHOWN:
            break
    return list(found.values())


def busiest(edition: Edition) -> list[Row]:
    """The models that were asked for most in the last month, those aside that are not safe for work."""
    counted = sorted(_counted(edition), key=lambda one: (-one[0], one[1].name))
    return [row(record, f"{labels.number(count)} a month") for count, record in counted[:_SHOWN]]


def _counted(edition: Edition) -> Iterator[tuple[int, Record]]:
    for category, members in edition.published.categories.items() if edition.usage else ():
        seen = edition.seen(category)
        for record in members.values():
            if (count := seen[record.name].month) and not getattr(record, "nsfw", False):
                yield count, record


def columns(rows: Sequence[Row]) -> list[str]:
    """The columns that any of these rows has something in."""
    return [name for name in ("baseline", "style", "amount") if any(getattr(one, name) for one in rows)]
