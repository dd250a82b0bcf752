"""A legacy repository as it is now: on GitHub, as a clone, or as a plain folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from re import fullmatch
from types import MappingProxyType
from typing import Final

from horde_reference.adapters.git.identity import verify
from horde_reference.adapters.git.remote import Remote, opened
from horde_reference.errors import CannotRun
from horde_reference.workflows.hub import CLOCK, Hub, hub
from horde_reference.workflows.sync.merged import merged_sources
from horde_reference.workflows.sync.state import Files
from horde_reference.workflows.sync_settings import Place, plainly_named

SOURCE: Final = "Synced-from"
"""Trailer of a sync's commit: the commit of our repository that it was made from."""
GENERATOR: Final = "Generated-by"
"""Trailer of a sync's commit: what made it."""
_RIGHTS: Final = MappingProxyType(
    {"contents": "`Contents: read and write`", "pull_requests": "`Pull requests: read and write`"}
)
_ENOUGH: Final = frozenset({"write", "admin"})
MOST_SYNCS: Final = 50
"""So many are looked through for the last one at which a record was the same on both sides."""
BY: Final = "horde-reference sync"
"""What stands there."""


@dataclass(frozen=True, slots=True)
class Sync:
    """A sync that became part of the main branch."""

    commit: str
    """The commit there. A squash keeps the words, a merge the commit itself."""
    source: str
    """The commit of ours that it was made from."""
    parent: str
    """The commit there before it; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A legacy repository."""

    title: str
    """How people know it."""
    files: Files
    """Its files, as far as they were asked for."""
    place: Place
    """The repository on GitHub that it is, and its main branch."""
    syncs: Sequence[Sync] = ()
    """Its last syncs, newest first."""
    folder: Path | None = None
    """The folder that it is, where it is a plain one."""
    remote: Remote | None = None
    """The way to it through git."""
    commit: str = ""
    """What its main branch is at."""
    hub: Hub | None = None
    """The way to it on GitHub; `None` for a clone."""


@contextmanager
def target(
    where: str, place: Place, paths: Iterable[str], branch: str, environment: Mapping[str, str], *, writes: bool
) -> Iterator[Target]:
    """A legacy repository while it is read and written.

    Args:
        where: owner and name on GitHub, a folder, or empty for what the settings name.
        place: the repository that the settings name; a clone must be one of it.
        paths: files to read.
        branch: the branch that its syncs are proposed from.
        environment: says where GitHub is, and who asks.
        writes: whether it is to be written to.

    Raises:
        CannotRun: it cannot be read, or nobody asks and it is to be written to.
    """
    folder = Path(where)
    if where and folder.is_dir():
        if (folder / ".git").exists():
            with _clone(folder, place, paths, environment) as found:
                yield found
        else:
            yield _plain(folder, place, paths)
        return
    if where:
        place = _named(where, place)
    with hub(plainly_named(environment), place.name, needs_token=writes) as there:
        if writes:
            _refuse_without_rights(there)
        token = there.repository.connection.token if there.credential else None
        with opened(there.address, CLOCK, token) as remote:
            found = _read(place.name, place, remote, paths)
            merged = merged_sources(there, branch, place.branch)
            yield replace(found, hub=there, syncs=_syncs(remote, found.commit, merged))


def _refuse_without_rights(there: Hub) -> None:
    """Say all that lacks before anything is pushed."""
    rights = there.repository.connection.rights()
    lacking = [said for right, said in _RIGHTS.items() if rights is not None and rights.get(right) not in _ENOUGH]
    if lacking:
        raise CannotRun(
            f"The App may not do all that a sync of {there.repository.name} needs: it lacks {' and '.join(lacking)}. "
            "Add that in the settings of the App, and have it accepted where the App is installed. Nothing was changed."
        )


def _named(where: str, place: Place) -> Place:
    name, _, branch = where.partition("@")
    if not fullmatch(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+", name):
        raise CannotRun(f"{where!r} is neither a folder nor a repository such as {place.name}.")
    return Place(name, branch or (place.branch if name == place.name else "main"))


def _plain(folder: Path, place: Place, paths: Iterable[str]) -> Target:
    files = {path: (folder / path).read_bytes() for path in paths if (folder / path).is_file()}
    if not files:
        raise CannotRun(f"{folder} holds none of the files of {place.name}.")
    return Target(title=str(folder), files=files, place=place, folder=folder)


@contextmanager
def _clone(folder: Path, place: Place, paths: Iterable[str], environment: Mapping[str, str]) -> Iterator[Target]:
    with hub(plainly_named(environment), place.name) as there:
        verify(folder, there.address)
    with opened(str(folder.resolve()), CLOCK) as remote:
        found = _read(str(folder), place, remote, paths)
        yield replace(found, syncs=_syncs(remote, found.commit, {}))


def _read(title: str, place: Place, remote: Remote, paths: Iterable[str]) -> Target:
    commit = remote.fetch(f"refs/heads/{place.branch}", depth=None)
    present = remote.entries(commit)
    wanted = [path for path in paths if path in present]
    if links := [path for path in wanted if not present[path].is_plain]:
        raise CannotRun(f"{title} has a link where a file must be: {', '.join(links)}.")
    if not wanted:
        raise CannotRun(f"{title} holds none of the files of {place.name} on its branch {place.branch}.")
    return Target(
        title=title,
        files=dict(remote.read(commit, wanted)),
        place=place,
        remote=remote,
        commit=commit,
    )


def _syncs(remote: Remote, commit: str, merged: Mapping[str, str]) -> Sequence[Sync]:
    """The last syncs that a commit came from, newest first: as their words say, else as their pull requests do."""
    told = list(remote.messages(commit, (SOURCE, GENERATOR)))
    stated = {one.commit: one.stated.get(SOURCE, "") for one in told if one.stated.get(GENERATOR) == BY}
    lost = {one: source for one, source in merged.items() if source not in stated.values()}
    syncs = (
        Sync(one.commit, stated.get(one.commit) or lost.get(one.commit, ""), next(iter(one.parents), ""))
        for one in told
    )
    return list(islice((one for one in syncs if fullmatch(r"[0-9a-f]{40}", one.source)), MOST_SYNCS))
