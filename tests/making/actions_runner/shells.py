"""A step's command, run by the shell that GitHub would run it with."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_SHELLS = {
    "": "bash -e {0}",  # what GitHub takes where nothing is stated: a pipe may fail unseen
    "bash": "bash --noprofile --norc -eo pipefail {0}",
    "sh": "sh -e {0}",
    "python": "python {0}",
}


def run_command(
    command: str, shell: str, script: Path, *, cwd: Path, env: Mapping[str, str], patience: float
) -> tuple[int, str]:
    """Exit code and all that it said. Whatever it started ends with it where it takes too long."""
    script.write_text(command.replace("\r\n", "\n"), encoding="utf-8")
    words = [word.replace("{0}", str(script)) for word in _SHELLS.get(shell, shell).split()]
    try:
        process = subprocess.Popen(
            words,
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return 127, f"{error}\n"
    return _ended(process, patience)


def _ended(process: "subprocess.Popen[bytes]", patience: float) -> tuple[int, str]:
    try:
        said, _ = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        return 124, f"{said.decode(errors='replace')}\nStopped after {patience} seconds.\n"
    return process.returncode, said.decode(errors="replace")
