"""The records of a folder with their usage, to be counted and weighed: no history, nothing is written."""

from pathlib import Path

from horde_reference.edition import Edition
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding
from horde_reference.workflows.fetched import FetchedFiles, known_from
from horde_reference.workflows.gather import gather
from horde_reference.workflows.progress import Progress, quiet


def survey(data: Path, usage: FetchedFiles, progress: Progress = quiet) -> tuple[Edition, list[Finding]]:
    """Every record that can be read, and the findings on its usage.

    Raises:
        CannotRun: there is no such folder, or it holds no record that can be read.
    """
    checked = gather(data, progress)
    if not len(checked.corpus):
        raise CannotRun(f"No record in {data} can be read. See horde-reference check.")
    known = known_from(usage)
    edition = Edition(
        checked.corpus,
        usage=known.usage,
        series=known.series,
        grouping=checked.grouping,
        known_groups=checked.groups,
    )
    return edition, known.findings
