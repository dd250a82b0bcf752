"""Names: what they may hold, and that no two of them meet on any file system."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from horde_reference.corpus import Corpus
from horde_reference.finding import Problem
from horde_reference.formats.paths import path_of
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES

DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³")]
)
"""What Windows takes for a device, whatever ending it has."""
MEANT_BY_HOSTS: Final = frozenset({"index", "404", "node_modules"})
"""Parts of a path that hosts do not publish as they are."""
FORMS_OF_A_RECORD: Final = (".html", ".json.br", ".json.gz")
"""Endings of the other forms that a record is published in."""
LONGEST_PART: Final = 240  # file systems take 255, and writing a file safely needs a few for its draft
"""Bytes that a part of a path may have."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\\]")


def is_device(part: str) -> bool:
    """Whether Windows takes a part of a path for a device, whatever ending it has."""
    return part.partition(".")[0].rstrip().casefold() in DEVICES


def means_something_to_hosts(part: str) -> bool:
    """Whether a web server or a host would not publish a part of a path under that name, or not that alone."""
    return means_something_so_written(part.casefold())


def means_something_so_written(part: str) -> bool:
    """The same of a part in just these letters, for what no file system holds that knows no case."""
    is_hidden = part.startswith(".") and bool(part.strip("."))
    return is_hidden or part in MEANT_BY_HOSTS or part.endswith(FORMS_OF_A_RECORD)


def name_form(record: Record) -> Iterator[Problem]:
    """A name is visible text without a backslash, stray blanks or empty parts.

    Names become paths, addresses and keys in other programs. A backslash or a part such as `..` climbs folders,
    an empty part or a blank at an edge is lost on the way, and text that is not in Unicode form NFC compares
    unequal to the same text typed on another keyboard.

    Write the name as the model's author does, without these.
    """
    yield from name_problems(record.category, record.name)


def name_problems(category: str, name: str) -> Iterator[Problem]:
    """What makes a text no name."""
    if _CONTROL.search(name):
        yield Problem("/name", f"The name {name!r} holds a control character or a backslash.", "Take it out.")
    if any(part in {"", ".", ".."} or part != part.strip() for part in name.split("/")):
        message = f"The name {name!r} has a part between slashes that is empty, '.', '..', or has blanks at its edge."
        yield Problem("/name", message, "Correct that part.")
    if any(part.lower().endswith(".json") for part in name.split("/")):
        message = f"The name {name!r} has a part that ends in .json, and would be taken for the address of another."
        yield Problem("/name", message, "Change that part.")
    if any(len(part.encode()) > LONGEST_PART for part in path_of(category, name).split("/")):
        message = f"The name {name!r} has a part of more than {LONGEST_PART} bytes, which file systems cannot hold."
        yield Problem("/name", message, "Shorten it.")
    if not unicodedata.is_normalized("NFC", name):
        yield Problem("/name", f"The name {name!r} is not in Unicode form NFC.", "Type it anew.")


def reserved_name(record: Record) -> Iterator[Problem]:
    """No part of a name means something else to Windows or to the hosts that publish it.

    A file called `CON`, `NUL.json` or `COM1` cannot be made on Windows: nobody there could clone the repository.
    Hosts take `index` for what a folder says of itself and `404` for what to say where there is nothing; they hide
    what begins with a dot and leave `node_modules` out; and `.html`, `.json.br` and `.json.gz` end the other forms
    that a record is published in. A record with such a name would not be found, or in the place of another.

    Add a word to that part of the name.
    """
    yield from reserved_problems(record.name)


def reserved_problems(name: str) -> Iterator[Problem]:
    """The parts of a name that mean something else."""
    for part in name.split("/"):
        if is_device(part):
            message = f"{part!r} is the name of a device on Windows, where no such file can be made."
            yield Problem("/name", message, "Add a word to it.")
        elif means_something_to_hosts(part):
            message = f"{part!r} means something else to the hosts that publish it."
            yield Problem("/name", message, "Add a word to it.")


def managed_elsewhere(record: Record) -> Iterator[Problem]:
    """Categories that another system manages have no records here.

    LoRAs and textual inversions are looked up on their host when a request names them. A record here would be
    published and never used.

    Remove the file.
    """
    if CATEGORIES[record.category].managed_elsewhere:
        yield Problem("", f"Records of {record.category} are managed by another system.", "Remove the file.")


def folded_path(category: str, name: str) -> str:
    """The path of a record as a file system compares it that knows neither case nor Unicode forms."""
    return _folded(path_of(category, name))


def _folded(path: str) -> str:
    """The path as a file system compares it that knows neither case nor Unicode forms."""
    lower = path.lower()
    return lower if lower.isascii() else unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).lower())


def path_collision(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two names differ only in case or in Unicode form.

    macOS and Windows take such names for one file: whoever clones the repository there loses one of the two
    records without a word.

    Rename one of them.
    """
    taken: dict[str, Record] = {}
    names = [f"{record.category}/{record.name.lower()}" for record in corpus]
    if len(set(names)) == len(names) and "".join(names).isascii():
        return  # which is quick to see, and mostly so
    for record in corpus:
        folded = folded_path(record.category, record.name)
        other = taken.setdefault(folded, record)
        if other is not record:
            message = f"{record.name!r} and {other.name!r} would be one file on macOS and Windows."
            yield record, Problem("/name", message, "Rename one of them.")


def _folders(path: str) -> Iterator[str]:
    """The folders that a path goes through below that of its category."""
    parts = path.split("/")
    return ("/".join(parts[:depth]) for depth in range(2, len(parts)))


def folder_collision(corpus: Corpus) -> Iterator[tuple[Record, Problem]]:
    """No two folders that names make differ only in case or in Unicode form.

    With `Qwen/a` and `qwen/b`, macOS and Windows make one folder and git on Linux makes two: the tree that is
    checked out depends on the machine.

    Write the author's name the same in all records.
    """
    spellings: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in corpus:
        if "/" in record.name:
            for folder in _folders(path_of(record.category, record.name)):
                spellings[_folded(folder)].setdefault(folder, record)
    for by_folder in spellings.values():
        first, *others = by_folder
        for folder in others:
            message = f"The folders {folder!r} and {first!r} would be one on macOS and Windows."
            yield by_folder[folder], Problem("/name", message, "Write the part before the slash alike.")
