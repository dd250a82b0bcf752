"""What `make` runs."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def planned(*words: str) -> str:
    """The commands of a target, which are not run."""
    command = ["make", "--dry-run", "--no-print-directory", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_tree_that_was_built_for_a_host_is_shown_as_it_is(tmp_path: Path) -> None:
    assert " build --data" in planned("serve", f"OUT={tmp_path}")
    (tmp_path / "head.json").touch()
    found = planned("serve", f"OUT={tmp_path}")
    assert " build --data" not in found
    assert f" serve --dir {tmp_path}" in found
