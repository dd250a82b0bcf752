"""What may be wrong with a group of text models, in the words of the live service."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from horde_reference.text.groups import Group

ISSUES: Final = (
    "singleton_group", "inconsistent_baseline", "inconsistent_nsfw", "missing_baseline", "missing_description"
)  # fmt: skip
"""Every kind of issue."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that may be wrong with a group."""

    group_name: str
    """Name of the group."""
    issue_type: str
    """Kind of the issue."""
    message: str
    """What it is."""
    severity: str
    """How grave it is: `warning` or `info`. None of them fails a check."""


def issues(group: Group) -> Iterator[Issue]:
    """All that may be wrong with a group, in the order of `ISSUES`."""
    for kind, message in _found(group):
        yield Issue(group.name, kind, message, "info" if kind == "missing_description" else "warning")


def _found(group: Group) -> Iterator[tuple[str, str]]:
    records = group.records
    if len(records) == 1:
        yield "singleton_group", "Group has only 1 canonical model - may not need a group"
    baselines = {record.baseline for record in records if record.baseline}
    if len(baselines) > 1:
        yield "inconsistent_baseline", f"Members have different baselines: {', '.join(sorted(baselines))}"
    unsafe = sum(record.nsfw for record in records)
    if 0 < unsafe < len(records):
        yield "inconsistent_nsfw", f"Members differ in nsfw: it is true for {unsafe} of {len(records)}"
    if missing := sum(record.baseline is None for record in records):
        yield "missing_baseline", f"{missing} member(s) missing baseline"
    if missing := sum(record.description is None for record in records):
        yield "missing_description", f"{missing} member(s) missing description"
