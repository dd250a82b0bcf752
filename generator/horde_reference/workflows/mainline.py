"""The records as the main branch on GitHub has them now, whatever a clone on this machine holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.git.merging import place_of
from horde_reference.adapters.git.remote import Remote, opened
from horde_reference.errors import CannotRun, NoHistory
from horde_reference.tree import checked_path
from horde_reference.workflows.hub import CLOCK, Hub
from horde_reference.workflows.proposals import MAIN


@dataclass(frozen=True, slots=True)
class Mainline:
    """The main branch of a repository on GitHub, fetched."""

    remote: Remote
    """The repository, through git."""
    commit: str
    """What the branch was at."""
    place: str
    """Path of the records' folder from the root of the repository, with a slash at its end."""
    folder: Path
    """A copy of that folder, which vanishes."""


@contextmanager
def mainline(hub: Hub, data: Path) -> Iterator[Mainline]:
    """The main branch as it is now. Needs no clone.

    Args:
        hub: the repository.
        data: folder of the records, in a clone or as it is called in the repository.

    Raises:
        CannotRun: git does not do what is asked, or there are no records.
    """
    token = hub.repository.connection.token if hub.credential else None
    place = _place(data)
    with opened(hub.address, CLOCK, token) as remote, TemporaryDirectory(prefix="horde-reference-") as scratch:
        commit = remote.fetch(f"refs/heads/{MAIN}")
        folder = Path(scratch) / "data"
        folder.mkdir()
        there = remote.entries(commit)
        wanted = [path for path, entry in there.items() if path.startswith(place) and entry.is_plain]
        if not wanted:
            raise CannotRun(f"The main branch of {hub.repository.name} has no records below {place}; see --data.")
        for path, body in remote.read(commit, wanted):
            write_file(folder / checked_path(path.removeprefix(place)), body)
        yield Mainline(remote, commit, place, folder)


def _place(data: Path) -> str:
    try:
        return place_of(data)
    except NoHistory:
        if data.is_absolute() or ".." in data.parts:
            raise CannotRun(f"{data} is in no clone; name the folder as it is called in the repository.") from None
        return "" if data == Path() else f"{data.as_posix()}/"
