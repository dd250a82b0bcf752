"""Variables of the environment.

reference/settings.md
"""

from collections.abc import Iterable, Iterator

from horde_reference.emit.reference.facts import Facts, Variable
from horde_reference.emit.reference.markdown import code, line, page, prose, table
from horde_reference.tree import File


def emit(facts: Facts) -> Iterator[File]:
    """The page."""
    what = "Programs and commands are set up by variables of the environment. Options of a command win over them."
    parts = (part for group in facts.variables for part in (f"## {group.title}", prose(group.doc), _table(group.rows)))
    passed = ((code(one.name), line(one.doc)) for one in facts.gone)
    yield (
        "reference/settings.md",
        page(
            "Settings",
            what,
            *parts,
            "## No longer needed",
            "Variables of the service that this replaces, which are passed over.",
            table(("variable", "instead"), passed),
        ),
    )


def _table(rows: Iterable[Variable]) -> str:
    cells = ((code(one.name), line(one.doc), code(one.default)) for one in rows)
    return table(("variable", "what for", "default"), cells)
