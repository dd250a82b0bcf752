"""Plans and outcomes of a sync in words."""

from collections.abc import Iterable, Iterator
from typing import Any

import click

from horde_reference.adapters.git.patches import lines_changed
from horde_reference.changes.report import as_json, as_text
from horde_reference.changes.three_way import Edit
from horde_reference.cli import show
from horde_reference.cli.proposal_shown import show_proposal
from horde_reference.errors import EXIT_CLEAN
from horde_reference.workflows.sync.drifting import Drifted
from horde_reference.workflows.sync.planning import Plan
from horde_reference.workflows.sync.pushing import Outcome
from horde_reference.workflows.sync.words import title_of


def tell(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines, whatever records hold."""
    for line in lines:
        click.echo(show.visible(line), err=err)


def plan_lines(plan: Plan) -> Iterator[str]:
    """What a sync would change, and what it would leave."""
    if plan.files:
        yield from as_text(plan.changes).split("\n") if plan.changes else ["No record differs; files are made anew."]
        before = {path: body for path, body in plan.before.items() if path in plan.files}
        for path, (added, removed) in lines_changed(before, plan.files).items():
            yield f"{path}: {show.counted(added, 'line')} added, {removed} removed"
        yield f"{title_of(plan)}."
    elif not plan.faults:
        yield "Nothing to sync."
    yield from drift_lines(plan)


def drift_lines(plan: Plan) -> Iterator[str]:
    """What stays as it is there, and why."""
    yield from plan.notes
    for edit in plan.edits:
        why = "edited here as well, so people have to settle it" if edit.is_conflict else "left as it is there"
        yield f"Edited there by hand, {why}:"
        yield from (f"    {line}" for line in as_text([edit.change]).split("\n"))
    for fault in plan.faults:
        place = f"{fault.path}:{fault.line}" if fault.line else fault.path
        yield f"{place} is left as it is: {fault.message} {fault.hint}"


def edit_as_json(edit: Edit) -> dict[str, Any]:
    """An edit as one object."""
    (change,) = as_json([edit.change])
    return {**change, "conflict": edit.is_conflict}


def outcome_line(plan: Plan, outcome: Outcome) -> str:
    """What became of a plan."""
    pull = f"#{outcome.pull.number} {outcome.pull.url}" if outcome.pull else ""
    title = title_of(plan)
    said = {
        "nothing": "Nothing to sync.",
        "few": f"{plan.weight} changes are fewer than HORDE_GITHUB_SYNC_MIN_CHANGES_THRESHOLD; nothing was done.",
        "refused": f"{pull} proposed just this and was closed. Nothing was done; --again proposes it again.",
        "closed": f"Nothing is left {'to be synced by itself' if plan.edits else 'to sync'}: {pull} was closed.",
        "older": f"{outcome.branch} is made from a later commit of our records than this one; nothing was done.",
        "written": f"{title}: {', '.join(sorted(plan.files))} written.",
        "pushed": f"{title}: pushed to {outcome.branch}.",
        "proposed": f"{title}: {pull}",
        "shown": f"{title}: would be proposed." if plan.files else "Nothing to sync.",
    }[outcome.did]
    left = len(plan.edits) + len(plan.faults)
    return f"{said} {show.counted(left, 'edit')} made there by hand left as is; see `sync drift`." if left else said


def show_drift(drifted: Drifted) -> int:
    """Print what became of a proposal to adopt what was edited there; returns the exit code that it calls for."""
    if drifted.done is not None:
        return show_proposal(drifted.done, "text")
    if drifted.pull is not None:
        pull = f"#{drifted.pull.number} {drifted.pull.url}"
        said = {
            "closed": f"Nothing is left to adopt: {pull} was closed.",
            "refused": f"{pull} proposed just this and was closed. Nothing was done; open it again to adopt it, or say "
            "`sync push --take-ours NAME` to replace it there.",
        }
        tell([said[drifted.did]])
    return EXIT_CLEAN
