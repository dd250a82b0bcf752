"""What somebody wants, as the file that the record will have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from horde_reference.formats.paths import path_of
from horde_reference.proposals.form_answers import Answers
from horde_reference.proposals.places import FILES, Path
from horde_reference.proposals.questions import Operation

Document = dict[str, Any]

_SIZE_ON_DISK: Final = "size_on_disk_bytes"
_OF_THE_BYTES: Final = frozenset({"sha256sum", "size_bytes", "content_hash"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One record to be added, changed or withdrawn."""

    operation: Operation
    """What is to happen."""
    category: str
    """Name of the category."""
    name: str
    """Name of the model."""
    document: Document
    """What the file is to state, whole."""
    author: str = ""
    """Login of whoever asks for it."""

    @property
    def path(self) -> str:
        """Path of the file below `data/`."""
        return path_of(self.category, self.name)


def wanted_of(answers: Answers, present: Document | None, *, author: str, date: str) -> Wanted:
    """What the answers make of a file.

    Args:
        answers: what was read of a form.
        present: what the record's file states now; `None` where there is none.
        author: login of whoever answered.
        date: day from which on a withdrawal holds, as year-month-day.
    """
    document: Document = {**(present or {}), "name": answers.name}
    for path in answers.dropped:
        document = without(document, path)
    for path, value in answers.stated.items():
        document = with_value(document, path, value)
    if answers.operation == "remove":
        document = with_value(document, ("withdrawn", "date"), date)
    if FILES in answers.stated:
        document = _with_files(document, present or {}, answers)
    return Wanted(
        operation=answers.operation,
        category=answers.category,
        name=answers.name,
        document=document,
        author=author,
    )


def value_at(document: Any, path: Path) -> Any:  # noqa: ANN401 - any JSON value
    """The value at a place; `None` where there is none."""
    for key in path:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def with_value(document: Document, path: Path, value: Any) -> Document:  # noqa: ANN401 - any JSON value
    """A copy of an object with another value at a place."""
    key, *below = path
    if not below:
        return {**document, key: value}
    inside = document.get(key)
    return {**document, key: with_value(inside if isinstance(inside, dict) else {}, (*below,), value)}


def without(document: Document, path: Path) -> Document:
    """A copy of an object without the value at a place; an object around it that is empty then goes as well."""
    key, *below = path
    inside = document.get(key)
    if below and isinstance(inside, dict) and (rest := without(inside, (*below,))):
        return {**document, key: rest}
    return {one: value for one, value in document.items() if one != key}


def _with_files(document: Document, present: Document, answers: Answers) -> Document:
    """The object with its downloads, which keep what is known of them where an answer does not say otherwise.

    A size of the whole that was stated of other files is let go.
    """
    before = value_at(present, FILES) or []
    after = [_completed(one, before) for one in answers.stated[FILES]]
    document = with_value(document, FILES, after)
    if _bytes_of(before) != _bytes_of(after) and (_SIZE_ON_DISK,) not in answers.stated:
        document = without(document, (_SIZE_ON_DISK,))
    return document


def _completed(stated: Document, before: Iterable[Document]) -> Document:
    known = next((one for one in before if one.get("file_url") == stated.get("file_url")), None)
    if known is None:
        return stated
    is_other = stated.get("sha256sum", known.get("sha256sum")) != known.get("sha256sum")
    kept = {key: value for key, value in known.items() if not (is_other and key in _OF_THE_BYTES)}
    return {**kept, **stated}


def _bytes_of(downloads: Iterable[Mapping[str, Any]]) -> list[object]:
    """What tells the bytes of files apart."""
    return [one.get("sha256sum") or one.get("file_url") for one in downloads]
