"""Where the command `horde-reference` begins: says what to install where only the client is."""

import sys

from horde_reference.errors import EXIT_CANNOT_RUN

try:
    from horde_reference.cli.main import cli
except ModuleNotFoundError as missing:
    if (missing.name or "").startswith("horde_reference"):
        raise
    sys.stderr.write(
        f"The command line needs {missing.name}, which is not installed. "
        "Install it with: pip install 'horde-reference[generator]'\n"
    )
    sys.exit(EXIT_CANNOT_RUN)


def main() -> None:
    """Run the command line."""
    cli()
