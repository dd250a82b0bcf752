"""The one issue about downloads that do not work: opened, kept up to date, closed, and opened again."""

from typing import Final

from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Label
from horde_reference.links.body import LABEL, MARK, TITLE, body, farewell
from horde_reference.links.report import Report
from horde_reference.workflows.standing_issue import Matter, Told, ours, say, settle

_MATTER: Final = Matter(Label(LABEL, "b60205", "Downloads of published records do not work"), MARK, TITLE)


def tell(repository: Repository, found: Report) -> Told:
    """Have one open issue where downloads are broken, and none where they are not.

    What is broken for the first time opens nothing, but keeps open what is: it may be on the list already, and only the
    report before be lost.

    Raises what `Connection.request` raises.
    """
    there = ours(repository, _MATTER)
    if found.confirmed or (found.broken and there and there.state == "open"):
        return say(repository, _MATTER, there, body(found))
    return Told("nothing") if found.broken else settle(repository, there, farewell(found))
