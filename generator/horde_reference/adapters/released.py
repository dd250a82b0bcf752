"""The released client, asked what it reads. It runs in an interpreter of its own that has it."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from msgspec import ValidationError, json

import horde_reference.adapters.released_script as script
from horde_reference.errors import CannotRun

_SECONDS: Final = 300.0
_SHOWN: Final = 500
_OFFLINE: Final = {"HORDE_MODEL_REFERENCE_OFFLINE": "true"}


def read_by_released(python: Path, repository: str, files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Category → names of the models that the released client reads from the files of a legacy repository.

    Args:
        python: an interpreter that has it.
        repository: image or text.
        files: path → bytes.

    Raises:
        CannotRun: it cannot be run, or cannot read the files.
    """
    with TemporaryDirectory(prefix="horde-reference-") as home:
        folder = Path(home) / "legacy"
        folder.mkdir()
        for path, body in files.items():
            (folder / Path(path).name).write_bytes(body)
        trouble = f"The released client cannot read the new {repository} files. Nothing was changed."
        return _read(python, repository, home, _OFFLINE, trouble)


def read_published(python: Path, root: str) -> dict[str, list[str]]:
    """Category → names of the models that the released client reads from a published tree; of those that it knows.

    Args:
        python: an interpreter that has it.
        root: address of the public root.

    Raises:
        CannotRun: it cannot be run.
    """
    with TemporaryDirectory(prefix="horde-reference-") as home:
        settings = {"HORDE_MODEL_REFERENCE_PRIMARY_API_URL": f"{root}/api"}
        return _read(python, "published", home, settings, "The released client does not run.")


def _read(python: Path, what: str, home: str, settings: Mapping[str, str], trouble: str) -> dict[str, list[str]]:
    try:
        done = subprocess.run(  # noqa: S603 - a program that the settings name
            [python.absolute(), script.__file__, what],
            env={**_surroundings(home), **settings},
            cwd=home,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotRun(f"The released client cannot be run with {python}: {error}.") from error
    if done.returncode:
        raise CannotRun(f"{trouble} {done.stderr.decode(errors='replace').strip()[-_SHOWN:]}")
    try:
        return json.decode(done.stdout, type=dict[str, list[str]])
    except (ValidationError, ValueError) as error:
        raise CannotRun(f"What the released client read is not understood: {error}.") from error


def _surroundings(home: str) -> dict[str, str]:
    """No settings of ours, no copy from before, and nobody else to ask."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": home,
        "AIWORKER_CACHE_HOME": home,
        "HORDE_MODEL_REFERENCE_REPLICATE_MODE": "REPLICA",
        "HORDE_MODEL_REFERENCE_ENABLE_GITHUB_FALLBACK": "false",
    }
