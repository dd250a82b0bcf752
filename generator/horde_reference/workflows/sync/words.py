"""What the commit and the pull request of a sync say. Nothing in them works that a record brings."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from horde_reference.changes.diff import Change, Operation
from horde_reference.changes.markdown import code
from horde_reference.changes.report import SIGNS, as_json, as_markdown, is_critical
from horde_reference.formats.json_writing import compact
from horde_reference.pending.opening import LONGEST, cut, plain
from horde_reference.workflows.sync.marking import Mark, marked
from horde_reference.workflows.sync.planning import Plan
from horde_reference.workflows.sync.targets import BY, GENERATOR, SOURCE

_MOST_NAMED: Final = 10
_HEADS: Final[dict[Operation, str]] = {"create": "Added", "update": "Changed", "delete": "Removed"}


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


def body_of(plan: Plan, mark: Mark, address: str) -> str:
    """The body of the pull request, in Markdown.

    Args:
        plan: what it does.
        mark: what it is to remember.
        address: where the commit of ours that it was made from can be seen; empty where nobody knows.
    """
    ends = marked(f"\n---\n{_NOTICE}", mark)
    lines = [*_head(plan, mark.source, address), *as_markdown(plan.changes).splitlines(), *_by_hand(plan)]
    return cut(lines, LONGEST - len(ends)) + ends


def left_word(plan: Plan, chosen: Sequence[str]) -> str:
    """Why nothing is left to sync.

    Args:
        plan: what was looked at, which changes nothing.
        chosen: names of the categories that are synced; empty for all.
    """
    where = f" of {', '.join(map(code, chosen))}" if chosen else ""
    if not plan.edits:
        said = "this repository says what the records of the model reference say"
        return f"Nothing{where} is left to sync: {said}."
    named = [code(f"{one.category}/{one.name}") for one in plan.edits[:_MOST_NAMED]]
    more = f" and {len(plan.edits) - len(named)} more" if len(plan.edits) > len(named) else ""
    return (
        f"Nothing{where} is left that could be synced by itself: {', '.join(named)}{more} were edited here by hand and "
        "stay as they are, until people settle it in the records of the model reference."
    )


_NOTICE: Final = (
    "This was made from the records of the model reference, and is brought up to date by itself. Please review and "
    "merge it. To change what it says, change the records there; what is pushed to this branch by hand is replaced. "
    "Close it to refuse it: it comes again when there is another difference."
)


def digest_of(plan: Plan) -> str:
    """What tells one difference from another."""
    said = compact(as_json(plan.changes)) + "".join(sorted(plan.files)).encode()
    return sha256(said).hexdigest()[:32]


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


def _by_hand(plan: Plan) -> Iterator[str]:
    """What was edited there by hand: what of it this replaces, and what stays."""
    if plan.taken:
        yield f"\n### Edited here by hand, and replaced ({len(plan.taken)})\n"
        yield from (f"- {code(f'{edit.category}/{edit.name}')}" for edit in plan.taken)
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
