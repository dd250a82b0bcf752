"""Commands on the records: adopt, check, fix."""

from contextlib import ExitStack
from pathlib import Path

import click

from horde_reference.adapters.git.checkouts import checkout
from horde_reference.cli import show
from horde_reference.cli.bar import progress
from horde_reference.cli.options import data_option, folder_option, format_option, paths_argument, selected
from horde_reference.finding import Finding
from horde_reference.workflows.adopt import adopt as run_adopt
from horde_reference.workflows.fix import fix as run_fix
from horde_reference.workflows.gather import gather
from horde_reference.workflows.shrinking import MAX_SHRINK


@click.command()
@click.option("--image", metavar="DIR|URL", help="The image repository: a folder, or an address to clone.")
@click.option("--text", metavar="DIR|URL", help="The text repository: a folder, or an address to clone.")
@folder_option("--into", default="data", help="Folder of the records.")
@click.option("--prune", is_flag=True, help="Remove records that came from a legacy file and no longer stand there.")
@click.option("--allow-shrink", is_flag=True, help="With --prune: remove however many.")
@format_option(*show.FINDING_FORMATS)
@click.pass_context
def adopt(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context, image: str | None, text: str | None, into: Path, *, prune: bool, allow_shrink: bool, form: str
) -> None:
    """Turn the two legacy repositories into records.

    Reads the JSON files of the image repository and models.csv of the text repository. Writes one file a record
    below --into, changing only those that differ; running it again changes nothing. Where a record was edited here
    and says otherwise, the legacy files win. Says what could not be represented, and which exceptions it stated so
    that the records pass the checks. Exits 0, 1 if a legacy record had to be left out, 2 or 3.
    """
    if not (image or text):
        raise click.UsageError("Name --image, --text, or both.")
    with ExitStack() as stack:
        image_folder, text_folder = (
            stack.enter_context(checkout(source)) if source else None for source in (image, text)
        )
        adopted = run_adopt(
            image_folder, text_folder, into, prune=prune, max_shrink=1.0 if allow_shrink else MAX_SHRINK
        )
    facts = {"counts": adopted.counts, "written": adopted.written, "removed": adopted.removed}
    code = show.findings(adopted.findings, form, **facts)
    if form == "text":
        for category, count in adopted.counts.items():
            click.echo(f"{count:6} {category}")
        click.echo(f"{len(adopted.written)} files written, {len(adopted.removed)} removed.")
    ctx.exit(code)


@click.command()
@paths_argument
@data_option
@format_option(*show.FINDING_FORMATS)
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], data: Path, form: str) -> None:
    """Check records against every rule.

    Reads all records of --data, since records must fit to each other; with PATHS, files or folders inside it,
    prints only what concerns those. Writes nothing. Prints each finding with file, line, JSON pointer, rule and
    what to do; --format github prints them as workflow annotations. Exits 0, 1 if there are errors (warnings do
    not count), 2 or 3.
    """
    chosen = selected(paths, data)
    checked = gather(data, progress())
    found = [one for one in checked.findings if _inside(one, data) in chosen]
    ctx.exit(show.findings(found, form, counts=checked.corpus.counts()))


def _inside(finding: Finding, data: Path) -> str:
    return Path(finding.path).relative_to(data).as_posix()


@click.command()
@paths_argument
@data_option
@format_option("text", "json")
@click.pass_context
def fix(ctx: click.Context, paths: tuple[Path, ...], data: Path, form: str) -> None:
    """Mend what can be mended safely.

    Reads the records of --data, or only PATHS inside it. Rewrites files in canonical form: order of keys,
    indentation, hashes in lower case, stray blanks, known misspellings, exceptions that are no longer needed.
    Never changes what a record means; running it again changes nothing. Prints what is still wrong. Exits 0, 1
    if errors remain, 2 or 3.
    """
    chosen = selected(paths, data)
    mended = run_fix(data, chosen, progress=progress())
    left = [one for one in mended.findings if _inside(one, data) in chosen]
    if form == "text":
        for path in mended.paths:
            click.echo(f"Mended {(data / path).as_posix()}")
    ctx.exit(show.findings(left, form, mended=mended.paths))
