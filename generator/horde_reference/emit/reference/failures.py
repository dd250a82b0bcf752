"""What can go wrong.

reference/errors.md    exit codes, and the errors that Python programs meet
"""

import sys
from collections.abc import Iterator
from inspect import getmembers, isclass
from textwrap import dedent
from typing import Final

from horde_reference.emit.reference.markdown import code, document, fenced, line, page, summary, table
from horde_reference.errors import HordeReferenceError
from horde_reference.query import errors as asking
from horde_reference.tree import File

_ERRORS: Final = sys.modules[HordeReferenceError.__module__]


def emit() -> Iterator[File]:
    """The page."""
    tree, _, codes = (_ERRORS.__doc__ or "").partition("Exit codes:")
    yield (
        "reference/errors.md",
        page(
            "Errors and exit codes",
            "## Exit codes",
            f"Of every command: {line(codes)}",
            "## Errors",
            "Everything that this package raises on purpose, and the exit code that the command line makes of it:",
            fenced(_drawn(tree), "text"),
            table(("error", "when"), ((code(name), line(summary(found.__doc__ or ""))) for name, found in _errors())),
            "## Errors of questions",
            document(summary(asking.__doc__ or "")),
            fenced(_drawn(asking.__doc__ or ""), "text"),
        ),
    )


def _drawn(text: str) -> str:
    """The tree that stands in a docstring, behind its first sentence."""
    return dedent(text.partition("\n\n")[2].partition("\n\n")[0])


def _errors() -> Iterator[tuple[str, type[HordeReferenceError]]]:
    """Those of both modules, by name."""
    for module in (_ERRORS, asking):
        for name, found in getmembers(module, isclass):
            if name[0] != "_" and found.__module__ == module.__name__ and issubclass(found, HordeReferenceError):
                yield name, found
