"""The docstrings of types, their fields and constants, which become descriptions in schemas and pages."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any, get_type_hints

from horde_reference.formats.order import shapes_in


def summary(shape: type[Any]) -> str:
    """The docstring of a record type, on one line."""
    return " ".join((inspect.getdoc(shape) or "").split())


def descriptions(shape: type[Any]) -> dict[str, str]:
    """Field → its docstring, those of base classes included."""
    found: dict[str, str] = {}
    for base in reversed(shape.__mro__[:-1]):
        found |= _classes(sys.modules[base.__module__]).get(base.__name__, {})
    return found


def constants(module: ModuleType) -> dict[str, str]:
    """Public constant of a module → its docstring; of those that have one."""
    found = _fields(ast.parse(inspect.getsource(module)))
    return {name: doc for name, doc in found if name.isupper() and not name.startswith("_")}


@cache
def _classes(module: ModuleType) -> dict[str, dict[str, str]]:
    """Class → field → docstring, for the classes of a module."""
    definitions = (node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.ClassDef))
    return {definition.name: dict(_fields(definition)) for definition in definitions}


def _fields(definition: ast.ClassDef | ast.Module) -> Iterator[tuple[str, str]]:
    for field, following in pairwise(definition.body):
        match field, following:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, " ".join(text.split())


def shapes_inside(*shapes: type[Any]) -> dict[str, type[Any]]:
    """These record shapes and those that their fields mention, by name."""
    found: dict[str, type[Any]] = {}
    waiting = list(shapes)
    while waiting:
        shape = waiting.pop()
        if found.setdefault(shape.__name__, shape) is shape:
            inner = (one for hint in get_type_hints(shape).values() for one in shapes_in(hint))
            waiting.extend(one for one in inner if one.__name__ not in found)
    return found
