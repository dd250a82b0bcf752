"""The released client, asked what it reads from legacy files. It runs in an interpreter of its own that has it."""

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
        try:
            done = subprocess.run(  # noqa: S603 - a program that the settings name
                [python.absolute(), script.__file__, repository],
                env=_environment(home),
                cwd=home,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotRun(f"The released client cannot be run with {python}: {error}.") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[-_SHOWN:]
        raise CannotRun(f"The released client cannot read the new {repository} files. Nothing was changed. {said}")
    try:
        return json.decode(done.stdout, type=dict[str, list[str]])
    except (ValidationError, ValueError) as error:
        raise CannotRun(f"What the released client read is not understood: {error}.") from error


def _environment(home: str) -> dict[str, str]:
    """No settings of ours and no network: the files are there."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": home,
        "AIWORKER_CACHE_HOME": home,
        "HORDE_MODEL_REFERENCE_OFFLINE": "true",
        "HORDE_MODEL_REFERENCE_ENABLE_GITHUB_FALLBACK": "false",
    }
