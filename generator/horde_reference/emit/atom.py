"""Atom feeds (RFC 4287) of changes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from horde_reference.changes.report import SIGNS
from horde_reference.formats.addresses import PUBLIC_ROOT
from horde_reference.history.event import Event
from horde_reference.history.log import Commit

ENTRIES: Final = 50
"""A feed holds this many of the last changes."""
_NAMES: Final = 20
_NEVER: Final = datetime.fromtimestamp(0, UTC)

Steps = Sequence[tuple[Commit, Sequence[Event]]]


def feed(path: str, title: str, steps: Steps) -> bytes:
    """A feed of the last changes.

    Args:
        path: path of the feed from the public root.
        title: its title.
        steps: commits and what they did, oldest first.
    """
    latest = list(reversed(steps[-ENTRIES:]))
    address = f"{PUBLIC_ROOT}/{path}"
    root = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _texts(root, id=address, title=title, updated=_time(latest[0][0].when if latest else _NEVER))
    SubElement(root, "link", rel="self", href=address, type="application/atom+xml")
    for commit, events in latest:
        root.append(_entry(commit, events))
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(commit: Commit, events: Sequence[Event]) -> Element:
    address = f"{PUBLIC_ROOT}/changes/{commit.number}.json"
    entry = Element("entry")
    _texts(entry, id=address, title=_title(events), updated=_time(commit.when))
    _texts(SubElement(entry, "author"), name=commit.author or "unknown")
    SubElement(entry, "link", rel="alternate", href=address, type="application/json")
    _texts(entry, summary="\n".join([commit.subject, *_lines(events)]))
    return entry


def _title(events: Sequence[Event]) -> str:
    more = f" and {len(events) - 1} more" if len(events) > 1 else ""
    return f"{_line(events[0])}{more}"


def _lines(events: Sequence[Event]) -> list[str]:
    more = [f"… and {len(events) - _NAMES} more"] if len(events) > _NAMES else []
    return [*map(_line, events[:_NAMES]), *more]


def _line(event: Event) -> str:
    old = f" (was {event.renamed_from})" if event.renamed_from is not None else ""
    return f"{SIGNS[event.effect or event.operation]} {event.category}/{event.name}{old}"


def _texts(parent: Element, **texts: str) -> None:
    for tag, text in texts.items():
        SubElement(parent, tag).text = _printable(text)


def _printable(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return "".join(one for one in text if one.isprintable() or one == "\n")


def _time(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")
