"""Who asks the hosts of files, for commands that do."""

from typing import Final

import click

from horde_reference.adapters.weights import Scales
from horde_reference.workflows.hub import CLOCK

HEADS_ONLY: Final = 0
"""Bytes up to which files are fetched to be hashed where very many are looked at: none is."""


def scales(small: int | None = None) -> Scales:
    """The scales of whoever called the command line with some (`cli.main(obj=…)`), or else those of everybody."""
    given = click.get_current_context().find_object(Scales)
    if given:
        return given
    return Scales(CLOCK) if small is None else Scales(CLOCK, small=small)
