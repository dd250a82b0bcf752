"""The group of all commands, and the one place where errors become exit codes."""

from typing import Any

import click

from horde_reference.cli import audit, compare, preview, publish, records
from horde_reference.errors import EXIT_CANNOT_RUN, HordeReferenceError
from horde_reference.version import __version__


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


@click.group(cls=_Boundary, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="horde-reference")
def cli() -> None:
    r"""The AI-Horde model reference as files.

    \b
    Exit codes of every command:
      0  done and clean; warnings do not count
      1  findings, or differences where --check was asked for
      2  wrong usage
      3  could not run; a build leaves its output as it was
    """


for command in (
    records.adopt,
    records.check,
    records.fix,
    publish.build,
    publish.schemas,
    publish.docs,
    compare.diff,
    audit.audit,
    preview.serve,
):
    cli.add_command(command)
