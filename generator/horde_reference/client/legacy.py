"""The two legacy repositories as a source: their files, converted as they are read."""

import json
from collections.abc import Iterator
from typing import Any, Final

from horde_reference.client.http import Http
from horde_reference.client.source import Answer, Source
from horde_reference.errors import NotThere, Unsound
from horde_reference.formats.addresses import category_of
from horde_reference.formats.legacy_entry import Unrepresentable
from horde_reference.formats.legacy_entry import stated_of as entry_states
from horde_reference.formats.legacy_table import BadCell, read_table
from horde_reference.formats.legacy_table import stated_of as row_states
from horde_reference.records.categories import CATEGORIES, Category

RAW: Final = "https://raw.githubusercontent.com"
"""Where GitHub serves the files of repositories."""


class Legacy(Source):
    """Legacy files of another source, as if they were published in the v2 format.

    They say less than what is published: neither sizes of files nor series, and nothing of categories that only v2
    has.
    """

    def __init__(self, files: Source) -> None:
        self._files = files

    def read(self, path: str, tag: str | None = None) -> Answer:
        """The records of a category, see `Source`. There are no other files."""
        category = CATEGORIES.get(category_of(path) or "")
        if category is None or category.legacy_file is None:
            raise NotThere(f"The legacy repositories have nothing like {path}.")
        answer = self._files.read(category.legacy_file, tag)
        if answer.body is None:
            return answer
        return Answer(_converted(category, answer.body), answer.tag, answer.checked, answer.failure)

    def expire(self) -> None:
        """Pass it on."""
        self._files.expire()

    def close(self) -> None:
        """Pass it on."""
        self._files.close()

    def __str__(self) -> str:
        return f"legacy files of {self._files}"


def github(repository: str, *, branch: str = "main", root: str = RAW, deadline: float = 10.0) -> Legacy:
    """The legacy files of a repository on GitHub.

    Args:
        repository: owner and name, for example `Haidra-Org/AI-Horde-image-model-reference`.
        branch: branch, tag or commit.
        root: address of GitHub's raw files, or of a proxy of them.
        deadline: seconds that reading a file may take.
    """
    return Legacy(Http(f"{root.rstrip('/')}/{repository}/{branch}", verify=False, deadline=deadline))


def _converted(category: Category, raw: bytes) -> bytes:
    read = _rows if category.repository == "text" else _entries
    try:
        found = dict(read(category, raw.decode()))
    except (ValueError, AttributeError, RecursionError) as error:
        raise Unsound(f"{category.legacy_file} is not such a file: {error}.") from error
    return json.dumps(found).encode()


def _entries(category: Category, text: str) -> Iterator[tuple[str, Any]]:
    for key, entry in json.loads(text).items():
        try:
            stated = entry_states(category.name, entry)
        except (Unrepresentable, AttributeError) as error:
            yield key, f"Its legacy record cannot be read: {error}."
        else:
            yield str(stated.get("name", key)), stated


def _rows(category: Category, text: str) -> Iterator[tuple[str, Any]]:  # noqa: ARG001 - as for the other file
    for line, row in read_table(text):
        try:
            stated = f"{row}." if isinstance(row, BadCell) else row_states(row)
        except BadCell as error:
            stated = f"{error}."
        yield (str(stated["name"]) if isinstance(stated, dict) else f"line {line}"), stated
