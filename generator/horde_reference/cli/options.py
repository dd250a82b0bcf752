"""Options and arguments that several commands share."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Folder of the records.",
)


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


def selected(paths: Sequence[Path], data: Path) -> set[str] | None:
    """Files below the data folder that the user named, relative to it; `None` where none was named, for all.

    Raises:
        click.UsageError: a path does not exist or lies outside the folder.
    """
    if not paths:
        return None
    found: set[str] = set()
    for path in paths:
        try:
            inside = path.resolve().relative_to(data.resolve())
        except ValueError:
            raise click.UsageError(f"{path} is not inside {data}; name another folder with --data.") from None
        if not path.exists():
            raise click.UsageError(f"{path} does not exist.")
        files = path.rglob("*.json") if path.is_dir() else [path]
        found.update(
            (data.resolve() / inside / file.relative_to(path)).relative_to(data.resolve()).as_posix() for file in files
        )
    return found
