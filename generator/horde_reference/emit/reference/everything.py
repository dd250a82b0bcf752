"""Every page that is made from the code: path below the documentation's folder → Markdown.

rules/…        what a record must keep to
reference/…    commands, records, vocabularies, settings, numbers, the API, errors, the Python API
"""

from collections.abc import Iterator
from typing import Final

from horde_reference.emit.reference import (
    commands,
    endpoints,
    failures,
    numbers,
    python_api,
    records,
    rules,
    settings,
    vocabularies,
)
from horde_reference.emit.reference.facts import Facts
from horde_reference.emit.reference.markdown import page, table
from horde_reference.emit.schemas.everything import all_schemas
from horde_reference.tree import File

FOLDERS: Final = ("rules", "reference")
"""Folders that hold these pages and nothing else."""

_CONTENTS: Final = (
    ("[Commands](commands/index.md)", "each command, its options, what it reads, writes and exits with"),
    ("[Records](records/index.md)", "each field of each category"),
    ("[Vocabularies](vocabularies.md)", "baselines, styles and other words with a fixed meaning"),
    ("[Rules](../rules/index.md)", "what a record must keep to, one page each"),
    ("[API](api/index.md)", "each address of a published tree, to be tried in place"),
    ("[Python API](python/index.md)", "each public name of the package"),
    ("[Settings](settings.md)", "variables of the environment"),
    ("[Numbers](numbers.md)", "limits, thresholds, presets"),
    ("[Errors and exit codes](errors.md)", "what can go wrong"),
)


def emit(facts: Facts) -> Iterator[File]:
    """A function of the code and of what it cannot see for itself."""
    schemas = all_schemas()
    what = "Made from the code, so that it says what is so."
    yield "reference/index.md", page("Reference", what, table(("page", "what it lists"), _CONTENTS))
    yield from rules.emit()
    yield from commands.emit(facts.command)
    yield from records.emit(schemas)
    yield from vocabularies.emit()
    yield from settings.emit(facts)
    yield from numbers.emit(facts.numbers)
    yield from endpoints.emit(schemas)
    yield from failures.emit()
    yield from python_api.emit()
