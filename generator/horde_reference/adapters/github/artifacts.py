"""What runs of workflows left. Every function raises what `Connection.request` raises."""

from msgspec import Struct

from horde_reference.adapters.github.decoding import decoded
from horde_reference.adapters.github.paths import joined
from horde_reference.adapters.github.repository import Repository


class _Run(Struct):
    id: int
    repository_id: int
    head_repository_id: int
    head_branch: str | None = None


class _Artifact(Struct):
    id: int
    expired: bool
    workflow_run: _Run | None = None


class _Artifacts(Struct):
    artifacts: list[_Artifact]


def newest_run(repository: Repository, name: str, branch: str) -> int | None:
    """Id of the newest run on a branch that left an artifact of a name; `None` where there is none any more.

    Runs of forks are none: anybody could leave there what they like, under any name.
    """
    path = joined("repos", repository.owner, repository.short_name, "actions", "artifacts")
    reply = repository.connection.request("GET", path, {"name": name, "per_page": 100})
    found = [
        (one.id, one.workflow_run.id)
        for one in decoded(reply.body, _Artifacts).artifacts
        if one.workflow_run and not one.expired and _is_ours(one.workflow_run, branch)
    ]
    return max(found)[1] if found else None


def _is_ours(run: _Run, branch: str) -> bool:
    return run.head_branch == branch and run.head_repository_id == run.repository_id
