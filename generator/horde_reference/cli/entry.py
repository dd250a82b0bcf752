"""Where the command `horde-reference` begins: says what to install where not even that is which it begins with."""

import sys

from horde_reference.cli.missing import needs
from horde_reference.errors import EXIT_CANNOT_RUN

try:
    from horde_reference.cli.main import cli
except ModuleNotFoundError as missing:
    sys.stderr.write(f"{needs('The command line', missing)}\n")
    sys.exit(EXIT_CANNOT_RUN)


def main() -> None:
    """Run the command line."""
    cli()
