"""What the commit and the pull request of a sync say. Nothing in them works that a record brings."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from re import search
from typing import Final

from horde_reference.changes.diff import Change, Operation
from horde_reference.changes.markdown import code
from horde_reference.changes.report import SIGNS, as_json, as_markdown, is_critical
from horde_reference.formats.json_writing import compact
from horde_reference.pending.opening import LONGEST, cut, plain
from horde_reference.workflows.sync.marking import marker
from horde_reference.workflows.sync.planning import Plan
from horde_reference.workflows.sync.targets import BY, GENERATOR, SOURCE

_MOST_NAMED: Final = 10
_HEADS: Final[dict[Operation, str]] = {"create": "Added", "update": "Changed", "delete": "Removed"}
_MARKER: Final = "<!-- horde-reference sync: {} -->"


def title_of(plan: Plan) -> str:
    """What a sync is called, the same for the same difference."""
    counts = {word: len(_of(plan.changes, operation)) for operation, word in _HEADS.items()}
    said = [f"{number} {word.lower()}" for word, number in counts.items() if number]
    return f"Sync {plan.repository} models: {', '.join(said or sorted(plan.files))}{'' if said else ' made anew'}"


def message_of(plan: Plan, source: str) -> str:
    """The message of the commit.

    Args:
        plan: what it does.
        source: the commit of ours that it was made from.
    """
    lists = [_list(word, operation, _of(plan.changes, operation)) for operation, word in _HEADS.items()]
    ends = f"{SOURCE}: {source}\n{GENERATOR}: {BY}"
    return "\n\n".join([title_of(plan), *filter(None, lists), ends]) + "\n"


def body_of(plan: Plan, source: str, address: str) -> str:
    """The body of the pull request, in Markdown.

    Args:
        plan: what it does.
        source: the commit of ours that it was made from.
        address: where that can be seen; empty where nobody knows.
    """
    ends = f"\n---\n{_NOTICE}\n{_MARKER.format(digest_of(plan))}\n{marker(source)}\n"
    lines = [*_head(plan, source, address), *as_markdown(plan.changes).splitlines(), *_left(plan)]
    return cut(lines, LONGEST - len(ends)) + ends


_NOTICE: Final = (
    "This was made from the records of the model reference, and is brought up to date by itself. Please review and "
    "merge it. To change what it says, change the records there; what is pushed to this branch by hand is replaced. "
    "Close it to refuse it: it comes again when there is another difference."
)


def digest_of(plan: Plan) -> str:
    """What tells one difference from another."""
    said = compact(as_json(plan.changes)) + "".join(sorted(plan.files)).encode()
    return sha256(said).hexdigest()[:32]


def said_digest(body: str) -> str | None:
    """The difference that a pull request's body is about."""
    found = search(_MARKER.format("([0-9a-f]{32})"), body)
    return found[1] if found else None


def without_digest(body: str) -> str:
    """A body that refuses no difference."""
    digest = said_digest(body)
    return body.replace(_MARKER.format(digest), "").rstrip() + "\n" if digest else body


def _head(plan: Plan, source: str, address: str) -> Iterator[str]:
    yield f"Made from {f'[`{source[:12]}`]({address})' if address else f'`{source[:12]}`'}."
    yield ""
    if critical := sum(_critical(change) for change in plan.changes):
        yield f"⚠️ {critical} of these change what must not change by mistake."
        yield ""
    if not plan.changes:
        yield f"Made anew: {', '.join(map(code, sorted(plan.files)))}."


def _critical(change: Change) -> bool:
    fields = change.fields() if change.operation == "update" else []
    return any(is_critical(change.record.category, one.field) for one in fields)


def _left(plan: Plan) -> Iterator[str]:
    if plan.edits:
        yield f"\n### Left as they are here ({len(plan.edits)})\n"
        yield "Edited here since the last sync:\n"
        for edit in plan.edits:
            also = ", and there otherwise" if edit.is_conflict else ""
            yield f"- {code(f'{edit.category}/{edit.name}')}{also}"


def _of(changes: Sequence[Change], operation: Operation) -> list[Change]:
    return [change for change in changes if change.operation == operation]


def _list(word: str, operation: Operation, changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    named = [f"{SIGNS[operation]} {one.record.category}/{plain(one.record.name)}" for one in changes[:_MOST_NAMED]]
    more = len(changes) - len(named)
    return "\n".join([f"{word} ({len(changes)}):", *named, *([f"... and {more} more"] if more else [])])
