"""Commands on proposals: what there is to say of one, and saying it on GitHub."""

import os
from pathlib import Path

import click

from horde_reference.cli import show
from horde_reference.cli.asking import scales
from horde_reference.cli.options import data_option, folder_option, format_option, repository_option
from horde_reference.errors import EXIT_CLEAN, EXIT_FINDINGS
from horde_reference.pending.comment import comment
from horde_reference.pending.note import Note, encode
from horde_reference.pending.review import Review, labels_of
from horde_reference.workflows.answering import answer as run_answer
from horde_reference.workflows.hub import hub
from horde_reference.workflows.previewing import preview as run_preview
from horde_reference.workflows.previewing import read_note
from horde_reference.workflows.review import review as run_review
from horde_reference.workflows.review_downloads import with_downloads

downloads_option = click.option(
    "--downloads", is_flag=True, help="Ask the hosts of the files that it adds or changes, too."
)


@click.group()
def review() -> None:
    """Look at proposals: branches and pull requests that change records."""


@review.command()
@click.argument("base")
@click.argument("head")
@data_option
@format_option("text", "github", "markdown", "json")
@downloads_option
@click.pass_context
def report(ctx: click.Context, base: str, head: str, *, data: Path, form: str, downloads: bool) -> None:
    """Say what a branch would do.

    Merges HEAD into BASE in memory and reads the records of the result: nothing is checked out, nothing of the
    branch is run. Shows what is wrong that was not wrong before, and which records change, field by field. BASE
    and HEAD are revisions of the repository around --data. Writes nothing. Exits 0, 1 if there is something to
    mend, 2 or 3.
    """
    found = run_review(data, base, head)
    if downloads:
        found = with_downloads(data, found, scales())
    if form == "markdown":
        click.echo(comment(found), nl=False)
    else:
        show.findings(found.findings, form, **_facts(found))
        for path in found.conflicts:
            click.echo(f"{show.visible(path)}: error [conflict] BASE has changed the same since.", err=form == "json")
    ctx.exit(EXIT_FINDINGS if found.errors else EXIT_CLEAN)


def _facts(found: Review) -> dict[str, object]:
    changes = [
        {
            "category": change.category,
            "name": change.name,
            "operation": change.operation,
            "fields": [{"field": one.field, "old": one.old, "new": one.new} for one in change.fields()],
        }
        for change in found.changes
    ]
    views = [{"path": one.path, "added": one.added, "removed": one.removed} for one in found.views]
    return {
        "changes": changes,
        "views": views,
        "outside": list(found.outside),
        "conflicts": list(found.conflicts),
        "labels": labels_of(found),
    }


@review.command()
@click.argument("base")
@click.argument("head")
@data_option
@folder_option("--out", default="preview", help="Web root to make.")
@click.option(
    "--note", type=click.Path(path_type=Path), help="File that says which pull request this is, for `answer`."
)
@click.option("--number", type=click.IntRange(1), help="Number of the pull request, for the note.")
def preview(base: str, head: str, data: Path, out: Path, note: Path | None, number: int | None) -> None:
    """Build what would be published if a branch were merged.

    Reads both, merges HEAD into BASE in memory and builds the records of the result, without their history. Writes
    --out, and with --note a small file for `review answer --note`. Exits 0, 1 if the records have errors, 2 or 3.
    """
    if note and number:
        note.write_bytes(encode(Note(number)))
    built = run_preview(data, base, head, out)
    click.echo(f"{out}: {'nothing was built, as there is something to mend' if built.written is None else 'built'}.")
    click.get_current_context().exit(EXIT_FINDINGS if built.written is None else EXIT_CLEAN)


@review.command()
@click.argument("number", type=click.IntRange(1), required=False)
@click.option("--note", type=click.Path(path_type=Path), help="File of `preview` that says the number.")
@data_option
@repository_option
@click.option("--head", help="Commit that this is about: one that was pushed since is not answered in its name.")
@click.option("--preview", metavar="URL", help="Address of what was built of it.")
@downloads_option
def answer(  # noqa: PLR0913 - one argument an option
    number: int | None,
    note: Path | None,
    *,
    data: Path,
    repository: str | None,
    head: str | None,
    preview: str | None,
    downloads: bool,
) -> None:
    """Say on a pull request what there is to say of it.

    Reads pull request NUMBER and its commits, and writes on GitHub: one comment, which is kept up to date; its
    labels; and the check `approval`. Needs a token in GITHUB_TOKEN. Run it in a clone of the main branch: of the pull
    request only its records are read. A --note is believed no further than the number in it, and with --head only if
    that is the commit which the pull request proposes. Exits 0, 2 or 3.
    """
    if (number is None) == (note is None):
        raise click.UsageError("Name the pull request, or a --note that does.")
    number = number or read_note(Path(str(note))).number
    with hub(os.environ, repository, needs_token=True) as found:
        asking = scales() if downloads else None
        said = run_answer(found, data, number, head=head, preview=preview, scales=asking)
    reviewed = said.candidate.review
    labels = ", ".join(labels_of(reviewed)) or "no labels"
    click.echo(f"#{number}: {show.counted(reviewed.errors, 'error')}, {labels}.")
    if not said.has_check:
        click.echo("The check was not set: that takes the token of an App which may write checks.", err=True)
