"""The environment of a step: what GitHub sets, and nothing of whoever runs the tests."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from actions_runner.machine import Machine

_NOT_TOLD = {"event", "token"}
_PYTHON = """#!/usr/bin/env bash
if [ "$#" = 3 ] && [ "$1 $2" = "-m venv" ]; then exec {python} {quick} "$3" {venv}; fi
exec {python} "$@"
"""


def install_tools(machine: Machine) -> Path:
    """The folder of programs that stand in for others."""
    folder = machine.folder / "tools"
    folder.mkdir(parents=True, exist_ok=True)
    python = Path(sys.base_prefix) / "bin/python3"  # tests run in a virtual environment, steps do not
    quick = Path(__file__).with_name("quick_venv.py")
    plain = f'#!/usr/bin/env bash\nexec {python} "$@"\n'
    stand_in = _PYTHON.format(python=python, quick=quick, venv=machine.venv) if machine.venv else plain
    tools = {"python": stand_in, "python3": stand_in}
    tools |= {name: f"#!/usr/bin/env bash\n{body}\n" for name, body in machine.tools.items()}
    for name, body in tools.items():
        (folder / name).write_text(body)
        (folder / name).chmod(0o755)
    return folder


def home_of(machine: Machine) -> Path:
    """HOME of a run. Its git trusts the local repositories, whoever owns them."""
    home = machine.folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    (home / ".gitconfig").write_text("[safe]\n\tdirectory = *\n")
    return home


def path_of_system() -> str:
    """PATH without the environment that runs the tests."""
    ours = str(Path(sys.prefix) / "bin")
    return ":".join(part for part in os.environ["PATH"].split(":") if part and part != ours)


def base_environment(machine: Machine) -> dict[str, str]:
    """What every step of a run sees, before GitHub tells it about its event."""
    temporary = machine.folder / "temp"
    temporary.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": f"{install_tools(machine)}:{path_of_system()}",
        "HOME": str(home_of(machine)),
        "LANG": "C.UTF-8",
        "TMPDIR": str(temporary),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "RUNNER_OS": "Linux",
        "RUNNER_ARCH": "X64",
        "RUNNER_NAME": "GitHub Actions 1",
        "RUNNER_ENVIRONMENT": "github-hosted",
        "RUNNER_TEMP": str(temporary),
        "RUNNER_TOOL_CACHE": str(machine.folder / "toolcache"),
        **machine.env,
    }


def told(github: Mapping[str, Any]) -> dict[str, str]:
    """The part of the `github` context that is in the environment. The token is not."""
    return {f"GITHUB_{name.upper()}": str(value) for name, value in github.items() if name not in _NOT_TOLD}
