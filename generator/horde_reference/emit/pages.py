"""Pages of the documentation that are made from the code.

rules/index.md       all rules
rules/<id>.md        one rule: what, why, how to fix
"""

from collections.abc import Iterator
from typing import Final

from horde_reference.rules.rule import Rule
from horde_reference.rules.table import RULES
from horde_reference.tree import File

MARK: Final = "<!-- Made from the code by `horde-reference docs`. -->"
"""First line of every page, which says that it may be overwritten."""


def emit() -> Iterator[File]:
    """Every page."""
    pages = {"index": _index()} | {rule.id: _page(rule) for rule in RULES.values()}
    for name, text in pages.items():
        yield f"rules/{name}.md", f"{MARK}\n\n{text}".encode()


def _index() -> str:
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.severity} | {'yes' if rule.fixable else ''} | {rule.summary} |"
        for rule in RULES.values()
    ]
    head = [
        "# Rules",
        "",
        "What `horde-reference check` looks for. Errors fail a check, warnings do not.",
        "",
        "| rule | severity | fixed by `fix` | what it asks for |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


def _page(rule: Rule) -> str:
    summary, _, rest = rule.doc.partition("\n\n")
    notes = [f"An {rule.severity}." if rule.severity == "error" else "A warning."]
    if rule.fixable:
        notes.append("`horde-reference fix` mends it.")
    if rule.excusable:
        notes.append(f'A record may state an exception, with its reason: `"exceptions": {{"{rule.id}": "…"}}`.')
    return f"# {rule.id}\n\n**{summary}**\n\n{rest}\n\n{' '.join(notes)}\n"
