"""Commands that keep the legacy repositories right."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from horde_reference.changes.report import as_json
from horde_reference.cli.options import data_option, format_option, with_options
from horde_reference.cli.stopping import stoppable
from horde_reference.cli.sync_shown import drift_lines, edit_as_json, outcome_line, plan_lines, show_drift, tell
from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS, CannotRun
from horde_reference.workflows.hub import CLOCK, now
from horde_reference.workflows.sync.drifting import propose_drift
from horde_reference.workflows.sync.guarding import guard
from horde_reference.workflows.sync.newest import brought, local, published
from horde_reference.workflows.sync.syncing import REPOSITORIES, Order, limits_of, prepared, write_out
from horde_reference.workflows.sync.syncing import sync as carry_out
from horde_reference.workflows.sync.watching import Watch
from horde_reference.workflows.sync.watching import watch as watch_over
from horde_reference.workflows.sync_settings import SyncSettings

_SHARED: Final = (
    data_option,
    click.option("--target", default="", metavar="OWNER/REPO | DIR",
                 help="The legacy repository; by default that of the settings. A folder is a clone of it, or plain."),
    click.option("--base", default="", metavar="COMMIT",
                 help="Commit of ours at which both were the same, or none; by default what its history says."),
    click.option("--take-ours", multiple=True, metavar="NAME", help="Model that was edited there, to be as here."),
)  # fmt: skip
_LIMITS: Final = (
    click.option("--allow-shrink", is_flag=True, help="Whatever share of its models a category loses."),
    click.option("--allow-many", is_flag=True, help="However many models change."),
    click.option("--released-python", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                 help="Python that has the released client, which then must read the new files."),
)  # fmt: skip
_one = click.option("--repo", "repository", type=click.Choice(REPOSITORIES), required=True, help="Which of the two.")
_out = click.option("--out", type=click.Path(path_type=Path), help="Folder for the new files and the patch.")


def _order(repository: str, data: Path, target: str, base: str, take_ours: tuple[str, ...], **said: Any) -> Order:  # noqa: ANN401 - options
    settings = SyncSettings.from_environment(os.environ).replaced(
        released_python=said.get("released_python"),
        output_dir=said.get("out"),
        no_pr=said.get("no_pr") or None,
    )
    return Order(
        repository=repository, data=data, environment=os.environ, settings=settings, target=target, base=base,
        take_ours=frozenset(take_ours), allow_many=bool(said.get("allow_many")),
        allow_shrink=bool(said.get("allow_shrink")), again=bool(said.get("again")),
    )  # fmt: skip


@click.group()
def sync() -> None:
    """Keep the two legacy repositories right, by the smallest possible pull requests.

    Settings are environment variables that begin with HORDE_GITHUB_SYNC_; options win over them. Who asks GitHub is an
    App (HORDE_GITHUB_SYNC_GITHUB_APP_ID and its key) or a token (GITHUB_TOKEN).
    """


@sync.command()
@_one
@with_options(_SHARED)
@with_options(_LIMITS)
@_out
@format_option("text", "json")
def plan(form: str, **said: Any) -> None:  # noqa: ANN401 - options as click hands them over
    """Show what a sync would change, field by field.

    Reads the records and the legacy repository, which is never touched. Writes nothing but --out. Exits 0 whether or
    not there is anything to sync, 1 if a file there cannot be read, 2 or 3.
    """
    _plan(_order(**said), form)


def _plan(order: Order, form: str) -> None:
    with prepared(order) as found:
        made = found.plan
    if order.settings.output_dir:
        write_out(made, order.settings.output_dir)
    if form == "json":
        facts = {
            "changes": as_json(made.changes),
            "files": sorted(made.files),
            "edits": [*map(edit_as_json, made.edits)],
        }
        click.echo(json.dumps({**facts, "faults": [one.as_json() for one in made.faults]}, indent=2))
    else:
        tell(plan_lines(made))
    try:
        guard(made, found.categories, limits_of(order.settings), found.mark.allows)
    except CannotRun as refusal:
        tell([f"`sync push` would refuse this: {refusal}"], err=True)
    click.get_current_context().exit(EXIT_FINDINGS if made.faults else EXIT_CLEAN)


@sync.command()
@_one
@with_options(_SHARED)
@with_options(_LIMITS)
@_out
@click.option("--no-pr", is_flag=True, help="Push the branch, and open no pull request.")
@click.option("--again", is_flag=True, help="Propose even what was refused by closing its pull request.")
@click.option("--dry-run", is_flag=True, help="Do what `sync plan` does.")
def push(*, dry_run: bool, **said: Any) -> None:  # noqa: ANN401 - options as click hands them over
    """Sync a legacy repository: one branch, one commit, one pull request, brought up to date in place.

    Reads the records and the legacy repository. Writes the branch and the pull request; a plain folder gets the files.
    Exits 0, 1 if something stays as it is there because it was edited on both sides or cannot be read, 2 or 3.
    """
    order = _order(**said)
    if dry_run or order.settings.dry_run:
        _plan(order, "text")
    made, outcome = carry_out(order)
    if order.settings.output_dir:
        write_out(made, order.settings.output_dir)
    tell(drift_lines(made), err=True)
    tell(outcome.warnings, err=True)
    tell([outcome_line(made, outcome)])
    click.get_current_context().exit(EXIT_FINDINGS if made.faults or made.conflicts else EXIT_CLEAN)


@sync.command()
@_one
@with_options(_SHARED)
@click.option("--propose", is_flag=True, help="Open a pull request for our records that adopts it.")
@click.option("--dry-run", is_flag=True, help="With --propose: show the pull request, and write nothing.")
@click.option(
    "--repository",
    "ours",
    metavar="OWNER/NAME",
    help="Repository of our records on GitHub; by default that of GITHUB_REPOSITORY.",
)
def drift(*, propose: bool, dry_run: bool, ours: str | None, **said: Any) -> None:  # noqa: ANN401 - options as click hands them over
    """Show what was edited in a legacy repository by hand since the last sync.

    Reads the records, their history and that of the legacy repository. Writes only with --propose: a branch and a
    pull request on the repository of our records, which is closed with a word when nothing is left to adopt. Exits 0, 1
    if there is anything that nobody proposed, 2 or 3.
    """
    order = _order(**said)
    with prepared(order) as found:
        tell(drift_lines(found.plan))
        left = len(found.plan.edits) + len(found.plan.faults)
        if propose:
            today = f"{datetime.fromtimestamp(now(), UTC):%Y-%m-%d}"
            done = propose_drift(found, os.environ, ours, today, dry_run=dry_run)
            left = show_drift(done) or len(found.plan.conflicts) + len(found.plan.faults)
    if not left and not found.plan.edits:
        click.echo("Nothing was edited there by hand.")
    click.get_current_context().exit(EXIT_FINDINGS if left else EXIT_CLEAN)


@sync.command()
@click.option(
    "--repo",
    "repositories",
    type=click.Choice(REPOSITORIES),
    multiple=True,
    default=REPOSITORIES,
    show_default=True,
    help="Which of the two; both are independent of each other's failure.",
)
@data_option
@click.option("--url", help="Published tree whose head.json says what is newest; the clone is then brought there.")
@click.option("--interval", type=click.FloatRange(0, min_open=True), help="Seconds between two looks.")
@with_options(_LIMITS)
def watch(repositories: tuple[str, ...], data: Path, url: str | None, interval: float | None, **said: Any) -> None:  # noqa: ANN401
    """Sync whenever something is new, until SIGTERM or SIGINT.

    Reads head.json of a published tree, or HEAD of the clone around --data, at each look. Writes what `sync push`
    writes; with --url also the clone, which goes forward to what was published. Exits 0 when told to stop, 1 after ten
    errors in a row of all repositories, 2 or 3.
    """
    orders = {one: _order(one, data, "", "", (), **said) for one in repositories}
    settings = next(iter(orders.values())).settings
    root = url or settings.primary_api_url

    def look() -> str:
        return brought(data, published(root, settings.primary_api_timeout)) if root else local(data)

    def act(repository: str) -> list[str]:
        made, outcome = carry_out(orders[repository])
        return [*drift_lines(made), *outcome.warnings, outcome_line(made, outcome)]

    with stoppable() as wait:
        ended = watch_over(
            Watch(
                look=look, act=act, say=lambda line: tell([line], err=True), wait=wait, seconds=CLOCK.seconds,
                since_epoch=now, repositories=repositories, interval=interval or settings.watch_interval_seconds,
                initial_delay=settings.watch_initial_delay_seconds,
                syncs_at_start=settings.watch_enable_startup_sync,
            )
        )  # fmt: skip
    click.get_current_context().exit(EXIT_CLEAN if ended else EXIT_FINDINGS)
