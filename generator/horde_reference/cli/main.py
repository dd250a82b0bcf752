"""The group of all commands, and the one place where errors become exit codes."""

from collections import UserDict
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from horde_reference.cli.missing import INSTALL, needs
from horde_reference.errors import EXIT_CANNOT_RUN, CannotRun, HordeReferenceError
from horde_reference.version import __version__

COMMANDS: Final = {
    "query": "client:query",
    "get": "client:get",
    "status": "client:status",
    "adopt": "records:adopt",
    "check": "records:check",
    "fix": "records:fix",
    "records": "tables:records",
    "build": "publish:build",
    "schemas": "publish:schemas",
    "docs": "publish:docs",
    "forms": "publish:forms",
    "publish": "publishing:publish",
    "diff": "compare:diff",
    "audit": "audit:audit",
    "serve": "preview:serve",
    "name": "names:name",
    "groups": "groups:groups",
    "review": "review:review",
    "queue": "queue:queue",
    "care": "care:care",
    "propose": "propose:propose",
    "sync": "sync:sync",
    "stats": "analytics:stats",
    "risk": "analytics:risk",
    "popular": "analytics:popular",
    "usage": "usage:usage",
}
"""Name of a command → module of this package and what it is called there."""


class _Loaded(UserDict[str, click.Command]):
    """The commands, each loaded when it is asked for: a query does not wait for what builds, nor needs it."""

    def __getitem__(self, name: str) -> click.Command:
        if name not in self.data:
            self.data[name] = _load(name)
        return self.data[name]

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _load(name: str) -> click.Command:
    module, _, attribute = COMMANDS[name].partition(":")
    try:
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), attribute)
    except ModuleNotFoundError as missing:
        return _stand_in(name, needs(f"The command {name}", missing))
    return command


def _stand_in(name: str, sentence: str) -> click.Command:
    """What stands for a command that lacks a library: takes whatever that would take, and says what to install."""
    return click.Command(
        name,
        callback=partial(_refuse, sentence),
        help=sentence,
        short_help=f"Needs: {INSTALL}",
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )


def _refuse(sentence: str) -> NoReturn:
    raise CannotRun(sentence)


class _Boundary(click.Group):
    """Turns the errors that this package raises on purpose into a sentence and exit code 3."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read the output has seen enough
            raise
        except HordeReferenceError as error:
            return _cannot_run(ctx, str(error))
        except OSError as error:
            return _cannot_run(ctx, f"{error.filename or 'The system'}: {error.strerror or error}.")


def _cannot_run(ctx: click.Context, message: str) -> None:
    click.secho("Error: ", nl=False, err=True, fg="red")
    click.echo(message, err=True)
    ctx.exit(EXIT_CANNOT_RUN)


@click.group(
    cls=_Boundary,
    commands=_Loaded(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="horde-reference")
def cli() -> None:
    """The AI-Horde model reference as files.

    \b
    Exit codes of every command:
      0  done and clean; warnings do not count
      1  findings, no such model, or differences where --check was asked for
      2  wrong usage
      3  could not run; a build leaves its output as it was
    """  # noqa: D301 - click needs the character itself
