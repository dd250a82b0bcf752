"""The code keeps the shape that makes it easy to find one's way: small modules, short functions, no surprises."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import horde_reference

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "generator/horde_reference"
MODULES = sorted(PACKAGE.rglob("*.py"))
MODULE_LINES = 250
FUNCTION_LINES = 40
VAGUE = re.compile(r"(^|_)(utils?|helpers?|common|managers?|services?|factory|misc)(_|$)")


def ids(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_are_modules() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_a_module_is_small(path: Path) -> None:
    assert path.read_text().count("\n") <= MODULE_LINES


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_functions_are_short(path: Path) -> None:
    long = [one.name for one in functions(path) if one.end_lineno and one.end_lineno - one.lineno >= FUNCTION_LINES]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_names_say_what_a_module_is_for(path: Path) -> None:
    assert not VAGUE.search(path.stem)


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_nothing_is_global_imported_late_or_caught_blindly(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        assert not isinstance(node, ast.Global | ast.Nonlocal)
        if isinstance(node, ast.FunctionDef):
            assert not [inner for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)], node.name
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert ast.unparse(node.type) not in {"Exception", "BaseException"}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "__init__.py"], ids=ids)
def test_nothing_inside_imports_from_the_package_head(path: Path) -> None:
    assert not re.search(r"^(from horde_reference import|import horde_reference$)", path.read_text(), re.MULTILINE)


def test_the_package_head_offers_what_type_checkers_see() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
    seen = {
        alias.name: str(node.module).removeprefix("horde_reference.")
        for node in imports
        for alias in node.names
        if str(node.module).startswith("horde_reference.")
    }
    assert seen == horde_reference._MODULE_OF  # noqa: SLF001 - the table is what the test is about
    assert seen.keys() == set(horde_reference.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        getattr(horde_reference, "nonsense")  # noqa: B009 - as a name that does not exist


def test_the_core_does_not_load_what_it_must_not_know() -> None:
    script = "import horde_reference, sys; print(sorted({'click', 'git', 'jinja2', 'jsonschema'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_layers_point_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo"]
    linted = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout
    assert "0 broken" in linted.stdout
