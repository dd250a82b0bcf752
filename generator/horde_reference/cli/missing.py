"""What to say where a library is missing: the base installation has only what the client needs."""

from typing import Final

INSTALL: Final = "pip install 'horde-reference[generator]'"
"""What installs all libraries of all commands."""


def needs(what: str, missing: ModuleNotFoundError) -> str:
    """The sentence for somebody whose installation lacks a library.

    Raises:
        ModuleNotFoundError: it is a module of this package that is missing, which is a fault of ours.
    """
    if (missing.name or "").startswith("horde_reference"):
        raise missing
    return f"{what} needs the library {missing.name}, which is not installed. Install it with: {INSTALL}"
