"""Which pull requests of ours were merged, and from which commit: a squash may keep none of its commit's words."""

from collections.abc import Mapping
from itertools import islice
from re import search
from typing import Final

from horde_reference.adapters.github import pulls
from horde_reference.workflows.hub import Hub

_MARKER: Final = "<!-- horde-reference sync: made from {} -->"
_MOST: Final = 100
"""So many are asked for, the newest first."""


def marker(source: str) -> str:
    """The line of a pull request's body that says, to us only, which commit of ours it was made from."""
    return _MARKER.format(source)


def stated_source(body: str) -> str | None:
    """The commit of ours that a pull request's body names."""
    found = search(_MARKER.format("([0-9a-f]{40})"), body)
    return found[1] if found else None


def merged_sources(hub: Hub, branch: str, base: str) -> Mapping[str, str]:
    """Commit that a merged pull request from the branch of a sync became → commit of ours that it was made from.

    Only who may write to the repository can make the branch.
    """
    head = f"{hub.repository.owner}:{branch}"
    closed = islice(pulls.listed(hub.repository, "closed", head=head, base=base), _MOST)
    return {
        one.merge_commit: source
        for one in closed
        if one.merged and one.merge_commit and (source := stated_source(one.body))
    }
