"""Commands that look after what nobody looks at: downloads that vanish, and proposals that wait."""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import click

from horde_reference.cli import show
from horde_reference.cli.asking import HEADS_ONLY, scales
from horde_reference.cli.bar import progress
from horde_reference.cli.options import data_option, repository_option
from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS, CannotRun
from horde_reference.links.report import Report
from horde_reference.pending.staleness import Decision
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows import link_issue, stale
from horde_reference.workflows import links as work
from horde_reference.workflows.earlier import earlier_run
from horde_reference.workflows.hub import hub, now

_WORDS: Final = {
    ("say", "author"): "its author is reminded",
    ("say", "waiting"): "those who may approve it are told",
    ("say", "ready"): "those who may apply it are told",
    ("close", "author"): "closed",
}
_WAITS: Final = {
    None: "its author is at work",
    "author": "waits for its author",
    "waiting": "waits for an approval",
    "ready": "waits to be applied",
}


@click.group()
def care() -> None:
    """Look after downloads and proposals, as the scheduled workflows do."""


@care.command()
@data_option
@click.option("--category", "categories", multiple=True, type=click.Choice(list(CATEGORIES)), help="Only this one.")
@click.option("--report", "into", type=click.Path(path_type=Path), help="File to write the report to, as JSON.")
@click.option(
    "--known",
    type=click.Path(path_type=Path),
    help="The report before, which need not be there: what is broken is then reported only if it was broken twice, "
    "a day or more apart. Without it, at once.",
)
@click.option("--issue", is_flag=True, help="Open, update or close the issue about broken links.")
@repository_option
@click.pass_context
def links(  # noqa: PLR0913 - one argument an option
    ctx: click.Context,
    *,
    data: Path,
    categories: tuple[str, ...],
    into: Path | None,
    known: Path | None,
    issue: bool,
    repository: str | None,
) -> None:
    """Look whether every download is there, and has the hash and size that its record states.

    Reads the records that are offered, and asks the host of each file, one question at a time; no file is fetched.
    Hosts that want a login first, and such that do not answer, break nothing. Writes --report, and with --issue one
    issue on GitHub, for which it needs a token in GITHUB_TOKEN. Exits 0, 1 if a download is broken, 2, or 3 also if
    nothing could be looked at.
    """
    if issue and categories:
        raise click.UsageError("The issue is about all categories: leave out --category, or --issue.")
    with ExitStack() as stack:
        found = stack.enter_context(hub(os.environ, repository, needs_token=True)) if issue else None
        asking = scales(HEADS_ONLY)
        made = work.check(data, asking, now(), categories=categories, known=known, progress=progress(step=1))
        if into:
            work.write(into, made)
        _show(made)
        if found:
            told = link_issue.tell(found.repository, made)
            click.echo(f"Issue {f'#{told.number}: ' if told.number else ''}{told.did}.")
    ctx.exit(EXIT_FINDINGS if made.confirmed else EXIT_CLEAN)


def _show(made: Report) -> None:
    for one in made.broken:
        mark = one.fault if one.is_confirmed else f"{one.fault}, for the first time"
        click.echo(show.visible(f"{one.link.category}/{one.link.name}: [{mark}] {one.link.url}: {one.why}"))
    for seen in made.unknown:
        click.echo(show.visible(f"{seen.link.category}/{seen.link.name}: [unknown] {seen.link.url}: {seen.why}"))
    new = len(made.broken) - len(made.confirmed)
    counts = f"{made.good} good, {made.gated} gated, {len(made.unknown)} unknown, {len(made.confirmed)} broken"
    click.echo(f"{show.counted(made.looked_at, 'download')}: {counts}, {new} broken for the first time.")


@care.command()
@click.option("--artifact", required=True, help="Name of what the run left.")
@repository_option
def earlier(artifact: str, repository: str | None) -> None:
    """Name the newest run of the main branch that left an artifact.

    Prints `run=` and its id, or nothing behind it, as workflows take outputs. Reads GitHub; writes nothing.
    Exits 0, 2 or 3.
    """
    with hub(os.environ, repository) as found:
        click.echo(f"run={earlier_run(found, artifact) or ''}")


@care.command("stale")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@data_option
@repository_option
def stale_(*, dry_run: bool, data: Path, repository: str | None) -> None:
    """Remind authors of proposals on which nothing moves, and tell maintainers what waits for them.

    Reads open pull requests, and writes on GitHub: one comment on each that has waited for too long, the labels
    `waiting` and `ready`, and what is taken away when something moved. Closes what its author left behind. Needs a
    token in GITHUB_TOKEN, also to read, as it must know which comments are its own. Run it in a clone of the main
    branch. Exits 0, 2, or 3 also if one of them could not be written on.
    """
    with hub(os.environ, repository, needs_token=True) as found:
        looked = stale.care(found, data, found.seconds(), dry_run=dry_run)
    for one in looked:
        click.echo(show.visible(f"#{one.number} {one.title}: {_words(one.decision)}."))
    if not looked:
        click.echo("Nothing is proposed.")
    if failures := [f"#{one.number}: {one.failure}" for one in looked if one.failure]:
        raise CannotRun(" ".join(failures))


def _words(decision: Decision) -> str:
    waits = _WAITS[decision.turn]
    if decision.deed == "clear":
        return f"{waits}; what was said is taken away"
    done = _WORDS.get((decision.deed, decision.turn or ""))
    return f"{waits}; {done}" if done else waits
