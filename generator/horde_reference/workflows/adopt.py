"""Turn the two legacy repositories into records, or bring records up to a newer state of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.disk import write_file
from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, Severity
from horde_reference.formats.canonical import encode
from horde_reference.formats.legacy_order import position_of
from horde_reference.formats.paths import path_of
from horde_reference.records.base import Record
from horde_reference.rules.check import EXCUSABLE, check
from horde_reference.workflows.gather import check_files, read
from horde_reference.workflows.legacy_sources import Source, image_sources, text_source
from horde_reference.workflows.merge import merged
from horde_reference.workflows.shrinking import MAX_SHRINK, refuse_shrinking

GRANDFATHERED: Final = "Was so in the legacy files when it was adopted."
"""Reason of the exceptions that adopting states for faults which the legacy files already had."""

_MENDED_HERE: Final = frozenset({*EXCUSABLE, "unneeded-exception"})

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


def adopt(
    image: Path | None, text: Path | None, into: Path, *, prune: bool = False, max_shrink: float = MAX_SHRINK
) -> Adopted:
    """Make `into` state what the legacy repositories say, changing only the files of records that differ.

    Where a record was edited here and says otherwise, the legacy files win.

    Raises:
        WouldShrink: pruning would remove a larger share of a category than `max_shrink`.
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
    refuse_shrinking(existing.counts(), Corpus.of(records.values()).counts(), max_shrink)
    theirs = _under_our_names(_records(sources), existing)
    records |= {_key(record): merged(record, records.get(_key(record))) for record in theirs}
    findings = [finding for source in sources for finding in source.findings]
    sound = _without_faults(Corpus.of(records.values()), into, findings)
    corpus = _excused(sound, into, findings)
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


def _under_our_names(records: Iterable[Record], existing: Corpus) -> Iterator[Record]:
    """The records, those that have another name here by now under that."""
    renamed = {(record.category, alias): record.name for record in existing for alias in record.aliases}
    for record in records:
        name = renamed.get(_key(record))
        yield record if name is None else replace(record, name=name)


def _key(record: Record) -> Key:
    return record.category, record.name


def _surplus(source: Source, existing: Corpus) -> Iterator[Record]:
    """Records that came from the legacy file once and do not stand there now."""
    for name, record in existing[source.category.name].items():
        known = not source.names.isdisjoint({name, *record.aliases})
        if source.whole and not known and not record.withdrawn and position_of(record) is not None:
            yield record


def _not_in_legacy(record: Record, into: Path) -> Finding:
    path = (into / path_of(*_key(record))).as_posix()
    message = f"{record.name!r} came from the legacy file and no longer stands there."
    hint = "Adopt with --prune to remove such records, or leave it: the legacy file gets it back."
    return Finding(path, 1, "", "adopt-not-in-legacy", Severity.WARNING, message, hint)


def _without_faults(corpus: Corpus, into: Path, findings: list[Finding]) -> Corpus:
    """The corpus without records that break a rule which nothing excuses: they would break every later check.

    There was nothing to find before, so whatever is found came with the legacy files.
    """
    faults = [one for one in check(corpus) if one.severity is Severity.ERROR and one.rule not in _MENDED_HERE]
    refused = {one.path: one for one in reversed(faults)}
    for path, fault in sorted(refused.items()):
        message = f"This record cannot be adopted: {fault.message}"
        where = (into / path).as_posix()
        findings.append(Finding(where, 0, fault.pointer, "adopt-unrepresentable", fault.severity, message, fault.hint))
    return Corpus.of(record for record in corpus if path_of(*_key(record)) not in refused)


def _excused(corpus: Corpus, into: Path, findings: list[Finding]) -> Corpus:
    """The corpus with exceptions stated for what legacy records break, and without those that they need no longer."""
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    idle: dict[str, set[str]] = defaultdict(set)
    for finding in check(corpus):
        if finding.rule == "unneeded-exception":
            idle[finding.path].add(finding.pointer.rpartition("/")[2])
        elif finding.severity is Severity.ERROR:
            stated[finding.path][finding.rule] = GRANDFATHERED
    for path, rules in sorted(stated.items()):
        message = f"This record breaks {', '.join(rules)}; an exception was stated."
        hint = "Mend the record and remove the exception, or give its true reason."
        where = (into / path).as_posix()
        findings.append(Finding(where, 0, "/exceptions", "adopt-exception", Severity.WARNING, message, hint))
    return Corpus.of(_with_exceptions(record, stated, idle) for record in corpus)


def _with_exceptions(record: Record, stated: dict[str, dict[str, str]], idle: dict[str, set[str]]) -> Record:
    path = path_of(*_key(record))
    needed = {rule: reason for rule, reason in record.exceptions.items() if rule not in idle.get(path, ())}
    exceptions = needed | stated.get(path, {})
    return record if exceptions == record.exceptions else replace(record, exceptions=exceptions)
