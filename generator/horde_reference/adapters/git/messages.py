"""What commits say of themselves in lines such as `Synced-from: …`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from horde_reference.adapters.git.running import Git


@dataclass(frozen=True, slots=True)
class Message:
    """A commit, and what it says."""

    commit: str
    """Its id."""
    parents: tuple[str, ...]
    """Ids of the commits that it comes from."""
    author: str
    """Name of its author."""
    committer: str
    """Address of who committed it: who amends one is another."""
    stated: Mapping[str, str]
    """What lines of its message say of the keys that were asked for, the last one of each."""


def messages(git: Git, revision: str, keys: Iterable[str]) -> Iterator[Message]:
    """A revision and the commits that it came from, those that came later first.

    GitHub writes lines of its own behind those of the commits that it squashes, so they may stand anywhere.

    Args:
        git: where they are.
        revision: the first one.
        keys: what lines are looked for.
    """
    line = re.compile(rf"^({'|'.join(map(re.escape, keys))}): (.*?)\r?$", re.MULTILINE)
    said = git.here("log", "--topo-order", "-z", "--format=%H%n%P%n%an%n%ce%n%B", revision, "--").decode(
        errors="replace"
    )
    for one in said.split("\0"):
        if one:
            commit, parents, author, committer, body = one.split("\n", 4)
            yield Message(commit, tuple(parents.split()), author, committer, dict(line.findall(body)))
