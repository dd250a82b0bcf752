"""A built tree as one file, and its fingerprint beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from horde_reference.adapters.archive import pack
from horde_reference.adapters.disk import write_file
from horde_reference.errors import CannotRun
from horde_reference.formats.head import PATH
from horde_reference.workflows.publishing.smoke import expectation

PREFIX: Final = "horde-models"


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive."""

    file: Path
    sums: Path
    """File with its SHA-256, as `sha256sum --check` reads it."""
    sha256: str


def archive(tree: Path, out: Path) -> Archived:
    """Pack a tree as `horde-models-<number>.tar.gz`, all of it as old as its commit.

    Args:
        tree: what a build made, with its history.
        out: the folder that the archive is put into.

    Raises:
        CannotRun: the tree is not as a build left it, has no history or other records than its commit.
    """
    head = expectation(tree / PATH)
    if head.time is None or head.modified:
        raise CannotRun(f"{tree} is not what a commit says: build a clean clone, with --require-history.")
    name = f"{PREFIX}-{head.number}"
    file = out / f"{name}.tar.gz"
    digest = pack(tree, file, name, head.time)
    sums = file.with_name(f"{file.name}.sha256")
    write_file(sums, f"{digest}  {file.name}\n".encode())
    return Archived(file, sums, digest)
