"""Commands that take records to a spreadsheet and back: records export, records import."""

from pathlib import Path

import click

from horde_reference.adapters.disk import write_file
from horde_reference.changes.report import as_json, as_text
from horde_reference.cli import show
from horde_reference.cli.options import data_option, format_option
from horde_reference.errors import EXIT_CLEAN
from horde_reference.proposals.table import BOM
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.tables import export_table, import_table, write_files

_category = click.argument("category", type=click.Choice(list(CATEGORIES)))


@click.group()
def records() -> None:
    """Edit many records at once, in a spreadsheet."""


@records.command(name="export")
@_category
@data_option
@click.option("--csv", "into", type=click.Path(path_type=Path), help="File to write, instead of printing the table.")
@click.option("--fields", default="", metavar="A,B", help="Columns, by path in the record; the name is always one.")
def export(category: str, data: Path, into: Path | None, fields: str) -> None:
    """Write the records of a category as a table: a row a record, a column a field.

    Reads the records of --data. Writes CSV in UTF-8 to --csv, or prints it. Lists are parted by commas, what is
    nested is JSON; a text that a spreadsheet would take for a formula gets a ' in front, which importing takes off.
    Exits 0, 2 or 3.
    """
    table = export_table(data, category, tuple(one for one in fields.split(",") if one.strip()))
    if into is None:
        click.echo(table, nl=False, color=True)
    else:
        write_file(into, (BOM + table).encode())
        click.echo(f"{into} written.")


@records.command(name="import")
@_category
@click.argument("table", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@data_option
@click.option("--dry-run", is_flag=True, help="Write nothing; only say what would change.")
@format_option("text", "json")
@click.pass_context
def import_(ctx: click.Context, category: str, table: Path, data: Path, *, dry_run: bool, form: str) -> None:
    """Take what was changed in a table over into the records.

    Reads TABLE, which `records export` made, and the records of --data. Cells that say something else than the
    record are taken over, an empty one removes the field; a new name makes a new record; a row that is missing
    removes nothing. Commas, semicolons and tabs may part the cells. Prints what changes and all that is wrong,
    with the line in the table. Writes below --data, and nothing at all where anything is wrong. Exits 0, 1 if there
    are errors, 2 or 3.
    """
    found = import_table(table, data, category)
    code = EXIT_CLEAN
    if found.findings or form == "json":
        code = show.findings(found.findings, form, changes=as_json(found.changes), files=sorted(found.files))
    if code == EXIT_CLEAN and not dry_run:
        write_files(found.files, data)
    if form == "text" and code == EXIT_CLEAN:
        click.echo("\n".join(map(show.visible, as_text(found.changes).split("\n"))))
        click.echo(_outcome(len(found.files), dry_run=dry_run))
    ctx.exit(code)


def _outcome(number: int, *, dry_run: bool) -> str:
    return f"{show.counted(number, 'file')} {'would be ' if dry_run else ''}written."
