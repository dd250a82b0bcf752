"""From a folder of files to a checked corpus."""

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from horde_reference.adapters.disk import MAX_RECORD_BYTES, read_data
from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, has_errors
from horde_reference.formats.canonical import load
from horde_reference.formats.grouping import FOLDER
from horde_reference.formats.json_reading import NotJson, layout, loads
from horde_reference.rules.check import check
from horde_reference.text.grouping import NOTHING_STATED, Grouping
from horde_reference.text.groups import Group, groups_of, text_models
from horde_reference.tree import File
from horde_reference.workflows.progress import Progress, quiet


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a folder of records."""

    files: deque[File]
    """Path relative to the folder, and bytes."""
    findings: list[Finding]
    """What could not be read."""

    def drained(self) -> Iterator[File]:
        """The files, each let go once it is passed on: what is made of them takes their place in memory."""
        while self.files:
            yield self.files.popleft()

    def digest(self) -> str:
        """SHA-256 over all paths and bytes, in hexadecimal."""
        digest = sha256()
        for path, raw in self.files:
            digest.update(f"{path}\0{len(raw)}\0".encode())
            digest.update(raw)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """A corpus and all that is wrong with it."""

    corpus: Corpus
    """Every record that could be read."""
    findings: list[Finding]
    """In the order of files and lines; paths begin with the folder's name."""
    grouping: Grouping = NOTHING_STATED
    """What is stated of the groups of text models."""
    groups: Mapping[str, Group] = field(default_factory=dict)
    """Groups of the text models that are offered, by name."""


@contextmanager
def paused_collection() -> Iterator[None]:
    """Pause the garbage collector while very many objects are made that all stay.

    It would look at each of them again and again. Reference counting goes on.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read(data: Path, progress: Progress = quiet) -> Files:
    """All files of a folder.

    Raises:
        CannotRun: there is no such folder.
    """
    findings: list[Finding] = []
    return Files(deque(progress(read_data(data, findings), "Reading")), findings)


def check_files(found: Files, data: Path, progress: Progress = quiet) -> Checked:
    """The corpus of these files, and every finding with its line and the path under which the user knows the file."""
    with paused_collection():
        loaded = load(progress(found.drained(), "Checking", len(found.files)))
        unread = [*found.findings, *loaded.findings]
        groups = groups_of(text_models(loaded.corpus.offered()))
        told = check(loaded.corpus, loaded.grouping, groups, complete=not has_errors(unread))
    return Checked(loaded.corpus, located([*unread, *told], data), loaded.grouping, groups)


def gather(data: Path, progress: Progress = quiet) -> Checked:
    """The corpus of a folder and all that is wrong with it.

    Raises:
        CannotRun: there is no such folder, or it holds no records.
    """
    found = read(data, progress)
    require_records(found, data)
    return check_files(found, data, progress)


def require_records(found: Files, data: Path) -> None:
    """Refuse to call nothing right.

    Raises:
        CannotRun: the folder holds no record at all, not even a broken one.
    """
    if not (found.findings or any(not path.startswith(FOLDER) for path, _ in found.files)):
        raise CannotRun(f"{data} holds no records; there is nothing to check.")


def located(findings: Iterable[Finding], data: Path) -> list[Finding]:
    """The findings with lines, where the rule did not know them, and with paths that begin with the folder."""
    lines: dict[str, dict[str, int]] = {}
    found: list[Finding] = []
    for finding in findings:
        line = finding.line
        if not line and finding.path:
            if finding.path not in lines:
                lines[finding.path] = _lines(data / finding.path)
            line = _line(lines[finding.path], finding.pointer)
        path = (data / finding.path).as_posix() if finding.path else ""
        found.append(replace(finding, path=path, line=line))
    return sorted(found)


def _lines(path: Path) -> dict[str, int]:
    """Lines of a file's values; none where it is a link, a pipe, not JSON, or too large to be a record."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_RECORD_BYTES:
            return {}
        raw = path.read_bytes()
        loads(raw)
    except (OSError, NotJson):
        return {}
    return layout(raw.decode()).lines


def _line(lines: dict[str, int], pointer: str) -> int:
    """Line of a value, or of the nearest value around it that stands in the file."""
    while pointer and pointer not in lines:
        pointer = pointer.rpartition("/")[0]
    return lines.get(pointer, 0)
