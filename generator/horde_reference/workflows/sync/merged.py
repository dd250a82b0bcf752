"""Which pull requests of ours were merged, and from which commit: a squash may keep none of its commit's words."""

from collections.abc import Mapping
from itertools import islice
from typing import Final

from horde_reference.adapters.github import pulls
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.sync.marking import read

_MOST: Final = 100
"""So many are asked for, the newest first."""


def merged_sources(hub: Hub, branch: str, base: str) -> Mapping[str, str]:
    """Commit that a merged pull request from the branch of a sync became → commit of ours that it was made from.

    Only who may write to the repository can make the branch.
    """
    head = f"{hub.repository.owner}:{branch}"
    closed = islice(pulls.listed(hub.repository, "closed", head=head, base=base), _MOST)
    return {
        one.merge_commit: source
        for one in closed
        if one.merged and one.merge_commit and (source := read(one.body).source)
    }
