"""The page of one model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from horde_reference.analytics.matching import Seen
from horde_reference.analytics.risk import FLAGS, Risk
from horde_reference.edition import Edition
from horde_reference.emit.site import labels
from horde_reference.emit.site.facts import Fact, Said, facts
from horde_reference.emit.site.links import FAMILIES, group_anchor, https, model_href, record_href, risk_folder
from horde_reference.emit.site.past import Step
from horde_reference.formats.addresses import API_ROOT, category_path
from horde_reference.records.base import Download, Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.kinds import TextGeneration

_SHOWN_SIBLINGS: Final = 40


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file to download."""

    name: str
    url: str
    link: str | None
    sha256: str | None
    size: str | None
    notes: str


@dataclass(frozen=True, slots=True)
class Family:
    """The models that a text model belongs to."""

    group: str
    href: str
    """The group on the page of families, behind the way to the web root."""
    json: str
    family: str | None
    siblings: Sequence[Said]
    more: int


@dataclass(frozen=True, slots=True)
class View:
    """All that the page of a model says."""

    name: str
    shown_name: str
    author: str | None
    category: str
    description: str | None
    nsfw: bool
    facts: Sequence[Fact]
    files: Sequence[FileRow]
    requirements: Sequence[tuple[str, str]]
    settings: Sequence[tuple[str, str]]
    pictures: Sequence[str]
    withdrawn: Any
    replacement: Said | None
    family: Family | None
    usage: Sequence[tuple[str, str]]
    backends: Sequence[tuple[str, str, str]]
    history: Sequence[Step]
    raw: Sequence[Said]


def view(edition: Edition, record: Record, history: Sequence[Step], risk: Risk | None) -> View:
    """What the page of a record says.

    Args:
        edition: what is known.
        record: the record.
        history: what happened to it, newest first.
        risk: what speaks for deleting it; `None` where it is withdrawn already.
    """
    name = edition.text_names.get(record.name) if isinstance(record, TextGeneration) else None
    seen = None if record.withdrawn else edition.seen(record.category)[record.name]
    return View(
        name=record.name,
        shown_name=getattr(record, "display_name", None) or record.name,
        author=name.author if name else None,
        category=record.category,
        description=record.description,
        nsfw=getattr(record, "nsfw", False),
        facts=[*facts(record, name), *(_risk(risk) if risk else ())],
        files=[_file(one) for one in record.config.download],
        requirements=_settings(getattr(record, "requirements", None)),
        settings=_settings(getattr(record, "settings", None)),
        pictures=[one for one in getattr(record, "showcases", ()) if https(one)],
        withdrawn=record.withdrawn,
        replacement=_replacement(edition, record),
        family=_family(edition, record),
        usage=list(_usage(seen)) if seen else (),
        backends=list(_backends(seen)) if seen else (),
        history=history,
        raw=() if record.withdrawn else list(_raw(record)),
    )


def _file(one: Download) -> FileRow:
    notes = [one.file_purpose, "known to download slowly" if one.known_slow_download else None]
    size = labels.size(one.size_bytes) if one.size_bytes else None
    return FileRow(
        one.file_name, one.file_url, https(one.file_url), one.sha256sum, size, ", ".join(filter(None, notes))
    )


def _settings(found: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    return [(name, labels.plain(value)) for name, value in (found or {}).items()]


def _risk(risk: Risk) -> Iterator[Fact]:
    """How many flags it has, and the way to its row among the others."""
    said = f"{risk.risk_score} of {len(FLAGS)} flags" if risk.at_risk else "none"
    yield Fact("Deletion risk", (Said(said, inside=f"{risk_folder(risk.category)}?{urlencode({'q': risk.name})}"),))


def _replacement(edition: Edition, record: Record) -> Said | None:
    name = record.withdrawn.replaced_by if record.withdrawn else None
    if name is None:
        return None
    there = name in edition.corpus[record.category]
    return Said(name, inside=model_href(record.category, name) if there else None)


def _family(edition: Edition, record: Record) -> Family | None:
    group = edition.group_of(record.category).get(record.name)
    if group is None:
        return None
    others = [one for one in edition.text_groups[group].names if one.text != record.name]
    return Family(
        group=group,
        href=f"{FAMILIES}#{group_anchor(group)}",
        json=f"{API_ROOT}/v2/{record.category}/group/{group}.json",
        family=edition.grouping.family_of(group),
        siblings=[Said(one.text, inside=model_href(record.category, one.text)) for one in others[:_SHOWN_SIBLINGS]],
        more=max(len(others) - _SHOWN_SIBLINGS, 0),
    )


def _usage(seen: Seen) -> Iterator[tuple[str, str]]:
    busiest = seen.busiest
    said = {
        "Requests today": seen.day,
        "Requests this month": seen.month,
        "Requests ever": seen.total,
        "Workers now": seen.workers,
        "Requests waiting": busiest.jobs,
        "Seconds to wait": busiest.eta,
    }
    return ((label, labels.number(value)) for label, value in said.items() if value is not None)


def _backends(seen: Seen) -> Iterator[tuple[str, str, str]]:
    """Names under which workers offer the model, where there are several."""
    if len(seen.variations) > 1:
        for one in seen.variations:
            yield one.variant_name, labels.number(one.use.workers or 0), labels.number(one.use.month or 0)


def _raw(record: Record) -> Iterator[Said]:
    category = CATEGORIES[record.category]
    yield Said("This record (v2)", inside=record_href(record.category, record.name))
    yield Said("All of its category (v2)", inside=category_path(record.category))
    match category.repository:
        case "image":
            yield Said("All of its category (v1)", inside=f"{API_ROOT}/v1/{record.category}.json")
            yield Said("Legacy file", inside=f"legacy/image/{category.legacy_file}")
        case "text":
            yield Said("All of its category (v1)", inside=f"{API_ROOT}/v1/{record.category}.json")
            yield Said("Legacy table", inside=f"legacy/text/{category.legacy_file}")
            yield Said("Legacy database", inside="legacy/text/db.json")
