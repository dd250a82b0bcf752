"""A client's start is measured in milliseconds, so this package imports only what is loaded anyway or costs nothing."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import horde_reference.query.query

PACKAGE = Path(horde_reference.query.query.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))
CHEAP = {"collections.abc", "dataclasses", "enum", "functools", "importlib", "itertools", "operator", "types", "typing"}
OURS = ("horde_reference.query", "horde_reference.records.", "horde_reference.text.quantisation")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_there_are_modules() -> None:
    assert len(MODULES) > 5


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_imports_only_what_is_cheap(path: Path) -> None:
    dear = [name for name in imported(path) if name not in CHEAP and not name.startswith(OURS)]
    assert [name for name in dear if name != "horde_reference.errors"] == []


def test_a_query_does_not_load_what_reads_typed_conditions() -> None:
    reached, waiting = set[str](), ["horde_reference.query.query"]
    while waiting:
        module = waiting.pop()
        reached.add(module)
        path = PACKAGE / f"{module.rpartition('.')[2]}.py"
        found = (
            {name for name in imported(path) if name.startswith("horde_reference.query.")} if path.exists() else set()
        )
        waiting += found - reached
    assert "horde_reference.query.predicates" in reached
    assert "horde_reference.query.conditions" not in reached
