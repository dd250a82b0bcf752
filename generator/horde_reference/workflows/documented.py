"""What the pages made from the code say of parts that the emitter may not know: settings, limits, the command line."""

from types import ModuleType
from typing import Final

from horde_reference.adapters import disk, horde_answers, usage_files
from horde_reference.client import guard
from horde_reference.client.settings import PREFIX as CLIENT
from horde_reference.client.settings import ROWS as CLIENT_ROWS
from horde_reference.emit.reference.facts import Command, Facts, Number, Variable, Variables
from horde_reference.emit.schemas.field_docs import constants
from horde_reference.formats import json_reading
from horde_reference.pending import note
from horde_reference.workflows import fetched, shrinking, usage
from horde_reference.workflows.sync_settings import GONE
from horde_reference.workflows.sync_settings import PREFIX as SYNC
from horde_reference.workflows.sync_settings import ROWS as SYNC_ROWS
from horde_reference.workflows.variables import GITHUB, SURROUNDINGS

_LIMITED: Final = (disk, json_reading, guard, shrinking, usage, usage_files, horde_answers, fetched, note)
"""Modules whose limits users may meet."""


def facts(command: Command) -> Facts:
    """All of it, with the command line as it was described."""
    return Facts(
        command,
        (_client(), _sync(), _GITHUB, _SURROUNDINGS),
        tuple(Variable(SYNC + name, "", doc) for name, doc in GONE.items()),
        tuple(number for module in _LIMITED for number in _numbers(module)),
    )


_GITHUB: Final = Variables(
    "GitHub", "Who asks GitHub, and about which repository: for every command that does.", GITHUB
)
_SURROUNDINGS: Final = Variables("Surroundings", "What the system says.", SURROUNDINGS)


def _client() -> Variables:
    rows = tuple(Variable(CLIENT + row.name.upper(), row.default, row.doc) for row in CLIENT_ROWS)
    doc = (
        "Read by `open_reference()` and by the commands `query`, `get` and `status`. In code the same names hold in "
        "lower case without the prefix: `open_reference(offline=True)`. A variable that is misspelt or cannot be is an "
        "error."
    )
    return Variables("Client", doc, rows)


def _sync() -> Variables:
    rows = tuple(Variable(SYNC + row.name.upper(), row.default, row.doc) for row in SYNC_ROWS)
    return Variables("Sync", "Read by `sync plan`, `push`, `drift` and `watch`.", rows)


def _numbers(module: ModuleType) -> list[Number]:
    place = module.__name__.partition(".")[2]
    docs = {name: doc for name, doc in constants(module).items() if name.startswith("MAX_")}
    return [Number(f"{place}.{name}", f"{getattr(module, name):,}", doc) for name, doc in docs.items()]
