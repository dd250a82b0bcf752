"""What a record must keep to.

rules/index.md       all rules
rules/<id>.md        one rule: what, why, how to fix
"""

from collections.abc import Iterator

from horde_reference.emit.reference.markdown import page, page_of, summary, table
from horde_reference.rules.rule import Rule
from horde_reference.rules.table import RULES
from horde_reference.tree import File


def emit() -> Iterator[File]:
    """Every page."""
    yield "rules/index.md", _index()
    yield from ((f"rules/{rule.id}.md", _page(rule)) for rule in RULES.values())


def _index() -> bytes:
    rows = (
        (f"[{rule.id}]({rule.id}.md)", rule.severity, "yes" if rule.fixable else "", summary(rule.doc))
        for rule in RULES.values()
    )
    what = "What `horde-reference check` looks for. Errors fail a check, warnings do not."
    return page("Rules", what, table(("rule", "severity", "fixed by `fix`", "what it asks for"), rows))


def _page(rule: Rule) -> bytes:
    first, _, rest = rule.doc.partition("\n\n")
    notes = [f"An {rule.severity}." if rule.severity == "error" else "A warning."]
    if rule.fixable:
        notes.append("`horde-reference fix` mends it.")
    if rule.excusable:
        notes.append(f'A record may state an exception, with its reason: `"exceptions": {{"{rule.id}": "…"}}`.')
    return page_of("Rules", rule.id, f"**{first}**", rest, " ".join(notes))
