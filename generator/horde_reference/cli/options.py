"""Options and arguments that several commands share."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from horde_reference.workflows.selection import EVERYTHING, Selection

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def folder_option(*names: str, default: str, help: str) -> Callable[[CommandT], CommandT]:  # noqa: A002 - as click calls it
    """An option that names a folder."""
    return click.option(*names, type=click.Path(path_type=Path), default=Path(default), show_default=True, help=help)


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
