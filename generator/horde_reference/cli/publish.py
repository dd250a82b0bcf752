"""Commands that write what is published, or what is generated from the code: build, schemas, docs."""

import json
from pathlib import Path

import click

from horde_reference.cli import show
from horde_reference.cli.bar import progress
from horde_reference.cli.described import described
from horde_reference.cli.options import data_option, folder_option, format_option
from horde_reference.emit.hosting.host import Host
from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS
from horde_reference.workflows.build import Built, Wishes
from horde_reference.workflows.build import build as run_build
from horde_reference.workflows.fetched import FetchedFiles
from horde_reference.workflows.generated import refresh_docs, refresh_forms, refresh_schemas
from horde_reference.workflows.shrinking import MAX_SHRINK


@click.command()
@data_option
@folder_option("--out", default="public", help="Web root to make.")
@click.option(
    "--host", type=click.Choice([host.value for host in Host]), default=Host.PLAIN.value, show_default=True,
    help="What will serve the tree, which is arranged for it.",
)  # fmt: skip
@click.option(
    "--max-shrink", type=click.FloatRange(0, 1), default=MAX_SHRINK, show_default=True,
    help="Share of its records that a category may lose since the last build.",
)  # fmt: skip
@click.option("--allow-shrink", is_flag=True, help="Publish whatever a category lost.")
@click.option("--require-history", is_flag=True, help="Exit 3 where git does not say all that happened to the records.")
@click.option(
    "--published", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="head.json as it is published now, if not that of --out: its commit must be part of the history.",
)  # fmt: skip
@click.option("--usage", type=click.Path(path_type=Path), help="Snapshot of usage that `usage fetch` made.")
@click.option("--usage-series", type=click.Path(path_type=Path), help="Folder of the days that `usage fetch` kept.")
@click.option("--queue", type=click.Path(path_type=Path), help="Pending queue that `queue fetch` made.")
@click.option("--site/--no-site", default=True, show_default=True, help="Make the pages that people read as well.")
@click.option(
    "--docs", type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder in which `make docs` made the documentation, to publish it as docs/.",
)  # fmt: skip
@format_option(*show.FINDING_FORMATS)
@click.pass_context
def build(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    data: Path,
    out: Path,
    host: str,
    max_shrink: float,
    *,
    allow_shrink: bool,
    require_history: bool,
    published: Path | None,
    usage: Path | None,
    usage_series: Path | None,
    queue: Path | None,
    site: bool,
    docs: Path | None,
    form: str,
) -> None:
    """Build everything that clients and people read.

    Reads the records of --data and checks them, and their history from git; without it, times, audit trail
    and changes are published empty, with a warning. Asks nobody: how much models are used is read from
    --usage, what pull requests propose from --queue; each is published with its age, or as unknown.
    Writes --out, a web root: api/, legacy/, schemas/, changes/, audit/, head.json, and the pages of the site:
    index.html, models/, statistics/, risk/, families/, news/, queue/, propose/, records/, search/, assets/, and
    docs/ with --docs. The new tree takes the place of the old one in one step, so an interrupted build changes
    nothing; files that did not change are not touched. Refuses a folder that holds anything else, and a category
    that shrank too much. Exits 0, 1 if the records have errors, 2 or 3.
    """
    if max_shrink != max_shrink:  # noqa: PLR0124 - only "not a number" differs from itself
        raise click.UsageError("--max-shrink must be a number.")
    if docs and not site:
        raise click.UsageError("--docs is part of the site, which --no-site leaves out.")
    fetched = FetchedFiles(usage, usage_series, queue)
    share = 1.0 if allow_shrink else max_shrink
    wishes = Wishes(Host(host), share, require_history, published, fetched, site, docs)
    ctx.exit(_tell(run_build(data, out, wishes, progress=progress()), out, form))


def _tell(built: Built, out: Path, form: str) -> int:
    """Say what a build did; gives the exit code."""
    written = built.written
    facts = {"files": written.files, "written": written.written, "removed": written.removed} if written else {}
    code = EXIT_CLEAN
    if form == "json" or not built.unchanged:
        code = show.findings(built.findings, form, counts=dict(built.counts), unchanged=built.unchanged, **facts)
    if form == "text":
        click.echo(_built(built, out))
    if built.lost_docs:
        click.echo("docs/ was there and is gone: --docs names the documentation, as `make build` does.", err=True)
    return code


def _built(built: Built, out: Path) -> str:
    if built.written is None:
        return f"Nothing was built: {out} is as it was."
    records, done = sum(built.counts.values()), built.written
    changes = f"{done.written} written, {done.removed} removed"
    if built.unchanged:
        changes = f"unchanged, still with {show.counted(built.warnings, 'warning')}"
    return f"{records} records in {done.files} files below {out}: {changes}."


@click.command()
@folder_option("--into", default="schemas", help="Folder of the schemas.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file differs.")
@format_option("text", "json")
@click.pass_context
def schemas(ctx: click.Context, into: Path, *, check: bool, form: str) -> None:
    """Write the JSON Schemas of everything that people edit or programs read, and the OpenAPI document.

    Reads nothing but this program. Makes --into hold them and nothing else; with --check only compares.
    Exits 0, 1 if --check found a difference, 2 or 3.
    """
    ctx.exit(_report(refresh_schemas(into, check=check), into, form, check=check))


@click.command()
@folder_option("--site", default="site", help="Folder of the site's pages.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file differs.")
@format_option("text", "json")
@click.pass_context
def docs(ctx: click.Context, site: Path, *, check: bool, form: str) -> None:
    """Write the pages of the documentation that are made from the code: rules, commands, fields, settings, the API.

    Reads nothing but this program. Makes the folders rules/ and reference/ of --site hold these pages and nothing
    else; with --check only compares. Exits 0, 1 if --check found a difference, 2 or 3.
    """
    root = ctx.find_root().command
    changed = refresh_docs(site, described(root, "horde-reference"), check=check)
    ctx.exit(_report(changed, site, form, check=check))


@click.command()
@folder_option("--into", default=".github/ISSUE_TEMPLATE", help="Folder of the issue forms.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file differs.")
@format_option("text", "json")
@click.pass_context
def forms(ctx: click.Context, into: Path, *, check: bool, form: str) -> None:
    """Write the issue forms in which people propose models.

    Reads nothing but this program: the questions are the fields of the records. Makes --into hold these forms and
    nothing else; with --check only compares. Exits 0, 1 if --check found a difference, 2 or 3.
    """
    ctx.exit(_report(refresh_forms(into, check=check), into, form, check=check))


def _report(changed: list[str], folder: Path, form: str, *, check: bool) -> int:
    if form == "json":
        click.echo(json.dumps({"changed": changed}, indent=2))
    else:
        for path in changed:
            click.echo(f"{folder / path} {'differs' if check else 'written'}")
        click.echo(f"{len(changed)} {'differ' if check else 'changed'}." if changed else "Everything is up to date.")
    return EXIT_FINDINGS if check and changed else EXIT_CLEAN
