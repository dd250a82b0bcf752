"""The command line.

reference/commands/index.md       all commands, and exit codes
reference/commands/<name>.md      one command, or a group with those that it holds
"""

from collections.abc import Iterator

from horde_reference.emit.reference.facts import Command
from horde_reference.emit.reference.markdown import code, document, fenced, line, page, page_of, prose, summary, table
from horde_reference.tree import File

FOLDER = "reference/commands"


def emit(root: Command) -> Iterator[File]:
    """Every page."""
    yield f"{FOLDER}/index.md", _index(root)
    yield from ((f"{FOLDER}/{one.name}.md", _page(one)) for one in root.commands)


def _index(root: Command) -> bytes:
    rows = ((_link(one, command), line(summary(one.doc))) for command in root.commands for one in _runnable(command))
    return page("Commands", document(root.doc), table(("command", "what it does"), rows), *_body(root))


def _runnable(command: Command) -> Iterator[Command]:
    """Commands that do something: a group only holds others."""
    return (one for one in command.all() if not one.commands)


def _link(one: Command, command: Command) -> str:
    words = one.path.partition(" ")[2]
    anchor = "" if one is command else f"#{words.replace(' ', '-')}"
    return f"[`{words}`]({command.name}.md{anchor})"


def _page(command: Command) -> bytes:
    inner = (part for one in command.all() if one is not command for part in _section(one))
    return page_of("Commands", command.name, document(command.doc), *_body(command), *inner)


def _section(command: Command) -> Iterator[str]:
    words = command.path.split(" ")[1:]
    yield f"{'#' * len(words)} {' '.join(words)}"
    yield document(command.doc)
    yield from _body(command)


def _body(command: Command) -> Iterator[str]:
    yield fenced(f"{command.path} {command.usage}", "text")
    yield table(("option", "what for"), ((code(written), prose(line(said))) for written, said in command.options))
