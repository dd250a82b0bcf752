"""What the files of a legacy repository say, as records that can be compared with ours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from pydantic import ValidationError

from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, Severity
from horde_reference.formats import legacy_image, legacy_text
from horde_reference.formats.canonical import decode, document_of
from horde_reference.formats.faults import DUPLICATE_KEY
from horde_reference.formats.legacy_entry import Unrepresentable
from horde_reference.formats.legacy_table import BadCell
from horde_reference.records.base import ImageRepositoryRecord, Record
from horde_reference.records.categories import CATEGORIES, Category
from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.fixes import fix_document
from horde_reference.workflows.legacy_sources import source_of

DATABASE: Final = "db.json"
"""What the text repository makes from its table."""
DEFAULTS: Final = "defaults.json"
"""What it fills in there."""

Files = Mapping[str, bytes]
"""Path in the repository → bytes."""

HINT: Final = "Correct it there; until then the file stays as it is."
"""What to do about a file that cannot be read."""


class Unsayable(CannotRun):
    """The legacy format cannot say a record."""


@dataclass(frozen=True, slots=True)
class State:
    """The records of a legacy repository."""

    records: Corpus
    """As they would be written back."""
    faults: Mapping[str, Sequence[Finding]]
    """Category → what cannot be read in its file; only of those where there is something."""

    def bare(self) -> Corpus:
        """The records without what only says how they are written."""
        return Corpus.of(map(bare, self.records))


def categories_in(repository: str, chosen: Iterable[str] = ()) -> list[Category]:
    """The categories that a repository carries; only those that are chosen, if any are.

    Raises:
        CannotRun: a chosen one does not exist.
    """
    names = set(chosen)
    if unknown := sorted(names - CATEGORIES.keys()):
        raise CannotRun(f"There is no category {', '.join(unknown)}. There are {', '.join(CATEGORIES)}.")
    mine = (category for category in CATEGORIES.values() if category.repository == repository)
    return [category for category in mine if not names or category.name in names]


def paths_of(categories: Iterable[Category]) -> list[str]:
    """Files that are read in a legacy repository."""
    carried = list(categories)
    texts = [DATABASE, DEFAULTS] if any(category.repository == "text" for category in carried) else []
    return [*(str(category.legacy_file) for category in carried), *texts]


def state_of(categories: Iterable[Category], files: Files, ours: Corpus) -> State:
    """What files say.

    Args:
        categories: those whose files are read. A file that is not there holds no records.
        files: the files.
        ours: records that have their places already.
    """
    records: list[Record] = []
    faults: dict[str, list[Finding]] = {}
    for category in categories:
        path = str(category.legacy_file)
        if path not in files:
            continue
        source = source_of(category, path, files[path], ours[category.name])
        records += source.records.values()
        if errors := [one for one in source.findings if _stops(one)]:
            faults[category.name] = [replace(one, hint=HINT) for one in errors]
    return State(Corpus.of(records), faults)


def _stops(finding: Finding) -> bool:
    """Whether a file cannot be synced with a finding. Of a key that stands twice the last counts for every reader."""
    return finding.severity is Severity.ERROR and finding.rule != DUPLICATE_KEY


def bare(record: Record) -> Record:
    """A record of a legacy file without what only says where and how it is written there."""
    if isinstance(record, TextGeneration):
        return replace(record, legacy=None)
    if isinstance(record, ImageRepositoryRecord) and record.legacy is not None:
        return replace(record, legacy=replace(record.legacy, position=None))
    return record


def projected(record: Record) -> Record:
    """A record of ours as its legacy file would say it, bare.

    Raises:
        Unsayable: the legacy format cannot say it.
    """
    try:
        if isinstance(record, TextGeneration):
            return bare(legacy_text.decode(legacy_text.encode(record), 0))
        return bare(legacy_image.decode(record.category, *legacy_image.encode(record), 0))
    except (ValidationError, Unrepresentable, BadCell) as error:
        raise Unsayable(f"{record.category}/{record.name} cannot be said in its legacy file: {error}.") from error


def projection(records: Corpus, categories: Iterable[Category]) -> Corpus:
    """Records of ours as their legacy files would say them, those of some categories only."""
    return Corpus.of(projected(record) for category in categories for record in records[category.name].values())


def sayable(records: Corpus, categories: Iterable[Category]) -> Corpus:
    """The same of records that were ours once: those that no legacy file can say never stood in one."""

    def said() -> Iterator[Record]:
        for category in categories:
            for record in records[category.name].values():
                with suppress(Unsayable):
                    yield projected(record)

    return Corpus.of(said())


def fixed(record: Record) -> Record:
    """A bare record after every safe fix: what is adopted is fixed on the way, and says the same nevertheless."""
    try:
        return bare(decode(record.category, fix_document(record.category, document_of(record))))
    except ValidationError:
        return record
