"""Changes in words: for a terminal, for a pull request, for programs."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from horde_reference.changes.diff import Change, FieldChange, Operation
from horde_reference.changes.markdown import code, value

CRITICAL_FIELDS: Final = {
    "image_generation": ("baseline", "nsfw", "inpainting", "trigger", "homepage"),
    "text_generation": ("baseline", "nsfw", "url", "parameters"),
}
"""Category → fields whose change a reviewer must not miss; `config.download` is one everywhere."""
_CRITICAL_ELSEWHERE: Final = ("controlnet_style", "nsfw")

SIGNS: Final[dict[Operation, str]] = {"create": "+", "update": "~", "delete": "-"}
_WORDS: Final[dict[Operation, str]] = {"create": "Added", "update": "Changed", "delete": "Removed"}


def is_critical(category: str, field: str) -> bool:
    """Whether a reviewer must not miss a change of this field."""
    first = field.partition(".")[0]
    return first in CRITICAL_FIELDS.get(category, _CRITICAL_ELSEWHERE) or field.startswith("config.download")


def as_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """One object a record: category, name, operation and its fields with old and new value."""
    return [
        {
            "category": change.record.category,
            "name": change.record.name,
            "operation": change.operation,
            "fields": [
                {
                    "field": field.field,
                    "old": field.old,
                    "new": field.new,
                    "critical": is_critical(change.record.category, field.field),
                }
                for field in change.fields()
            ],
        }
        for change in changes
    ]


def as_text(changes: Sequence[Change]) -> str:
    """Lines for a terminal; fields are shown of changed records only."""
    return "\n".join(line for change in changes for line in _text(change)) or "No record differs."


def _text(change: Change) -> Iterator[str]:
    yield f"{SIGNS[change.operation]} {change.record.category}/{change.record.name}"
    if change.operation == "update":
        for field in change.fields():
            mark = " !" if is_critical(change.record.category, field.field) else ""
            yield f"    {field.field}: {value(field.old)} -> {value(field.new)}{mark}"


def as_markdown(changes: Sequence[Change]) -> str:
    """A summary and a section for each kind of change, safe to show where the records are not trusted."""
    if not changes:
        return "No record differs.\n"
    return "\n".join(_markdown(changes)) + "\n"


def _markdown(changes: Sequence[Change]) -> Iterator[str]:
    by_operation = {operation: [change for change in changes if change.operation == operation] for operation in _WORDS}
    yield (", ".join(f"{len(members)} {_WORDS[key].lower()}" for key, members in by_operation.items() if members) + ".")
    for operation, members in by_operation.items():
        if members:
            yield f"\n### {_WORDS[operation]} ({len(members)})\n"
            for change in members:
                yield f"- {code(change.record.category + '/' + change.record.name)}"
                if operation == "update":
                    yield from (_markdown_field(change, field) for field in change.fields())


def _markdown_field(change: Change, field: FieldChange) -> str:
    mark = " ⚠️" if is_critical(change.record.category, field.field) else ""
    return f"    - {code(field.field)}{mark}: {code(value(field.old))} → {code(value(field.new))}"
