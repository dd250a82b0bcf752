"""Files to download, one a line: `file name | address | SHA-256 | size in bytes`, or just the address."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from horde_reference.finding import Problem, pointer
from horde_reference.formats.shape import shown
from horde_reference.proposals.questions import NO, YES, Question

Download = dict[str, Any]
"""A download as a record's file states it, as far as it is known."""

At = tuple[str | int, ...]
"""Keys and list positions that lead to a value."""

FILE_COLUMNS: Final = ("file_name", "file_url", "sha256sum", "size_bytes")
"""What a line says of a file, in this order."""
_FURTHER: Final = ("content_hash", "file_purpose", "known_slow_download")
_BAR: Final = "|"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_SIZE: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
_HINT: Final = "Write `file name | address | SHA-256 | size in bytes`, or just the address."


def read_files(question: Question, lines: Iterable[str], problems: list[Problem]) -> list[Download]:
    """The downloads that the lines name. What cannot be read becomes a problem, each line for itself."""
    return [_download(question, place, line, problems) for place, line in enumerate(lines)]


def _download(question: Question, place: int, line: str, problems: list[Problem]) -> Download:
    cells = [cell.strip() for cell in line.split(_BAR)]
    at: At = (*question.path, place)
    if len(cells) == 1 and _ADDRESS.match(cells[0]):
        cells = [name_from_address(cells[0]), cells[0]]
    elif len(cells) == 1 or not cells[1]:
        problems.append(_problem(question, at, f"{shown(line)} has no address."))
        return {}
    further = [cell for cell in cells[2:] if cell.partition("=")[0].strip() in _FURTHER]
    plain = [cell for cell in cells if cell not in further]
    found: Download = {key: cell for key, cell in zip(FILE_COLUMNS, plain, strict=False) if cell}
    if len(plain) > len(FILE_COLUMNS):
        problems.append(_problem(question, at, f"{shown(plain[len(FILE_COLUMNS)])} is one part too many."))
    return found | _size(question, at, found, problems) | _further(question, at, further, problems)


def name_from_address(url: str) -> str:
    """The last part of an address, if it looks like the name of a file; else nothing."""
    try:
        last = unquote(urlsplit(url).path).rpartition("/")[2]
    except ValueError:
        return ""
    return last if "." in last.strip(".") else ""


def _size(question: Question, at: At, found: Download, problems: list[Problem]) -> Download:
    size = found.get("size_bytes")
    if size is None:
        return {}
    if not _SIZE.fullmatch(size):
        problems.append(_problem(question, (*at, "size_bytes"), f"{shown(size)} is not a number of bytes."))
        return {}
    return {"size_bytes": int(size)}


def _further(question: Question, at: At, cells: list[str], problems: list[Problem]) -> Download:
    found: Download = {}
    for cell in cells:
        key, _, said = (part.strip() for part in cell.partition("="))
        is_flag = key == "known_slow_download"
        if not said or (is_flag and said not in {YES, NO}):
            problems.append(_problem(question, (*at, key), f"{shown(cell)} is not understood."))
        else:
            found[key] = said == YES if is_flag else said
    return found


def _problem(question: Question, at: At, message: str) -> Problem:
    return Problem(pointer(*at), f"{question.label}: {message}", _HINT)


def file_lines(downloads: Iterable[Download]) -> Iterator[str]:
    """The lines that name these downloads."""
    for one in downloads:
        cells = [str(one.get(key, "")) for key in FILE_COLUMNS]
        while not cells[-1]:
            cells.pop()
        cells += [f"{key}={_word(one[key])}" for key in _FURTHER if key in one]
        yield f" {_BAR} ".join(cells)


def _word(value: object) -> str:
    return (YES if value else NO) if isinstance(value, bool) else str(value)
