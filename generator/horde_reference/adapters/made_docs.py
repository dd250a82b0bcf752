"""Read what mkdocs made of the documentation."""

from pathlib import Path

from horde_reference.adapters.plain_files import read_plain
from horde_reference.errors import CannotRun, Unsound

_LARGEST = 16 * 2**20


def read_docs(folder: Path) -> dict[str, bytes]:
    """Path below the folder → bytes, in order.

    Raises:
        CannotRun: it is not what mkdocs makes, or cannot be read.
    """
    if not (folder / "index.html").is_file() or not (folder / "search/search_index.json").is_file():
        raise CannotRun(f"{folder} does not hold the documentation. Make it first: make docs.")
    found = sorted(path for path in folder.rglob("*") if not path.is_dir())
    try:
        return {path.relative_to(folder).as_posix(): read_plain(path, _LARGEST) for path in found}
    except Unsound as unsound:
        raise CannotRun(f"{folder} holds what no documentation does: {unsound}.") from unsound
