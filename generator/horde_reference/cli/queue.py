"""Commands on the pending queue: the open pull requests that change records."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
import msgspec

from horde_reference.changes.markdown import value
from horde_reference.changes.report import SIGNS
from horde_reference.cli import show
from horde_reference.cli.asking import scales
from horde_reference.cli.bar import progress
from horde_reference.cli.options import data_option, format_option, repository_option
from horde_reference.cli.records_shown import aligned
from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS
from horde_reference.pending.answers import pending_change
from horde_reference.pending.comment import comment
from horde_reference.pending.proposal import Proposal
from horde_reference.workflows import queue as work
from horde_reference.workflows.applying import apply as run_apply
from horde_reference.workflows.batching import batched, put_together
from horde_reference.workflows.hub import hub
from horde_reference.workflows.proposals import open_candidate

_FILE: Final = click.Path(path_type=Path)
_HEAD: Final = ("number", "status", "batch", "by", "since", "changes", "title")


@click.group()
def queue() -> None:
    """See the pending queue, and settle it.

    The queue is the open pull requests. What is approved is applied by merging, with who proposed and who
    approved in the message of the commit. Writing needs a token in GITHUB_TOKEN.
    """


@queue.command()
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path("queue.json"), show_default=True, help="File to write."
)
@data_option
@repository_option
def fetch(into: Path, data: Path, repository: str | None) -> None:
    """Fetch the queue into a file, which `build --queue` publishes.

    Reads pull requests through GitHub's API and their commits through git; writes --into in one step, or leaves it
    as it was. Exits 0, 2 or 3.
    """
    with hub(os.environ, repository) as found:
        fetched = work.fetch_into(found, data, into, progress())
    settled = len(fetched.proposals) - len(fetched.open)
    click.echo(f"{show.counted(len(fetched.open), 'open proposal')}, {settled} settled, in {into}.")


@queue.command("list")
@data_option
@repository_option
@format_option("text", "json")
def list_(data: Path, repository: str | None, form: str) -> None:
    """List what is proposed.

    Reads GitHub; writes nothing. Exits 0, 2 or 3.
    """
    with hub(os.environ, repository) as found:
        waiting = work.open_proposals(found, data)
    if form == "json":
        click.echo(json.dumps(msgspec.to_builtins(waiting), indent=2, ensure_ascii=False))
    elif waiting:
        click.echo("\n".join(aligned([_HEAD, *map(_row, waiting)])))
    else:
        click.echo("Nothing is proposed.")


def _row(one: Proposal) -> tuple[str, ...]:
    marks = " ".join(f"{SIGNS[change.operation]}{change.name}" for change in one.changes)
    status = "to mend" if one.errors else one.status
    since = f"{datetime.fromtimestamp(one.created_at, UTC):%Y-%m-%d}"
    texts = (one.batch or "", one.author, since, marks, one.title)
    return f"#{one.number}", status, *map(show.visible, texts)


@queue.command("show")
@click.argument("number", type=click.IntRange(1))
@data_option
@repository_option
def show_(number: int, data: Path, repository: str | None) -> None:
    """Say all there is to say of a proposal, in Markdown.

    Reads GitHub; writes nothing. Exits 0, 2 or 3.
    """
    with hub(os.environ, repository) as found:
        candidate = open_candidate(found, data, number)
    click.echo(f"#{number} {show.visible(candidate.pull.title)}, by {candidate.pull.author}")
    click.echo(comment(candidate.review), nl=False)
    for reason in (*(f"waits for approval of {one}" for one in candidate.verdict.missing), *candidate.verdict.ignored):
        click.echo(f"- {show.visible(reason)}")


@queue.command()
@click.argument("number", type=click.IntRange(1))
@data_option
@repository_option
@format_option("text", "json")
def diff(number: int, data: Path, repository: str | None, form: str) -> None:
    """Show what a proposal changes, field by field.

    Reads GitHub; writes nothing. Exits 0, 2 or 3.
    """
    with hub(os.environ, repository) as found:
        proposal = open_candidate(found, data, number).proposal()
    if form == "json":
        click.echo(json.dumps(msgspec.to_builtins(pending_change(proposal)), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_difference(proposal)) or "No record changes.")


def _difference(proposal: Proposal) -> Iterator[str]:
    for one in pending_change(proposal):
        yield show.visible(f"{SIGNS[one.change.operation]} {one.change.category}/{one.change.model_name}")
        for field in one.diff:
            mark = " !" if field.critical else ""
            yield show.visible(f"    {field.field}: {value(field.old)} -> {value(field.new)}{mark}")


@queue.command()
@click.argument("name")
@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1))
@repository_option
def batch(name: str, numbers: tuple[int, ...], repository: str | None) -> None:
    """Put proposals together, so that they are applied together.

    Writes the label `batch: NAME` on the pull requests and takes that of any other batch away; reads nothing else.
    Exits 0, 2 or 3.
    """
    with hub(os.environ, repository, needs_token=True) as found:
        put_together(found, name, numbers)
    click.echo(f"{', '.join(f'#{number}' for number in numbers)}: batch {show.visible(name)}.")


@queue.command()
@click.argument("numbers", nargs=-1, type=click.IntRange(1))
@click.option("--batch", "name", help="Apply all open proposals of this batch instead.")
@data_option
@repository_option
@click.pass_context
def apply(ctx: click.Context, numbers: tuple[int, ...], name: str | None, data: Path, repository: str | None) -> None:
    """Merge proposals that are approved and have nothing to mend.

    Reads each as it is now, on top of those before it, and writes on GitHub: one commit each, whose message says who
    proposed and who approved. The first that cannot be applied ends it; what is left of a batch becomes a
    batch of its own. Exits 0, 1 if one could not be applied, 2 or 3.
    """
    if bool(numbers) == bool(name):
        raise click.UsageError("Name pull requests, or a batch with --batch.")
    with hub(os.environ, repository, needs_token=True) as found:
        done = run_apply(found, data, numbers or batched(found, str(name)), scales())
    for number in done.applied:
        click.echo(f"#{number} was applied.")
    if done.failed:
        click.echo(show.visible(done.error), err=True)
        if done.new_batch:
            click.echo(f"What is left is now batch {show.visible(done.new_batch)}.", err=True)
    ctx.exit(EXIT_FINDINGS if done.failed else EXIT_CLEAN)


@queue.command()
@click.argument("number", type=click.IntRange(1))
@click.option("--reason", required=True, help="Why, for its author and for the audit.")
@repository_option
def reject(number: int, reason: str, repository: str | None) -> None:
    """Close a proposal without applying it, and say why.

    Writes a comment and closes the pull request; reads nothing else. Exits 0, 2 or 3.
    """
    with hub(os.environ, repository, needs_token=True) as found:
        work.reject(found, number, reason)
    click.echo(f"#{number} was rejected.")
