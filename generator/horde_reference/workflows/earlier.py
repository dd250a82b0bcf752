"""The run of a workflow before this one."""

from horde_reference.adapters.github.artifacts import newest_run
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.proposals import MAIN


def earlier_run(hub: Hub, artifact: str) -> int | None:
    """Id of the newest run of the main branch that left an artifact; `None` where there is none any more.

    Raises:
        CannotRun: GitHub does not say.
    """
    return newest_run(hub.repository, artifact, MAIN)
