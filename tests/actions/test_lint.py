"""Workflows, composite actions and forms pass what others know about them."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from workflow_files import ACTIONS, GITHUB, WORKFLOWS

Linter = Callable[..., "subprocess.CompletedProcess[str]"]
BIN = Path(sys.executable).parent
WRONG = Path(__file__).parent / "wrong"
CONFIG = ("config.yml", "config.yaml")
FORMS = [path for path in sorted(GITHUB.glob("ISSUE_TEMPLATE/*.y*ml")) if path.name not in CONFIG]
SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "github-actions": ACTIONS,
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / name for name in CONFIG],
    "dependabot": [GITHUB / "dependabot.yml"],
}
PERSONA = "--persona=pedantic"
"""What it finds beyond that, as auditor, is to be looked at by a person, and mostly no fault."""


def run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    """Programs of this environment, which find each other and shellcheck."""
    environment = {"PATH": f"{BIN}:/usr/bin:/bin"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def actionlint(*paths: Path) -> "subprocess.CompletedProcess[str]":
    return run(BIN / "actionlint", "-shellcheck", BIN / "shellcheck", "-pyflakes", "", *paths)


def zizmor(*paths: Path) -> "subprocess.CompletedProcess[str]":
    return run(BIN / "zizmor", "--offline", "--no-progress", "--no-config", "--strict-collection", PERSONA, *paths)


def schema(name: str, *paths: Path) -> "subprocess.CompletedProcess[str]":
    return run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{name}", *paths)


def test_actionlint_finds_nothing() -> None:
    done = actionlint(*WORKFLOWS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing() -> None:
    done = zizmor(GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr
    missing = [path.name for path in WORKFLOWS + ACTIONS if str(path.relative_to(GITHUB.parent)) not in done.stderr]
    assert missing == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_has_the_shape_that_github_reads(name: str) -> None:
    there = [path for path in SCHEMAS[name] if path.is_file()]
    if there:
        done = schema(name, *there)
        assert done.returncode == 0, done.stdout


def test_no_configuration_of_a_linter_hides_anything() -> None:
    hidden = ["zizmor.yml", "zizmor.yaml", "actionlint.yml", "actionlint.yaml"]
    assert [name for name in hidden for folder in (GITHUB, GITHUB.parent) if (folder / name).exists()] == []


@pytest.mark.parametrize(
    ("linter", "file", "words"),
    [
        (actionlint, "needs.yml", "needs job"),
        (actionlint, "shell.yml", "SC2086"),
        (zizmor, "injected.yml", "template-injection"),
        (zizmor, "unexplained.yml", "undocumented-permissions"),
        (partial(schema, "github-workflows"), "shape.yml", "jobs"),
        (partial(schema, "github-issue-forms"), "form.yml", "body"),
        (partial(schema, "github-issue-config"), "config.yml", "contact_links"),
        (partial(schema, "github-actions"), "action.yml", "runs"),
        (partial(schema, "dependabot"), "dependabot.yml", "updates"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_linter_sees_what_is_wrong(linter: Linter, file: str, words: str) -> None:
    done = linter(WRONG / file)
    assert done.returncode != 0
    assert words in done.stdout
