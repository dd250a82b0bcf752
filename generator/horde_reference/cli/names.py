"""Commands about the names of text models: what a name says, and a name from parts."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import click

from horde_reference.cli.options import CommandT, format_option
from horde_reference.cli.records_shown import as_json
from horde_reference.cli.show import visible
from horde_reference.formats.spreadsheet import csv_of
from horde_reference.query.errors import UnknownValue
from horde_reference.text.name_schema import NameSchema
from horde_reference.text.names import Extra, Name
from horde_reference.text.names import parse_name as parsed
from horde_reference.text.parts import ORDER, Part

COMPOSED: Final[Mapping[Part, str]] = MappingProxyType(
    {
        Part.BASE: "What the model is called, such as Llama-3.",
        Part.SIZE: "Number of parameters, such as 8B or 8x22B.",
        Part.ACTIVE: "Number of parameters that work on each token, such as A3B.",
        Part.VARIANT: "What it was trained to be, such as Instruct.",
        Part.VERSION: "Version, such as v0.1.",
        Part.DATE: "When it was made, such as 2407.",
        Part.CONTEXT: "Length of the context, such as 128K.",
        Part.PACKING: "How it is packed, such as i1 or 128g.",
        Part.QUANTISATION: "Quantisation, such as Q4_K_M.",
        Part.LEADING_VERSION: "Version in front of all, such as 4.2.0.",
    }
)
"""Parts that a name is composed of here → what the option for it says."""


@click.group()
def name() -> None:
    """Read the names of text models, and write them from parts."""


@name.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@format_option("text", "json", "csv")
def parse(names: tuple[str, ...], form: str) -> None:
    """Show what the names of text models say.

    Each NAME may have an author or a text backend in front. Reads and writes no files. In text, what a name does
    not state is left out. Exits 0, whatever the names are, or 2.
    """
    read = [parsed(one) for one in names]
    match form:
        case "json":
            click.echo(_encodable(as_json([_document(one) for one in read])))
        case "csv":
            click.echo(_encodable(csv_of(_table([_row(one) for one in read]))), nl=False, color=True)
        case _:
            click.echo("\n\n".join("\n".join(_lines(_row(one))) for one in read))


def _encodable(text: str) -> str:
    r"""The text with bytes of the command line that are no characters written as `\udcff`, as JSON has it."""
    return text.encode(errors="backslashreplace").decode()


def _document(name: Name) -> dict[str, Any]:
    return {
        "name": name.text,
        "backend": name.backend,
        "author": name.author,
        "base": name.base,
        "size": name.size,
        "active": name.active,
        "variants": name.variants,
        "versions": name.versions,
        "quantisation": name.quantisation,
        "quantisations": name.quantisations,
        "date": name.date,
        "context": name.context,
        "extras": [_extra(one) for one in name.extras],
        "group": name.group,
        "normalized": name.normalized,
    }


def _extra(extra: Extra) -> dict[str, Any]:
    return {"value": extra.value, "position": extra.position, "inferred_type": extra.kind.name}


def _row(name: Name) -> dict[str, str]:
    """Each part as one text; the extras without those that have a column of their own."""
    document = _document(name)
    own = {Part.ACTIVE, Part.DATE, Part.CONTEXT}
    document["extras"] = [f"{one.kind} {one.value}" for one in name.extras if one.kind not in own]
    return {part: value if isinstance(value, str) else ", ".join(value or ()) for part, value in document.items()}


def _table(rows: list[dict[str, str]]) -> list[list[str]]:
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def _lines(row: Mapping[str, str]) -> Iterator[str]:
    """One part a line, and the quantisations only where there are several."""
    told = {part: value for part, value in row.items() if value or part == "name"}
    if told.get("quantisations") == row["quantisation"]:
        del told["quantisations"]
    width = max(map(len, told)) + len(":  ")
    return (f"{f'{part}:':{width}}{visible(value)}" for part, value in told.items())


def _order(_ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[Part, ...]:
    if value is None:
        return ORDER
    words = [word.strip().casefold() for word in value.split(",")]
    for word in words:
        if word not in COMPOSED:
            unknown = UnknownValue(word, [str(part) for part in COMPOSED], f"There is no part {word!r}.")
            raise click.BadParameter(str(unknown), param=parameter)
    return tuple(map(Part, words))


def _part_options(command: CommandT) -> CommandT:
    for part, help_ in reversed(list(COMPOSED.items())):
        command = click.option(f"--{part}", required=part is Part.BASE, help=help_)(command)
    return command


@name.command()
@click.option("--author", help="Who made the model; stands in front, with a slash behind it.")
@_part_options
@click.option("--separator", default=NameSchema().separator, show_default=True, help="What stands between two parts.")
@click.option(
    "--order", metavar="PART,PART,...", callback=_order,
    help=f"Order of the parts, instead of {','.join(COMPOSED)}.",
)  # fmt: skip
def compose(*, author: str | None, separator: str, order: tuple[Part, ...], **parts: str | None) -> None:
    """Write the name of a text model from its parts.

    Reads and writes no files. Prints the name. Values stand in it as they are. Exits 0, or 2 if there is no base, or
    the order leaves out a part that is stated or names one twice.
    """
    try:
        click.echo(visible(NameSchema(separator, order).compose(author=author, **parts)))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
