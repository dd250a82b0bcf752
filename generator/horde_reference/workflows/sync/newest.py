"""What is newest: the commit that a published tree or a clone is at."""

from pathlib import Path

from horde_reference.adapters.git.log import tip
from horde_reference.adapters.git.pulling import fast_forward
from horde_reference.client.http import Http
from horde_reference.errors import CannotRun, Unsound
from horde_reference.formats.head import PATH, decode


def published(url: str, deadline: float) -> str:
    """The commit that a published tree was built from.

    Args:
        url: address of the public root, or of `/api` below it.
        deadline: seconds that asking may take.

    Raises:
        Unread: nobody answers, or the answer names no commit.
    """
    source = Http(url.removesuffix("/api"), deadline=deadline, verify=False)
    try:
        commit = decode(source.read(PATH).body or b"").commit
    finally:
        source.close()
    if not commit:
        raise Unsound(f"{url} does not say which commit it was built from.")
    return commit


def local(data: Path) -> str:
    """The commit that a folder is at.

    Raises:
        CannotRun: it is in no repository.
    """
    found = tip(data)
    if found is None:
        raise CannotRun(f"{data} is in no git repository, so nobody can tell when something is new.")
    return found[0]


def brought(data: Path, commit: str) -> str:
    """Bring a clone up to a commit that was published, if it is not there yet; returns what it is at then.

    Raises:
        CannotRun: it holds other work, or cannot be brought there.
    """
    if local(data) != commit:
        fast_forward(data)
    return local(data)
