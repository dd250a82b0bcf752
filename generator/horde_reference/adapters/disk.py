"""Read a folder of records, as fast as a file system allows and never through a link."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from horde_reference.errors import CannotRun, OutputNotOurs
from horde_reference.finding import Finding, Severity
from horde_reference.tree import File

MAX_RECORD_BYTES: Final = 64 * 1024
"""A record's file may have this many bytes."""

_OPEN_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
_OPEN_FOLDER: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY


def read_data(root: Path, findings: list[Finding]) -> Iterator[File]:
    """Files of records below a folder, sorted, paths relative to it. What cannot be read becomes a finding.

    Raises:
        CannotRun: the folder does not exist or cannot be listed.
    """
    try:
        folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise CannotRun(f"The data folder {root} cannot be read: {error.strerror}.") from error
    try:
        yield from _walk(folder, "", findings)
    finally:
        os.close(folder)


def _walk(folder: int, prefix: str, findings: list[Finding]) -> Iterator[File]:
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        path = prefix + entry.name
        if entry.name.startswith(".") or not (prefix or entry.is_dir() or entry.name.endswith(".json")):
            continue
        if _is_record(entry):
            if (raw := _read(folder, entry.name, path, findings)) is not None:
                yield path, raw
        elif entry.is_dir(follow_symlinks=False) and _is_utf8(entry.name):
            yield from _walk_inside(folder, entry.name, path, findings)
        else:
            findings.append(_fault(entry, path))


def _is_record(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(".json") and entry.is_file(follow_symlinks=False) and _is_utf8(entry.name)


def _fault(entry: os.DirEntry[str], path: str) -> Finding:
    """What makes an entry of a folder neither a folder nor a record."""
    if not _is_utf8(entry.name):
        shown = path.encode("utf-8", "backslashreplace").decode()
        return _finding(shown, "unreadable", "The name of this file is not UTF-8.")
    if entry.is_symlink():
        return _finding(path, "not-a-file", "This is a link; records are plain files.")
    if not entry.name.endswith(".json"):
        return _finding(path, "unknown-file", "This file is not a record: it does not end in .json.")
    return _finding(path, "not-a-file", "This is a device or a pipe; records are plain files.")


def _is_utf8(name: str) -> bool:
    """Whether a name was UTF-8 on disk; Python keeps other bytes as halves of surrogate pairs."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _walk_inside(folder: int, name: str, path: str, findings: list[Finding]) -> Iterator[File]:
    try:
        inner = os.open(name, _OPEN_FOLDER, dir_fd=folder)
    except OSError as error:
        findings.append(_finding(path, "unreadable", f"The folder cannot be read: {error.strerror}."))
        return
    try:
        yield from _walk(inner, path + "/", findings)
    finally:
        os.close(inner)


def _read(folder: int, name: str, path: str, findings: list[Finding]) -> bytes | None:
    """Bytes of one file, or a finding why there are none."""
    try:
        file = os.open(name, _OPEN_FILE, dir_fd=folder)
        try:
            return _within_limit(os.read(file, MAX_RECORD_BYTES + 1), path, findings)
        finally:
            os.close(file)
    except OSError as error:
        findings.append(_finding(path, "unreadable", f"The file cannot be read: {error.strerror}."))
    return None


def _within_limit(raw: bytes, path: str, findings: list[Finding]) -> bytes | None:
    if len(raw) <= MAX_RECORD_BYTES:
        return raw
    message = f"The file has more than {MAX_RECORD_BYTES // 1024} KiB."
    findings.append(_finding(path, "too-large", message))
    return None


_HINTS: Final = {
    "not-a-file": "Put the record itself in its place.",
    "unknown-file": "Remove it, or end its name in .json.",
    "unreadable": "Correct its permissions, or get it anew.",
    "too-large": "Remove what does not belong to the record.",
}


def _finding(path: str, rule: str, message: str) -> Finding:
    return Finding(path, 0, "", rule, Severity.ERROR, message, _HINTS[rule])


def write_file(path: Path, body: bytes) -> None:
    """Write one file whole or not at all, making its folders.

    Raises:
        CannotRun: the disk is full, or the folder cannot be written.
    """
    draft = path.with_name(f".horde-reference-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(body)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise CannotRun(f"{path} cannot be written: {error.strerror}.") from error


def stale_files(root: Path, tree: Mapping[str, bytes]) -> list[str]:
    """Paths below a folder of generated files that are missing, differ, or should not be there."""
    present = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    differ = (path for path, body in tree.items() if path not in present or present[path].read_bytes() != body)
    return sorted({*differ, *(present.keys() - tree.keys())})


def sync_folder(root: Path, tree: Mapping[str, bytes], mark: bytes) -> list[str]:
    """Make a folder of generated files hold exactly these; returns the paths that were written or removed.

    Raises:
        OutputNotOurs: a file in the way does not hold `mark`, so it was not generated here.
        CannotRun: the disk is full, or the folder cannot be written.
    """
    changed = stale_files(root, tree)
    foreign = [path for path in changed if (root / path).is_file() and mark not in (root / path).read_bytes()]
    if foreign:
        raise OutputNotOurs(f"{root} holds {foreign[0]}, which was not made from the code. Choose another folder.")
    for path in changed:
        if path in tree:
            write_file(root / path, tree[path])
        else:
            (root / path).unlink()
    return changed
