"""Options and arguments that several commands share."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from horde_reference.client.settings import Settings
from horde_reference.workflows.selection import EVERYTHING, Selection

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def folder_option(*names: str, default: str, help: str) -> Callable[[CommandT], CommandT]:  # noqa: A002 - as click calls it
    """An option that names a folder."""
    return click.option(*names, type=click.Path(path_type=Path), default=Path(default), show_default=True, help=help)


def with_options(options: Sequence[Callable[[CommandT], CommandT]]) -> Callable[[CommandT], CommandT]:
    """Options of several commands, shown in this order."""

    def decorate(command: CommandT) -> CommandT:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


repository_option = click.option(
    "--repository", metavar="OWNER/NAME", help="Repository on GitHub; by default that of GITHUB_REPOSITORY."
)
data_option = folder_option("--data", default="data", help="Folder of the records.")


def format_option(*formats: str) -> Callable[[CommandT], CommandT]:
    """An option for the form of the output; the first is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Form of the output.",
    )


def web_address(_ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    """An address on the web.

    Raises:
        click.BadParameter: it is none.
    """
    if not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"{value!r} does not begin with http:// or https://.", param=parameter)
    return value


def _addresses(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(web_address(ctx, parameter, value) for value in values)


_SOURCE_OPTIONS = (
    click.option(
        "--url", metavar="URL", multiple=True, callback=_addresses,
        help="Address of a published tree, instead of that of the settings; several: the first that answers.",
    ),
    click.option("--directory", type=click.Path(), help="Read a built tree or a checkout, and ask nobody else."),
    click.option("--offline", is_flag=True, help="Ask nobody: read copies, or else what came with the package."),
    click.option("--pin", type=click.IntRange(1), help="Read the edition of this number instead of the newest."),
)  # fmt: skip


source_options = with_options(_SOURCE_OPTIONS)
"""The options that say where records are read from."""


def settings_with(*, url: tuple[str, ...], directory: str | None, offline: bool, pin: int | None) -> Settings:
    """The settings of the environment, but for what these options state.

    Raises:
        CannotRun: an environment variable has a value that cannot be.
        click.UsageError: options contradict each other.
    """
    if url and directory:
        raise click.UsageError("Name --url or --directory, not both.")
    # A folder is read before all addresses, so who states an address wants none that the environment states.
    stated: dict[str, Any] = {"url": url, "directory": ""} if url else {}
    said = {"directory": directory, "offline": offline, "pin": pin}
    return Settings.from_environment().replaced(**stated, **{name: value for name, value in said.items() if value})


paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


def selected(paths: Sequence[Path], data: Path) -> Selection:
    """Files below the data folder that the user named; all of them where none was named.

    Raises:
        click.UsageError: a path does not exist or lies outside the folder.
    """
    if not paths:
        return EVERYTHING
    return Selection(frozenset(_inside(path, data) for path in paths))


def _inside(path: Path, data: Path) -> str:
    if not path.is_symlink() and not path.exists():
        raise click.UsageError(f"{path} does not exist.")
    for seen, root in ((Path(os.path.abspath(path)), Path(os.path.abspath(data))), (path.resolve(), data.resolve())):  # noqa: PTH100 - a link is meant itself, not what it leads to
        if seen.is_relative_to(root):
            return seen.relative_to(root).as_posix()
    raise click.UsageError(f"{path} is not inside {data}; name another folder with --data.")
