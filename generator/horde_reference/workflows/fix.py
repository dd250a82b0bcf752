"""Apply every safe fix to the files of a folder."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from horde_reference.adapters.disk import write_file
from horde_reference.finding import Finding
from horde_reference.formats import grouping
from horde_reference.formats.json_reading import NotJson, layout, loads
from horde_reference.records.categories import CATEGORIES
from horde_reference.rules.fixes import fix_document
from horde_reference.workflows.gather import gather, read
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.selection import EVERYTHING, Selection


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was mended."""

    paths: list[str]
    """Files that were rewritten."""
    findings: list[Finding]
    """What is still wrong."""


def fix(data: Path, selected: Selection = EVERYTHING, *, progress: Progress = quiet) -> Fixed:
    """Mend the files of a folder, or only the selected ones.

    Raises:
        CannotRun: there is no such folder, or a file cannot be written.
    """
    mended: set[str] = set()
    # One fix can make room for another, such as an exception that is needed no longer.
    while changed := _mend(data, selected, progress):
        mended |= changed
    return Fixed(sorted(mended), gather(data, progress).findings)


def _mend(data: Path, selected: Selection, progress: Progress) -> set[str]:
    """Apply every fix once; returns the files that were rewritten."""
    needless = _needless_exceptions(data)
    bodies = {
        path: body
        for path, raw in read(data, progress).files
        if path in selected and (body := _mended(path, raw, needless[path])) not in (None, raw)
    }
    for path, body in bodies.items():
        write_file(data / path, body or b"")
    return set(bodies)


def _needless_exceptions(data: Path) -> dict[str, set[str]]:
    needless: dict[str, set[str]] = defaultdict(set)
    for finding in gather(data).findings:
        if finding.rule == "unneeded-exception":
            path = Path(finding.path).relative_to(data).as_posix()
            needless[path].add(finding.pointer.rpartition("/")[2])
    return needless


def _mended(path: str, raw: bytes, needless: set[str]) -> bytes | None:
    """The file after all fixes; `None` where it cannot be read well enough to change it."""
    category = path.partition("/")[0]
    try:
        document = loads(raw)
    except NotJson:
        return None
    if not isinstance(document, dict) or layout(raw.decode()).duplicates:
        return None
    if path in grouping.KEYS:
        return grouping.format_document(path, document)
    return fix_document(category, document, needless) if category in CATEGORIES else None
