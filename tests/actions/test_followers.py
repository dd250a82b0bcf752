"""What a workflow merges with the token of its run starts no other by the push: they must follow it by its name."""

import pytest
from workflow_files import GITHUB, WORKFLOWS, WorkflowFile
from workflow_rights import permissions_of

MERGES = {"apply"}
"""Those that put something on main."""
ELSEWHERE = {
    "propose": "the branch of a proposal",
    "release": "the tag of a release",
    "rollback": "the branch of a proposal",
    "usage": "the branch usage-series",
}
"""Those that write to a branch of their own, and which."""
FOLLOWERS = ("publish", "sync")
"""Those that act on what main holds."""


def test_it_is_known_of_every_workflow_that_writes_where_it_writes() -> None:
    files = [WorkflowFile(path) for path in WORKFLOWS]
    writing = {
        file.path.stem
        for file in files
        for job in file.jobs.values()
        if permissions_of(job, file).get("contents", permissions_of(job, file).get("all")) in {"write", "write-all"}
    }
    assert writing == MERGES | ELSEWHERE.keys()


@pytest.mark.parametrize("name", FOLLOWERS)
def test_what_is_merged_is_followed(name: str) -> None:
    stated = WorkflowFile(GITHUB / f"workflows/{name}.yml").document["on"]
    assert stated["push"]["branches"] == ["main"]
    assert set(stated["workflow_run"]["workflows"]) >= MERGES
    assert stated["workflow_run"]["types"] == ["completed"]
    assert stated["schedule"]
