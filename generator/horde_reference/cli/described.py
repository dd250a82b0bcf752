"""The command line as values, for the documentation."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from horde_reference.emit.reference.facts import Command


def described(command: click.Command, name: str, parent: click.Context | None = None) -> Command:
    """A command and those inside it, as `--help` would tell of each.

    Args:
        command: of click.
        name: what it is called where it stands.
        parent: context of the group that it stands in.
    """
    ctx = click.Context(command, info_name=name, parent=parent, terminal_width=1000)
    usage = " ".join(command.collect_usage_pieces(ctx))
    return Command(ctx.command_path, usage, cleandoc(command.help or ""), tuple(_options(ctx)), tuple(_inside(ctx)))


def _options(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """As `--help` lists them, but for itself. Arguments stand in the usage."""
    for parameter in ctx.command.params:
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)):
            yield record


def _inside(ctx: click.Context) -> Iterator[Command]:
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            if inner := ctx.command.get_command(ctx, name):
                yield described(inner, name, ctx)
