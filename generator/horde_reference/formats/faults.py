"""Faults of a file's text that pydantic does not see, as findings: not JSON, keys that stand twice, nulls."""

from collections.abc import Iterator
from typing import Any, Final

from horde_reference.finding import Finding, Severity, pointer
from horde_reference.formats.jsonfmt import Layout, NotJson

SYNTAX: Final = "json-syntax"
DUPLICATE_KEY: Final = "json-duplicate-key"
NULL_VALUE: Final = "null-value"

# Legacy records do have nulls, and what we keep of them is kept as it is.
_NULLS_KEPT: Final = ("legacy", "fields")


def not_json(path: str, fault: NotJson) -> Finding:
    """The finding for a file that is not JSON."""
    hint = "Correct it in an editor that checks JSON, or start again from another record."
    return Finding(path, fault.line, "", SYNTAX, Severity.ERROR, f"This is not JSON: {fault}.", hint)


def text_faults(path: str, value: Any, where: Layout) -> Iterator[Finding]:  # noqa: ANN401 - any JSON value
    """A finding for each key that stands twice in one object, and for each null."""
    yield from duplicate_keys(path, where)
    for at in _nulls(value, ()):
        if at[:2] != _NULLS_KEPT:
            place = pointer(*at)
            message, hint = f"{at[-1]!r} is null, which says nothing.", "Leave the key out."
            yield Finding(path, where.lines[place], place, NULL_VALUE, Severity.ERROR, message, hint, fixable=True)


def duplicate_keys(path: str, where: Layout) -> Iterator[Finding]:
    """A finding for each key that stands twice in one object."""
    for key in where.duplicates:
        message = f"The key {key.rpartition('/')[2]} stands twice in one object; most readers see only the last."
        yield Finding(path, where.lines[key], key, DUPLICATE_KEY, Severity.ERROR, message, "Keep one of the two lines.")


def _nulls(value: Any, at: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 - any JSON value
    match value:
        case None:
            yield at
        case dict():
            for key, inner in value.items():
                yield from _nulls(inner, (*at, key))
        case list():
            for place, inner in enumerate(value):
                yield from _nulls(inner, (*at, place))
