"""The head of a tree on disk."""

from pathlib import Path

from horde_reference.errors import CannotRun, Unsound
from horde_reference.formats.head import Head, decode


def read_head(path: Path) -> Head | None:
    """What a head says; `None` where there is no such file.

    Raises:
        CannotRun: it is not a head, or cannot be read.
    """
    try:
        return decode(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, Unsound) as error:
        raise CannotRun(f"{path} is not the head of a published tree.") from error
