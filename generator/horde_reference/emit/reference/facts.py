"""What pages are made from and this package cannot see for itself: whoever can hands it over as these values."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the command line, or a group of them."""

    path: str
    """What is typed to run it: `horde-reference queue list`."""
    usage: str
    """What stands behind that: names of options and arguments."""
    doc: str
    """What it does, in paragraphs."""
    options: tuple[tuple[str, str], ...] = ()
    """How each is written, and what it is for."""
    commands: tuple["Command", ...] = ()
    """What a group holds."""

    @property
    def name(self) -> str:
        """The last word of its path."""
        return self.path.rpartition(" ")[2]

    def all(self) -> Iterator["Command"]:
        """This one and those inside it, at any depth."""
        yield self
        for one in self.commands:
            yield from one.all()


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment."""

    name: str
    """Its whole name."""
    default: str
    """What holds where it is not set, as it would be set."""
    doc: str
    """What it is for."""


@dataclass(frozen=True, slots=True)
class Variables:
    """Variables that belong together."""

    title: str
    """What they are for, in a few words."""
    doc: str
    """Who reads them, and when."""
    rows: tuple[Variable, ...]
    """The variables."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that something turns on."""

    place: str
    """Where it stands in the code."""
    value: str
    """What it is."""
    doc: str
    """What it decides."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it."""

    command: Command
    """The command line, whole."""
    variables: tuple[Variables, ...]
    """The environment."""
    gone: tuple[Variable, ...]
    """Variables that are passed over, and what to do instead."""
    numbers: tuple[Number, ...]
    """Limits."""
