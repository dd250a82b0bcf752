"""Fill in what hosts tell of the files of a proposal: names, hashes and sizes that it does not state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from horde_reference.finding import Finding, pointer
from horde_reference.proposals.wanted import Document, Wanted, value_at, with_value
from horde_reference.proposals.weights import Weight, doubts, filled
from horde_reference.rules.downloads import host_of
from horde_reference.rules.table import RULES

_FILES: Final = ("config", "download")
_SIZE_ON_DISK: Final = "size_on_disk_bytes"


@dataclass(frozen=True, slots=True)
class Filled:
    """A proposal with what the hosts told."""

    wanted: Wanted
    findings: list[Finding]
    """What the hosts tell that speaks against it, or do not tell; paths are below the data folder."""


def fill(wanted: Wanted, weigh: Callable[[str], Weight], present: Document | None = None) -> Filled:
    """Ask about each file that a proposal brings, and fill in what it leaves out. What it states is never changed.

    Args:
        wanted: the proposal.
        weigh: address of a file → what is known of it; asked once for each file.
        present: what the record's file states now: its downloads are not asked about again.
    """
    downloads = value_at(wanted.document, _FILES)
    if wanted.operation == "remove" or not isinstance(downloads, list):
        return Filled(wanted, [])
    known = value_at(present or {}, _FILES) or []
    findings: list[Finding] = []
    after = [
        one if one in known or not isinstance(one, dict) else _weighed(wanted, place, one, weigh, findings)
        for place, one in enumerate(downloads)
    ]
    document = with_value(wanted.document, _FILES, after)
    return Filled(replace(wanted, document=_with_total(document, after)), findings)


def _weighed(
    wanted: Wanted, place: int, download: Document, weigh: Callable[[str], Weight], findings: list[Finding]
) -> Document:
    url = download.get("file_url")
    if not isinstance(url, str):
        return download
    weight = weigh(url)
    found = filled(download, weight)
    for rule, problem in doubts(found, weight, host_of(url) or "its host"):
        at = pointer(*_FILES, place) + problem.pointer
        findings.append(Finding(wanted.path, 0, at, rule, RULES[rule].severity, problem.message, problem.hint))
    return found


def _with_total(document: Document, downloads: Iterable[Any]) -> Document:
    """The object with the size of the whole, where it does not state one and that of each file is known."""
    sizes = [one.get("size_bytes") if isinstance(one, dict) else None for one in downloads]
    if _SIZE_ON_DISK in document or not sizes or not all(isinstance(size, int) for size in sizes):
        return document
    return {**document, _SIZE_ON_DISK: sum(size for size in sizes if isinstance(size, int))}
