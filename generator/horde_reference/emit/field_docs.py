"""The docstrings of record types and their fields, which become the descriptions in the schemas."""

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent
from typing import Any, get_type_hints

from horde_reference.formats.order import shapes_in


def summary(shape: type[Any]) -> str:
    """The docstring of a record type, on one line."""
    return " ".join((inspect.getdoc(shape) or "").split())


def descriptions(shape: type[Any]) -> dict[str, str]:
    """Field → its docstring, those of base classes included."""
    found: dict[str, str] = {}
    for base in reversed(shape.__mro__[:-1]):
        found.update(_own(base))
    return found


def _own(shape: type[Any]) -> Iterator[tuple[str, str]]:
    (definition,) = ast.parse(dedent(inspect.getsource(shape))).body
    if isinstance(definition, ast.ClassDef):
        for field, following in pairwise(definition.body):
            match field, following:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    yield name, " ".join(text.split())


def shapes_inside(shape: type[Any]) -> dict[str, type[Any]]:
    """The record shapes that a type's fields mention, by name."""
    found: dict[str, type[Any]] = {}
    for hint in get_type_hints(shape).values():
        for inner in shapes_in(hint):
            found |= {inner.__name__: inner, **shapes_inside(inner)}
    return found
