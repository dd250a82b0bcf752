"""The released client, in an interpreter that has it and nothing of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from installed import kept

PINNED = Path(__file__).parent.parent.parent / ".ci/released-client.txt"
CLIENT = next(line for line in PINNED.read_text().splitlines() if not line.startswith("#"))
# For a step that installs it: its own environment, which has it, stands in for a new one.
IN_PLACE_OF_PYTHON = """
if [ "$1 $2 $3" = "-m venv .cache/released" ]; then mkdir -p .cache; exec ln -s {home} .cache/released; fi
exec python "$@"
"""
SCRIPT = Path(__file__).parent.parent / "contract/released_client.py"


def _install(home: Path) -> subprocess.CompletedProcess[str]:
    made = subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, text=True, check=False)
    if made.returncode:
        return made
    install = [str(home / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", CLIENT]
    return subprocess.run(install, capture_output=True, text=True, check=False)


def interpreter() -> Path:
    """The interpreter that has the client."""
    return kept(CLIENT, _install) / "bin/python"


def in_place_of_python() -> str:
    """What stands in for `python3` where a workflow installs the client."""
    return IN_PLACE_OF_PYTHON.format(home=interpreter().parent.parent)


def ask(home: Path, *arguments: str | Path, **settings: str) -> dict[str, dict[str, Any]]:
    """Run the client by itself, with its caches in a folder of its own and without its GitHub fallback."""
    python = interpreter()
    home.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "AIWORKER_CACHE_HOME": str(home),
        "HORDE_MODEL_REFERENCE_REPLICATE_MODE": "REPLICA",
        "HORDE_MODEL_REFERENCE_ENABLE_GITHUB_FALLBACK": "false",
        **settings,
    }
    done = subprocess.run(
        [python, SCRIPT, *arguments], env=environment, capture_output=True, text=True, check=False, cwd=home
    )
    assert done.returncode == 0, done.stderr[-2000:]
    records: dict[str, dict[str, Any]] = json.loads(done.stdout)["records"]
    return records


def read_from(url: str, home: Path) -> dict[str, dict[str, Any]]:
    """The records that the client reads from a served tree, by category and name."""
    return ask(home, "served", HORDE_MODEL_REFERENCE_PRIMARY_API_URL=f"{url}/api")
