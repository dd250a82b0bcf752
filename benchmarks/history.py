"""What walking the history costs beside `git log --raw` of the same range, which is the least that git can do.

python benchmarks/history.py [--commits 500] [--rounds 5]
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from horde_reference.adapters.git.log import walk
from horde_reference.history.derive import records_touched
from horde_reference.history.log import parse
from horde_reference.workflows.remember import history_at

RECORD = (
    '{{\n  "$schema": "https://models.aihorde.net/schemas/record/clip.json",\n  "name": "Model {number}",\n'
    '  "description": "A model.",\n  "version": "{version}"\n}}\n'
)


def write_past(root: Path, commits: int) -> None:
    """A repository in which each commit brings a record and changes an older one, made by `git fast-import`."""
    root.mkdir()
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", root], check=True)
    lines: list[str] = []
    for number in range(commits):
        lines += ["commit refs/heads/main", f"committer Ada <a@example.org> {1_700_000_000 + number} +0000"]
        lines += ["data 4", "Step"]
        for which, version in ((number, 1), (number // 2, number)):
            text = RECORD.format(number=which, version=version)
            lines += [f"M 100644 inline data/clip/Model {which}.json", f"data {len(text)}", text]
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input="\n".join(lines) + "\n", text=True, check=True)
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=root, check=True)


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare(root: Path) -> None:
    """The floor."""
    subprocess.run(["git", "log", "--raw", "--", "data"], cwd=root, check=True, capture_output=True)


def walked(root: Path) -> None:
    """Read the log into commits and the records that they touched."""
    found = walk(root / "data")
    numbers = {name: number for number, (name, _) in enumerate(found.mainline, 1)}
    records_touched(parse(found.log, numbers), found.prefix)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commits", default="500,5000")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    print(f"{'commits':>8}{'git log':>10}{'walk':>10}{'ratio':>8}{'with events':>14}{'ratio':>8}")
    for commits in map(int, options.commits.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "past"
            write_past(root, commits)
            works = (partial(bare, root), partial(walked, root), partial(history_at, root / "data", "HEAD"))
            rounds = [[seconds(work) for work in works] for _ in range(options.rounds)]
        floor, walking, everything = (statistics.median(times) for times in zip(*rounds, strict=True))
        print(
            f"{commits:8}{floor * 1e3:8.0f}ms{walking * 1e3:8.0f}ms{walking / floor:8.2f}"
            f"{everything * 1e3:12.0f}ms{everything / floor:8.2f}"
        )


if __name__ == "__main__":
    main()
