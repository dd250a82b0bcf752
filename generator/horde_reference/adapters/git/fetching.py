"""Bring what others propose into a clone, as objects only: nothing is checked out, nothing of it runs."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from git.exc import GitCommandError

from horde_reference.adapters.git.failures import failure
from horde_reference.adapters.git.repositories import repository_around
from horde_reference.adapters.git.running import checked_address

_KEPT: Final = "refs/horde-reference"
_SAFELY: Final = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance")


def fetch(folder: Path, address: str, refs: Iterable[str]) -> dict[str, str]:
    """Whole refs of a repository elsewhere → ids of their commits, which are then in the clone around a folder.

    Args:
        folder: a folder inside the clone.
        address: of the other repository, with https, or a folder.
        refs: such as `refs/pull/7/head`.

    Raises:
        GitFailed: there is no such ref or repository, or it does not answer.
    """
    wanted = list(dict.fromkeys(refs))
    if not wanted:
        return {}
    with repository_around(folder) as repository:
        kept = {ref: f"{_KEPT}/{ref.removeprefix('refs/')}" for ref in wanted}
        try:
            pairs = [f"+{ref}:{own}" for ref, own in kept.items()]
            repository.git.fetch(*_SAFELY, checked_address(address), *pairs)
        except GitCommandError as error:
            said = str(error.stderr)
            raise failure(said)(f"{address} cannot be read: {said.strip()[:500]}") from None
        return {ref: str(repository.git.rev_parse(f"{own}^{{commit}}")) for ref, own in kept.items()}
