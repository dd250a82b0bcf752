"""The command that compares two states of the records."""

import json
from pathlib import Path

import click

from horde_reference.changes.report import as_json, as_markdown, as_text
from horde_reference.cli.options import data_option, format_option
from horde_reference.workflows.compare import compare


@click.command()
@click.argument("base")
@click.argument("head")
@data_option
@format_option("text", "markdown", "json")
def diff(base: str, head: str, data: Path, form: str) -> None:
    """Show which records differ, field by field.

    BASE and HEAD are folders of records, or git revisions, whose records are then read from --data inside the
    repository. Writes nothing. Fields that a reviewer must not miss are marked. Exits 0 whether or not there are
    differences, 2 or 3.
    """
    changes = compare(base, head, data)
    match form:
        case "json":
            click.echo(json.dumps(as_json(changes), indent=2, ensure_ascii=False))
        case "markdown":
            click.echo(as_markdown(changes), nl=False)
        case _:
            click.echo(as_text(changes))
