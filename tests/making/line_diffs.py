"""What git says of two states of a file: its own numbers, and the lines of its hunks."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

HUNK = re.compile(rb"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True)
class LineDiff:
    """The difference of two states of a file, as git counts it."""

    added: int
    deleted: int
    old: list[range]
    """Lines of each hunk before; an empty range where lines are only added."""
    new: list[range]
    """Lines of each hunk after."""

    @property
    def numbers(self) -> tuple[int, int]:
        """Lines added and deleted."""
        return self.added, self.deleted


def line_diff(before: bytes, after: bytes, folder: Path) -> LineDiff:
    """What git says; the two states are written into the folder."""
    (folder / "before").write_bytes(before)
    (folder / "after").write_bytes(after)
    numbers = _git(folder, "--numstat").split()
    hunks = [[int(one or 1) for one in hunk] for hunk in HUNK.findall(_git(folder, "-U0"))]
    old = [range(start, start + count) for start, count, _, _ in hunks]
    new = [range(start, start + count) for _, _, start, count in hunks]
    return LineDiff(int(numbers[0]) if numbers else 0, int(numbers[1]) if numbers else 0, old, new)


def _git(folder: Path, how: str) -> bytes:
    command = ["git", "diff", "--no-index", "--no-color", "--no-ext-diff", how, "before", "after"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout
