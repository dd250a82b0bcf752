"""Our scripts, run by node without a page: one process that answers what is asked of their functions."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ASSETS = Path(__file__).parent.parent.parent / "site/assets"
_PROGRAM = """
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { names, body, asked } = JSON.parse(line);
  let answer;
  try {
    const known = Object.assign({}, ...(await Promise.all(names.map((name) => import(name)))));
    answer = { found: new Function("known", "asked", body)(known, asked) ?? null };
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(JSON.stringify(answer) + "\\n");
}
"""


class Scripts:
    """A running node."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, modules: str, body: str, asked: Any = None) -> Any:
        """What the body of a function of `known`, all that these modules export, and of `asked`, returns."""
        names = [(ASSETS / f"{name}.js").as_uri() for name in modules.split()]
        assert self._process.stdin and self._process.stdout  # noqa: PT018 - for the type checker
        self._process.stdin.write(json.dumps({"names": names, "body": body, "asked": asked}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "found" in answer, answer["error"]
        return answer["found"]


@contextmanager
def scripts() -> Iterator[Scripts]:
    """A node, for as long as the block runs."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node, which is not installed")
    command = [node, "--experimental-default-type=module", "--input-type=module", "-e", _PROGRAM]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Scripts(process)
        process.stdin.close()  # type: ignore[union-attr] # it is a pipe
