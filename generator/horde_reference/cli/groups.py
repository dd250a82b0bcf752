"""Commands on the groups of text models: which there are, what may be wrong with them, what belongs together."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from horde_reference.cli.bar import progress
from horde_reference.cli.options import data_option, format_option
from horde_reference.cli.records_shown import aligned, as_json
from horde_reference.cli.show import counted, visible
from horde_reference.edition import Edition
from horde_reference.emit import group_lists
from horde_reference.emit.group_answers import detail
from horde_reference.emit.group_shapes import GroupDetail, GroupMember
from horde_reference.errors import EXIT_FINDINGS
from horde_reference.formats.spreadsheet import csv_of
from horde_reference.text.families import SHORTEST_PREFIX, SMALLEST_FAMILY
from horde_reference.text.groups import meant
from horde_reference.text.health import ISSUES, issues
from horde_reference.workflows.fetched import FetchedFiles
from horde_reference.workflows.survey import survey

_FORMS: Final = ("text", "json", "csv")


@click.group()
def groups() -> None:
    """Read the groups of text models: those whose names say the same but for size, version and the like.

    What group a model belongs to follows from its name. What people state of groups besides lies in three files
    below data/text_groups.
    """


@groups.command(name="list")
@data_option
@format_option(*_FORMS)
def list_(data: Path, form: str) -> None:
    """List the groups, each with its sizes, family and aliases.

    Reads the records of --data. Writes nothing. Exits 0, 2 or 3.
    """
    edition = _edition(data)
    found = group_lists.summaries(list(_in_short(edition)))
    rows = (
        (one.group_name, one.canonical_count, one.available_sizes, one.family_name, one.aliases) for one in found.groups
    )
    _print(form, found, ("group", "models", "sizes", "family", "aliases"), rows)
    if form == "text":
        click.echo(f"{counted(found.total_groups, 'group')}, {counted(found.total_models, 'model')}.")


@groups.command()
@click.argument("name")
@data_option
@format_option(*_FORMS)
@click.pass_context
def show(ctx: click.Context, name: str, data: Path, form: str) -> None:
    """Show one group and its models.

    NAME is that of the group, or an alias of it. Reads the records of --data. Writes nothing. Exits 0, 1 if there
    is no such group, 2 or 3.
    """
    edition = _edition(data)
    group = edition.text_groups.get(edition.grouping.resolve(name))
    if group is None:
        click.echo(visible(f"There is no group {name!r}. {meant(name, edition.text_groups)}"), err=True)
        ctx.exit(EXIT_FINDINGS)
    found = detail(group, edition.grouping)
    if form == "text":
        click.echo("\n".join(_facts(found, edition.grouping.aliases.get(group.name, ()))))
    head = ("name", "size", "variant", "version", "quant", "baseline")
    _print(form, found, head, map(_row, found.members))


def _facts(found: GroupDetail, aliases: Sequence[str]) -> Iterator[str]:
    said = "as stated" if found.name_schema_is_custom else "as most names have it"
    yield visible(f"group:   {found.group_name}")
    yield visible(f"names:   {found.name_format.template} ({said})")
    if found.exception_members:
        yield visible(f"not so:  {_cell(found.exception_members)}")
    if found.related_family:
        yield visible(f"family:  {found.related_family}")
    if aliases:
        yield visible(f"aliases: {_cell(aliases)}")
    yield ""


def _row(member: GroupMember) -> tuple[object, ...]:
    parsed = member.parsed
    return member.name, parsed.size, parsed.variant, parsed.version, parsed.quant, member.baseline


@groups.command()
@click.option("--issue", type=click.Choice(ISSUES), help="Only issues of this kind.")
@data_option
@format_option(*_FORMS)
def health(issue: str | None, data: Path, form: str) -> None:
    """Show what may be wrong with the groups. Most of it is no fault.

    Reads the records of --data. Writes nothing. Exits 0 whatever it shows, 2 or 3: what is worth a warning is one of
    `horde-reference check`.
    """
    every = _issues(_edition(data))
    found = group_lists.health(
        {name: [one for one in some if issue in {None, one.issue_type}] for name, some in every.items()}
    )
    rows = ((one.group_name, one.severity, one.issue_type, one.message) for one in found.issues)
    _print(form, found, ("group", "severity", "issue", "what it is"), rows)


@groups.command()
@data_option
@format_option(*_FORMS)
def families(data: Path, form: str) -> None:
    """List the families that people state, with their groups.

    Reads --data. Writes nothing. Exits 0, 2 or 3.
    """
    found = group_lists.families(_edition(data).grouping)
    _print(form, found, ("family", "groups"), ((one.family_name, one.members) for one in found.families))


@groups.command(name="detect-families")
@click.option(
    "--min-prefix-length",
    type=click.IntRange(1),
    default=SHORTEST_PREFIX,
    show_default=True,
    help="Characters that the names have in common, at least.",
)
@click.option(
    "--min-family-size", type=click.IntRange(1), default=SMALLEST_FAMILY, show_default=True,
    help="Groups of a family, at least.",
)  # fmt: skip
@data_option
@format_option(*_FORMS)
def detect_families(min_prefix_length: int, min_family_size: int, data: Path, form: str) -> None:
    """Propose families for groups that belong to none, by how their names begin.

    Reads the records of --data. Writes nothing: whoever finds a family right states it in
    data/text_groups/families.json. Exits 0, 2 or 3.
    """
    edition = _edition(data)
    found = group_lists.detected(
        edition.text_groups,
        edition.grouping,
        min_prefix_length=min_prefix_length,
        min_family_size=min_family_size,
    )
    _print(form, found, ("family", "groups"), ((one.family_name, one.members) for one in found.suggestions))


@groups.command()
@data_option
@format_option(*_FORMS)
def aliases(data: Path, form: str) -> None:
    """List other names under which groups are found.

    Reads --data. Writes nothing. Exits 0, 2 or 3.
    """
    found = group_lists.aliases(_edition(data).grouping)
    _print(form, found, ("group", "aliases"), ((one.canonical, one.aliases) for one in found.entries))


def _edition(data: Path) -> Edition:
    return survey(data, FetchedFiles(), progress())[0]


def _in_short(edition: Edition) -> Iterator[group_lists.GroupSummary]:
    for group in edition.text_groups.values():
        yield group_lists.in_short(detail(group, edition.grouping), edition.grouping, list(issues(group)))


def _issues(edition: Edition) -> group_lists.Issues:
    return {name: list(issues(group)) for name, group in edition.text_groups.items()}


def _print(form: str, document: object, head: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Print the whole as JSON, or rows with a head as CSV or as a table, or say that there are none."""
    if form == "json":
        click.echo(as_json(msgspec.to_builtins(document)))
        return
    cells = [tuple(map(_cell, row)) for row in rows]
    if form == "csv":
        click.echo(csv_of([head, *cells]), nl=False, color=True)
    elif cells:
        click.echo("\n".join(aligned([tuple(head), *(tuple(map(visible, row)) for row in cells)])))
    else:
        click.echo("There are none.")


def _cell(value: Any) -> str:  # noqa: ANN401 - a text, a number, or several texts
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
