"""Faults of a file's text that pydantic does not see, as findings: not JSON, keys that stand twice, nulls."""

from collections.abc import Iterator
from typing import Any, Final

from horde_reference.finding import Finding, Severity, pointer
from horde_reference.formats.json_reading import Layout, NotJson

SYNTAX: Final = "json-syntax"
DUPLICATE_KEY: Final = "json-duplicate-key"
NULL_VALUE: Final = "null-value"
FORMAT: Final = "format"
OUT_OF_BOUNDS: Final = "out-of-bounds"

Place = tuple[str | int, ...]
"""Keys and list positions that lead to a value."""

_TOO_LARGE: Final = 2**63

# Legacy records do have nulls, and what we keep of them is kept as it is.
_NULLS_KEPT: Final = ("legacy", "fields")


def not_json(path: str, fault: NotJson) -> Finding:
    """The finding for a file that is not JSON."""
    hint = "Correct it in an editor that checks JSON, or start again from another record."
    return Finding(path, fault.line, "", SYNTAX, Severity.ERROR, f"This is not JSON: {fault}.", hint)


def not_canonical(path: str) -> Finding:
    """The finding for a file that says what it should, and is written in another way."""
    message = "The file is not in canonical form: order of keys, indentation, escapes, or $schema differ."
    return Finding(path, 1, "", FORMAT, Severity.WARNING, message, "Run horde-reference fix.", fixable=True)


def text_faults(path: str, value: Any, where: Layout) -> Iterator[Finding]:  # noqa: ANN401 - any JSON value
    """A finding for each key that stands twice in one object, each null, and each number that programs cannot hold."""
    yield from duplicate_keys(path, where)
    for at, scalar in _scalars(value, ()):
        place = pointer(*at)
        line = where.lines[place]
        if scalar is None and at[:2] != _NULLS_KEPT:
            message, hint = f"{_last(at)} is null, which says nothing.", "Leave the key out."
            yield Finding(path, line, place, NULL_VALUE, Severity.ERROR, message, hint, fixable=True)
        elif isinstance(scalar, int) and abs(scalar) >= _TOO_LARGE:
            message, hint = f"{_last(at)} is a number that takes more than 64 bits.", "Correct it."
            yield Finding(path, line, place, OUT_OF_BOUNDS, Severity.ERROR, message, hint)


def duplicate_keys(path: str, where: Layout) -> Iterator[Finding]:
    """A finding for each key that stands twice in one object."""
    for key in where.duplicates:
        message = f"The key {key.rpartition('/')[2]} stands twice in one object; most readers see only the last."
        yield Finding(path, where.lines[key], key, DUPLICATE_KEY, Severity.ERROR, message, "Keep one of the two lines.")


def _last(at: Place) -> str:
    return repr(at[-1]) if at else "The file"


def _scalars(value: Any, at: Place) -> Iterator[tuple[Place, Any]]:  # noqa: ANN401 - any JSON value
    """Every value that is neither object nor list, with its place."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from _scalars(inner, (*at, key))
        case list():
            for place, inner in enumerate(value):
                yield from _scalars(inner, (*at, place))
        case _:
            yield at, value
