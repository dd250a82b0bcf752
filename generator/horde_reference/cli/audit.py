"""Commands that read the audit trail: log, replay, verify."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from horde_reference.adapters.disk import write_file
from horde_reference.changes.report import SIGNS
from horde_reference.cli import show
from horde_reference.cli.bar import progress
from horde_reference.cli.options import data_option, format_option
from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS
from horde_reference.history.event import Event, stated
from horde_reference.history.trail import encode
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.audit import Filter, files_of, moment, state_at
from horde_reference.workflows.audit import verify as run_verify
from horde_reference.workflows.remember import history_at

category_option = click.option("--category", type=click.Choice(list(CATEGORIES)), help="Only this category.")


@click.group()
def audit() -> None:
    """Read the audit trail: what happened to the records, by whom and when.

    All of it is derived from git, from the first parents of a commit: a merge is one step. It needs the whole
    history (in a workflow: fetch-depth: 0).
    """


def _moment(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    found = moment(value, end=parameter.name == "until")
    if found is None:
        raise click.BadParameter(f"{value!r} is not a date such as 2026-11-23 or 2026-11-23T12:00.", param=parameter)
    return found


@audit.command()
@data_option
@category_option
@click.option("--name", help="Only records with this in their name.")
@click.option("--operation", type=click.Choice(list(SIGNS)), help="Only this operation.")
@click.option("--author", help="Only what somebody with this in their name did.")
@click.option("--since", callback=_moment, help="Only from this date on (ISO 8601, UTC), a day from its beginning.")
@click.option("--until", callback=_moment, help="Only up to this date; a day counts to its end.")
@click.option("--limit", type=click.IntRange(1), help="Only the last so many.")
@format_option("text", "json")
def log(data: Path, limit: int | None, form: str, **wanted: Any) -> None:  # noqa: ANN401 - the fields of a filter
    """Show what happened to the records, oldest first.

    Reads the git history of --data, writes nothing. With --format json one event a line, as in the published trail.
    Exits 0, 2 or 3.
    """
    chosen = Filter(**wanted)
    found = [event for event in history_at(data, "HEAD", progress()).events if chosen.passes(event)]
    for event in found[-limit:] if limit else found:
        click.echo(encode(event) if form == "json" else _line(event))


def _line(event: Event) -> str:
    when = event.commit.when.strftime("%Y-%m-%d %H:%M")
    request = f" #{event.commit.pull_request}" if event.commit.pull_request else ""
    more = f" (was {event.renamed_from})" if event.renamed_from is not None else ""
    if event.operation == "update":
        more = f": {', '.join(change.field for change in event.fields())}"
    name = f"{event.category}/{event.name}{more}"
    line = f"{when}  {event.commit.hash[:10]}{request}  {event.commit.author}  {SIGNS[event.operation]} {name}"
    return show.visible(line)


@audit.command()
@data_option
@click.option("--at", required=True, metavar="REV|DATE", help="A git revision, or a date (ISO 8601, UTC).")
@category_option
@click.option("--into", type=click.Path(path_type=Path), help="Folder to write the records to; it must be empty.")
def replay(data: Path, at: str, category: str | None, into: Path | None) -> None:
    """Rebuild the records as they were at a revision or date.

    Reads the git history of --data and replays it up to then: for a date, as the mainline was; a day counts to
    its end. Writes the records below --into, or without it prints them as one JSON object by category and name.
    Exits 0, 2 or 3.
    """
    if into is not None and into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise click.UsageError(f"{into} is not an empty folder.")
    state = {key: known for key, known in state_at(data, at, progress()).items() if category in {None, key[0]}}
    if into is None:
        by_category: dict[str, dict[str, Any]] = {}
        for (kind, name), known in sorted(state.items()):
            by_category.setdefault(kind, {})[name] = stated(known)
        click.echo(json.dumps(by_category, indent=2, ensure_ascii=False))
        return
    for path, body in files_of(state):
        write_file(into / path, body)
    click.echo(f"{len(state)} records written below {into}.")


@audit.command()
@data_option
@format_option("text", "json")
@click.pass_context
def verify(ctx: click.Context, data: Path, form: str) -> None:
    """Prove that replaying the audit trail gives the records in --data.

    Derives the trail from git, writes it as it is published, reads it back, replays it, and compares the outcome
    with every file. Writes nothing. Exits 0, 1 if something differs, 2 or 3.
    """
    history, differing = run_verify(data, progress())
    facts = {"events": len(history.events), "commit": history.commit, "number": history.number, "differing": differing}
    click.echo(json.dumps(facts, indent=2) if form == "json" else _verdict(len(history.events), data, differing))
    ctx.exit(EXIT_FINDINGS if differing else EXIT_CLEAN)


def _verdict(events: int, data: Path, differing: Sequence[str]) -> str:
    if not differing:
        return f"{show.counted(events, 'event')} give the records in {data}."
    lines = [f"{data / path} is not what the {events} events give." for path in differing]
    return "\n".join([*lines, "Is it committed? The trail holds what is."])
