"""What the files of a legacy repository are to hold: the smallest difference that says what our records say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from json import loads
from typing import Any, Final

from horde_reference.changes.diff import Change, diff
from horde_reference.changes.three_way import Edit, edits
from horde_reference.corpus import Corpus
from horde_reference.errors import NotConforming
from horde_reference.finding import Finding, Severity
from horde_reference.formats import legacy_image, legacy_text
from horde_reference.formats.legacy_database import DEFAULTS as USUAL_DEFAULTS
from horde_reference.formats.legacy_database import database_of
from horde_reference.formats.legacy_update.image_file import update_file
from horde_reference.formats.legacy_update.malformed import Malformed
from horde_reference.formats.legacy_update.table_file import update_table
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import TextGeneration
from horde_reference.workflows.sync.state import DATABASE, DEFAULTS, HINT, Files, State, projection, sayable, state_of

HELD: Final = "sync-held"
"""Rule that a file breaks which cannot be synced as long as it is as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What both sides were when they were last the same."""

    records: Corpus
    """Our records then."""
    judge: Callable[[Edit], Edit | None]
    """An edit, with what the record was when it last was the same on both sides: older edits may have been left.

    `None` where that says nothing, and the record is to be as it is here.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a sync would do."""

    repository: str
    """image or text."""
    before: Files
    """Files as they are there, as far as they were read."""
    files: Mapping[str, bytes]
    """Files that are to hold something else."""
    changes: Sequence[Change]
    """What that changes, record by record, as the legacy files say it."""
    edits: Sequence[Edit]
    """What was edited there by hand, and is left as it is."""
    taken: Sequence[Edit] = ()
    """What was edited there by hand, and is replaced as people said so."""
    faults: Sequence[Finding]
    """Why files are left as they are."""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """before and after → records by category."""
    notes: Sequence[str] = ()
    """What people should know of how it was reckoned."""

    @property
    def weight(self) -> int:
        """How many changes it makes; a file that is made anew from what does not change is one."""
        return len(self.changes) or bool(self.files)

    @property
    def conflicts(self) -> list[Edit]:
        """What was edited on both sides."""
        return [one for one in self.edits if one.is_conflict]


def plan(repository: str, categories: Sequence[Category], files: Files, ours: Corpus, basis: Basis | None) -> Plan:
    """What a legacy repository is to hold.

    Args:
        repository: image or text.
        categories: those that are synced.
        files: its files as they are.
        ours: our records that are offered.
        basis: what both sides were; `None` where they never were the same, so that ours count.

    Raises:
        CannotRun: a record cannot be said in its legacy file.
    """
    theirs = state_of(categories, files, ours)
    sound = [category for category in categories if category.name not in theirs.faults]
    judged = _judged(sound, ours, theirs, basis)
    found = tuple(one for one in judged if one.is_made)
    faults = [one for some in theirs.faults.values() for one in some]
    wanted = _wanted(ours, theirs.records, found)
    new = dict(_new_files(sound, files, wanted, _made_from(basis, judged), faults))
    after = state_of(categories, {**files, **new}, ours) if new else theirs
    _refuse_unreadable(theirs, after)
    return Plan(
        repository=repository,
        before=files,
        files=new,
        changes=diff(theirs.bare(), after.bare()) if new else (),
        edits=found,
        faults=faults,
        counts={"before": theirs.records.counts(), "after": after.records.counts()},
    )


def _refuse_unreadable(before: State, after: State) -> None:
    """What was written must be readable: a record that is not would be taken for one that is gone."""
    broken = [one for name, some in after.faults.items() if name not in before.faults for one in some]
    if broken:
        raise NotConforming(f"{broken[0].path} could not be read any more: {broken[0].message} Nothing was changed.")


def _judged(categories: Sequence[Category], ours: Corpus, theirs: State, basis: Basis | None) -> Sequence[Edit]:
    if basis is None:
        return ()
    names = {category.name for category in categories}
    there = Corpus.of(record for record in theirs.bare() if record.category in names)
    formerly = {(record.category, record.name): record.aliases for record in ours}
    found = edits(sayable(basis.records, categories), projection(ours, categories), there, formerly)
    return [judged for one in found if (judged := basis.judge(one)) is not None]


def _made_from(basis: Basis | None, judged: Sequence[Edit]) -> Mapping[str, Sequence[Record]]:
    """Category → records as its file was last made from: of what stands there and was not edited there, that."""
    settled = [one.before for one in judged if not one.is_made and one.before is not None]
    records = [*(basis.records if basis else ()), *settled]
    return {name: [one for one in records if one.category == name] for name in CATEGORIES}


def _wanted(ours: Corpus, theirs: Corpus, found: Sequence[Edit]) -> Corpus:
    """Our records, but for those that stay as they are there."""
    held = {(edit.category, edit.name) for edit in found}
    stays = [theirs[edit.category][edit.theirs.name] for edit in found if edit.theirs is not None]
    return Corpus.of([*(record for record in ours if (record.category, record.name) not in held), *stays])


def _new_files(
    categories: Iterable[Category],
    files: Files,
    wanted: Corpus,
    before: Mapping[str, Sequence[Record]],
    faults: list[Finding],
) -> Iterable[tuple[str, bytes]]:
    """Files that differ from what they are; those that cannot be brought up to date are added to the faults."""
    for category in categories:
        path = str(category.legacy_file)
        records = list(wanted[category.name].values())
        try:
            made = dict(_made(category, files, records, before[category.name]))
        except Malformed as fault:
            faults.append(Finding(path, fault.line, "", HELD, Severity.ERROR, str(fault), HINT))
            continue
        yield from ((name, body) for name, body in made.items() if files.get(name) != body)


def _made(
    category: Category, files: Files, records: Sequence[Record], before: Sequence[Record]
) -> Iterable[tuple[str, bytes]]:
    path = str(category.legacy_file)
    existing = files.get(path)
    if category.repository == "text":
        models = [record for record in records if isinstance(record, TextGeneration)]
        table = legacy_text.encode_table(models) if existing is None else update_table(existing, models)
        yield path, table
        yield DATABASE, database_of(table, _defaults(files))
    elif existing is not None:
        yield path, update_file(category.name, existing, records, before)
    elif records:
        yield path, bytes(legacy_image.encode_file(records))


def _defaults(files: Files) -> Mapping[str, Any]:
    """What the text repository fills in."""
    if DEFAULTS not in files:
        return USUAL_DEFAULTS
    try:
        found = loads(files[DEFAULTS])
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Malformed(DEFAULTS, 0, "it is not a JSON object")
    return found
