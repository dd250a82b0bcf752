"""Compare two states of the records: folders or git revisions."""

from pathlib import Path

from horde_reference.adapters.disk import read_data
from horde_reference.adapters.git.revisions import read_revision
from horde_reference.changes.diff import Change, diff
from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, has_errors
from horde_reference.formats.canonical import load
from horde_reference.tree import File


def compare(base: str, head: str, data: Path) -> tuple[Change, ...]:
    """What changed from one state to another.

    Args:
        base: a folder of records, or a git revision.
        head: likewise.
        data: the folder of records inside the repository; revisions are those of the repository around it.

    Raises:
        CannotRun: one of the two is neither, or holds files that cannot be read.
    """
    return diff(_corpus(base, data), _corpus(head, data))


def _corpus(state: str, data: Path) -> Corpus:
    findings: list[Finding] = []
    loaded = load(_files(state, data, findings))
    findings.extend(loaded.findings)
    if has_errors(findings):
        first = min(finding for finding in findings)
        raise CannotRun(f"{state} has faults, the first in {first.path}: {first.message} See horde-reference check.")
    return loaded.corpus


def _files(state: str, data: Path, findings: list[Finding]) -> list[File]:
    folder = Path(state)
    if folder.is_dir():
        return list(read_data(folder / data.name if (folder / data.name).is_dir() else folder, findings))
    return list(read_revision(state, data))
