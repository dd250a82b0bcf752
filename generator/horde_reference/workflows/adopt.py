"""Turn the two legacy repositories into records, or bring records up to a newer state of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import write_file
from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, Severity
from horde_reference.formats.canonical import encode
from horde_reference.formats.legacy_order import position_of
from horde_reference.formats.paths import path_of
from horde_reference.records.base import Record, replaced
from horde_reference.rules.check import EXCUSABLE, check
from horde_reference.workflows.gather import check_files, read
from horde_reference.workflows.legacy_sources import Source, image_sources, text_source
from horde_reference.workflows.merge import merged

GRANDFATHERED: Final = "Was so in the legacy files when it was adopted."
"""Reason of the exceptions that adopting states for faults which the legacy files already had."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Adopted:
    """What adopting did."""

    findings: list[Finding]
    """What could not be represented, or not be read."""
    counts: dict[str, int]
    """Records read from the legacy files, by category."""
    written: list[str]
    """Files that are new or changed, relative to the data folder."""
    removed: list[str]
    """Files that were removed, relative to the data folder."""


def adopt(image: Path | None, text: Path | None, into: Path, *, prune: bool = False) -> Adopted:
    """Make `into` state what the legacy repositories say, changing only the files of records that differ.

    Raises:
        CannotRun: a folder holds no legacy file, or `into` holds files with faults or cannot be written.
    """
    existing = _existing(into)
    sources = [
        *(image_sources(image, existing) if image else ()),
        *([text_source(text, existing)] if text else ()),
    ]
    surplus = [record for source in sources for record in _surplus(source, existing)]
    gone = {_key(record) for record in surplus} if prune else set()
    records = {_key(record): record for record in existing if _key(record) not in gone}
    records |= {_key(record): merged(record, records.get(_key(record))) for record in _records(sources)}
    corpus = _excused(Corpus.of(records.values()))
    findings = [finding for source in sources for finding in source.findings]
    if not prune:
        findings.extend(_not_in_legacy(record, into) for record in surplus)
    changed = [record for record in corpus if record != existing[record.category].get(record.name)]
    written = dict(map(encode, changed))
    for path, body in written.items():
        write_file(into / path, body)
    removed = sorted(path_of(*key) for key in gone)
    for path in removed:
        (into / path).unlink()
    counts = {source.category.name: len(source.records) for source in sources}
    return Adopted(sorted(findings), counts, sorted(written), removed)


def _existing(into: Path) -> Corpus:
    if not into.exists():
        return Corpus.of(())
    checked = check_files(read(into), into)
    broken = sorted({finding.path for finding in checked.findings if finding.severity is Severity.ERROR})
    if broken:
        raise CannotRun(f"{into} has faults in {', '.join(broken[:5])}. Run horde-reference check, then adopt again.")
    return checked.corpus


def _records(sources: Iterable[Source]) -> Iterator[Record]:
    for source in sources:
        yield from source.records.values()


def _key(record: Record) -> Key:
    return record.category, record.name


def _surplus(source: Source, existing: Corpus) -> Iterator[Record]:
    """Records that came from the legacy file once and do not stand there now."""
    for name, record in existing[source.category.name].items():
        if source.whole and name not in source.names and position_of(record) is not None:
            yield record


def _not_in_legacy(record: Record, into: Path) -> Finding:
    path = (into / path_of(*_key(record))).as_posix()
    message = f"{record.name!r} came from the legacy file and no longer stands there."
    hint = "Adopt with --prune to remove such records, or leave it: the legacy file gets it back."
    return Finding(path, 1, "", "adopt-not-in-legacy", Severity.WARNING, message, hint)


def _excused(corpus: Corpus) -> Corpus:
    """The corpus with exceptions stated for what legacy records break, so that checks begin clean.

    There was nothing to find before, so whatever is found came with the legacy files.
    """
    broken: dict[str, dict[str, str]] = defaultdict(dict)
    for finding in check(corpus):
        if finding.severity is Severity.ERROR and finding.rule in EXCUSABLE:
            broken[finding.path][finding.rule] = GRANDFATHERED
    paths = ((record, path_of(*_key(record))) for record in corpus)
    return Corpus.of(
        replaced(record, exceptions=record.exceptions | broken[path]) if path in broken else record
        for record, path in paths
    )
