"""GitHub's own parser and evaluator of expressions, as a process that answers."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import pytest
from installed import kept

SCRIPT = Path(__file__).with_name("expressions.mjs")
PACKAGES = (
    "@actions/expressions@0.3.61",
    "@actions/workflow-parser@0.3.61",
    "@octokit/webhooks-examples@7.6.1",
    "@octokit/webhooks-types@7.6.1",
    "cronstrue@2.61.0",
    "esbuild@0.28.2",
    "yaml@2.9.1",
)


class InvalidWorkflow(ValueError):
    """GitHub would not start it."""


class InvalidExpression(ValueError):
    """GitHub would fail where it stands."""


def _install(home: Path) -> "subprocess.CompletedProcess[str]":
    """The packages as they are, without running anything of theirs, and our script with what it needs of them."""
    npm = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund", "--no-save", "--ignore-scripts"]
    done = subprocess.run([*npm, *PACKAGES], capture_output=True, text=True, check=False)
    if done.returncode:
        return done
    shutil.copy(SCRIPT, home)
    esbuild = [str(home / "node_modules/esbuild/bin/esbuild"), SCRIPT.name, "--bundle", "--platform=node"]
    options = ["--format=cjs", "--outfile=bundle.cjs", "--log-level=warning"]
    return subprocess.run([*esbuild, *options], cwd=home, capture_output=True, text=True, check=False)


def installed() -> Path:
    """The folder of GitHub's packages; changes of the script or of a version make another."""
    if shutil.which("npm") is None:
        pytest.skip("needs npm, which is not installed")
    stamp = sha256(SCRIPT.read_bytes() + " ".join(PACKAGES).encode()).hexdigest()[:12]
    return kept(f"github-actions-{stamp}", _install)


class Expressions:
    """Asks the process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to: IO[str] = process.stdin
        self._from: IO[str] = process.stdout

    def _ask(self, **question: Any) -> dict[str, Any]:
        self._to.write(json.dumps(question) + "\n")
        self._to.flush()
        answer: dict[str, Any] = json.loads(self._from.readline())
        return answer

    def load(self, name: str, content: str) -> dict[str, Any]:
        """A workflow as GitHub reads it, with its expressions as `{"${{": …}`."""
        answer = self._ask(name=name, content=content)
        if answer.get("failed") or answer["errors"]:
            raise InvalidWorkflow(f"{name}: {answer.get('failed') or answer['errors']}")
        workflow: dict[str, Any] = answer["workflow"]
        return workflow

    def resolve(self, tree: Any, contexts: Mapping[str, Any], status: str = "success") -> Any:
        """A part of a workflow with the values of its expressions."""
        answer = self._ask(tree=tree, contexts=contexts, status=status)
        if "failed" in answer:
            raise InvalidExpression(answer["failed"])
        return answer["value"]


@contextmanager
def expressions() -> Iterator[Expressions]:
    command = ["node", str(installed() / "bundle.cjs")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Expressions(process)


def truth(value: Any) -> bool:
    """As GitHub takes a value for a condition."""
    return value not in (None, False, 0, "") and value == value  # noqa: PLR0124 - not a number is false


def text(value: Any) -> str:
    """As GitHub writes a value into an environment."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15G}"
    return "Object" if isinstance(value, dict) else "Array" if isinstance(value, list) else str(value)
