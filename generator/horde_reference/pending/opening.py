"""What commits and pull requests of proposals say. Nothing in them works that a proposal brings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from horde_reference.changes.markdown import code, value
from horde_reference.changes.report import is_critical
from horde_reference.pending.proposal import RecordChange
from horde_reference.proposals.branches import slug
from horde_reference.proposals.questions import Operation
from horde_reference.proposals.wanted import Wanted

LONGEST: Final = 60_000
"""Characters that GitHub takes, less some for the end."""

_VERBS: Final[dict[Operation, str]] = {"add": "Add", "update": "Change", "remove": "Remove"}
_SIGNS: Final = {"create": "🟢 added", "update": "🔵 changed", "delete": "🔴 removed"}
_LONGEST_NAME: Final = 80
_MARKS: Final = frozenset(" ._()[]+/-',&!")
# GitHub closes issues that a commit on the main branch speaks of in this way.
_CLOSES: Final = re.compile(r"\b(close[sd]?|fix(e[sd])?|resolve[sd]?)\b", re.IGNORECASE)


def title_of(wanted: Sequence[Wanted], batch: str = "") -> str:
    """What a proposal is called, such as `Add clip ViT-L/14`.

    Args:
        wanted: what is proposed, at least one record.
        batch: name of the batch, for several.
    """
    if len(wanted) == 1:
        (one,) = wanted
        return f"{_VERBS[one.operation]} {one.category} {plain(one.name)}"
    counts = {operation: sum(one.operation == operation for one in wanted) for operation in _VERBS}
    verbs = ", ".join(f"{_VERBS[key].lower()} {number}" for key, number in counts.items() if number)
    of = sorted({one.category for one in wanted})
    where = of[0] if len(of) == 1 else f"{len(of)} categories"
    return f"{verbs[:1].upper()}{verbs[1:]} records of {where}" + (f": {plain(batch)}" if batch else "")


def plain(name: str) -> str:
    """A name for where there is no Markdown to make it harmless: itself, or else its letters and digits."""
    is_plain = all(one.isalnum() or one in _MARKS for one in name)
    if is_plain and len(name) <= _LONGEST_NAME and not _CLOSES.search(name):
        return name
    return slug(name) or "model"


def message_of(title: str, origin: str = "", credits_: Iterable[str] = ()) -> str:
    """The message of a commit.

    Args:
        title: its first line.
        origin: where it was asked for.
        credits_: names and addresses of others who had a hand in it: none of them may approve it.
    """
    ends = ["\n".join(f"Co-authored-by: {one}" for one in credits_)]
    return "\n\n".join(filter(None, [title, f"Proposed in {origin}" if origin else "", *ends])) + "\n"


def body_of(changes: Sequence[RecordChange], ends: Iterable[str] = ()) -> str:
    """The body of a pull request, in Markdown.

    Args:
        changes: what it changes.
        ends: Markdown of our own, a paragraph each.
    """
    lines = [line for change in changes for line in change_lines(change)]
    tail = "".join(f"\n{one}\n" for one in ends)
    return cut([f"#### Records ({len(changes)})", "", *lines], LONGEST - len(tail)) + tail


def change_lines(change: RecordChange) -> Iterator[str]:
    """A change in Markdown, field by field; ⚠️ marks what a reviewer must not miss."""
    yield f"- {_SIGNS[change.operation]} {code(f'{change.category}/{change.name}')}"
    is_new = change.operation == "create"
    for field in change.fields():
        mark = " ⚠️" if not is_new and is_critical(change.category, field.field) else ""
        new = code(value(field.new))
        yield f"    - {code(field.field)}{mark}: {new if is_new else f'{code(value(field.old))} → {new}'}"


def cut(lines: Iterable[str], longest: int = LONGEST) -> str:
    """Lines as a text of so many characters at most. Whole lines are left out: half of one could end inline code."""
    kept, left = [], longest
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            kept.append("\n… and more, which is too long to be shown here.")
            break
        kept.append(line)
    return "\n".join(kept) + "\n"
