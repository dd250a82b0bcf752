"""The one issue about publishing that fails: opened by a failure, kept up to date by the next, closed by a success."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Issue, Label
from horde_reference.changes.markdown import code
from horde_reference.workflows.standing_issue import Matter, Told, ours, say, settle

Result = Literal["success", "failure", "cancelled", "skipped"]
"""How a job ended. One that took too long is cancelled."""

MATTER: Final = Matter(
    Label("publishing-fails", "b60205", "What main holds is not what is public"),
    "<!-- horde-reference: publishing fails -->",
    "Publishing fails",
)
_SINCE: Final = re.compile(r"^- First: (.+)$", re.MULTILINE)
_NOT_GOOD: Final = frozenset({"failure", "cancelled"})


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the workflow that publishes."""

    results: Mapping[str, Result]
    """Name of a job → how it ended, in the order in which they run."""
    url: str
    """Address of the run; empty where nobody knows."""
    commit: str
    """Commit of the main branch that was to be published; empty where the run did not come so far."""
    at: int
    """When it ended, in seconds since 1970."""

    @property
    def failed(self) -> list[str]:
        """Jobs that did not do what they were to do."""
        return [job for job, result in self.results.items() if result in _NOT_GOOD]

    @property
    def succeeded(self) -> bool:
        """Whether all jobs ran, and all well. A run that had nothing to do says nothing."""
        return all(result == "success" for result in self.results.values())


def tell(repository: Repository, run: Run) -> Told:
    """Have one open issue while publishing fails, and none when it does not. What was left out changes nothing.

    Raises what `Connection.request` raises.
    """
    if not run.failed and not run.succeeded:
        return Told("nothing")
    there = ours(repository, MATTER)
    if run.succeeded:
        return settle(repository, there, f"Published again: {_named(run)}.")
    return say(repository, MATTER, there, _body(run, there))


def _body(run: Run, there: Issue | None) -> str:
    known = _SINCE.search(there.body) if there and there.state == "open" else None
    rows = [f"| {code(job)} | {result} |" for job, result in run.results.items()]
    return "\n".join(
        [
            MATTER.mark,
            "What the main branch holds is not public, or not all of it works there. The next run that succeeds closes",
            "this issue. What is written here by hand is lost; comments stay.",
            "",
            f"- First: {known[1].strip() if known else _named(run)}",
            f"- Last: {_named(run)}",
            "",
            "| job | how it ended |",
            "|---|---|",
            *rows,
            "",
            "The log of the run says why. What can be done, also to go back to what was public before, stands in",
            "`site/guides/publishing.md`.",
            "",
        ]
    )


def _named(run: Run) -> str:
    moment = f"{datetime.fromtimestamp(run.at, UTC):%Y-%m-%d %H:%M} UTC"
    return ", ".join(filter(None, [moment, run.url, f"commit {code(run.commit)}" if run.commit else ""]))
