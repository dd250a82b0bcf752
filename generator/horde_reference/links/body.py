"""The issue about downloads that do not work, in Markdown. Nothing in it works, whatever the records hold."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from horde_reference.changes.markdown import code
from horde_reference.links.report import Broken, Report
from horde_reference.rules.downloads import host_of

MARK: Final = "<!-- horde-reference: broken links -->"
"""First line of the issue, by which it is found again."""
LABEL: Final = "broken-links"
TITLE: Final = "Downloads that do not work"

_LONGEST: Final = 59_000
"""Characters of the list; GitHub takes 65,536 in all."""
_LONGEST_TEXT: Final = 300


def body(found: Report) -> str:
    """The issue."""
    return "\n".join([MARK, *_head(found), *_cut(list(_list(found)))]) + "\n"


def farewell(found: Report) -> str:
    """What is said when the issue is closed."""
    return f"No download is broken any more. {_counts(found)}"


def _head(found: Report) -> Iterator[str]:
    yield f"These downloads of published records do not work. {_counts(found)}"
    yield ""
    yield "Correct the address, hash or size in the record, or withdraw the model. The list is kept up to date by the"
    yield "weekly check, which closes this issue when nothing is left of it. What is written here by hand is lost."


def _counts(found: Report) -> str:
    moment = f"{datetime.fromtimestamp(found.checked_at, UTC):%Y-%m-%d %H:%M} UTC"
    new = len(found.broken) - len(found.confirmed)
    counts = [
        f"{found.looked_at} looked at",
        f"{len(found.confirmed)} broken",
        f"{found.gated} gated (they want a login first)",
        f"{len(found.unknown)} unknown (their hosts did not answer)",
        *([f"{new} broken for the first time, not reported yet"] if new else []),
    ]
    return f"Checked on {moment}: {', '.join(counts)}."


def _list(found: Report) -> Iterator[str]:
    ordered = sorted(found.confirmed, key=lambda one: (host_of(one.link.url), one.link.place))
    for host, links in groupby(ordered, key=lambda one: host_of(one.link.url)):
        yield f"\n#### {code(_short(host or 'no host'))}\n"
        yield from map(_line, links)


def _line(one: Broken) -> str:
    since = f"{datetime.fromtimestamp(one.since, UTC):%Y-%m-%d}"
    named, url = code(_short(f"{one.link.category}/{one.link.name}")), code(_short(one.link.url))
    return f"- {named}: {url} ({one.fault}, since {since}): {code(_short(one.why))}"


def _cut(lines: list[str]) -> Iterator[str]:
    left = _LONGEST
    for place, line in enumerate(lines):
        left -= len(line) + 1
        if left < 0:
            yield f"\n… and {sum(one.startswith('- ') for one in lines[place:])} more; see the report of the run."
            return
        yield line


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 3]}..."
