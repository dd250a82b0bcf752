"""What is said on an issue that proposes a model. Safe to show, whatever the issue holds."""

from collections.abc import Iterator, Sequence
from typing import Final

from horde_reference.changes.markdown import code
from horde_reference.finding import Finding, Severity
from horde_reference.pending.opening import LONGEST, cut

MARK: Final = "<!-- horde-reference: proposal -->"
"""First line of the comment, by which it is found again."""

_LONGEST_TEXT: Final = 1000
_LONGEST: Final = LONGEST - 1000
_AGAIN: Final = "To correct an answer, edit this issue (`⋯` above, `Edit`): it is then read again."


def refusal(findings: Sequence[Finding], pull: int | None = None) -> str:
    """The comment on an issue that cannot become a pull request yet.

    Args:
        findings: what is wrong, and what is to be looked at.
        pull: number of the pull request that an earlier state of the issue became.
    """
    errors = sum(one.severity is Severity.ERROR for one in findings)
    lines = [f"### ❌ {errors} to correct before this can become a proposal", *_findings(findings), "", _AGAIN]
    if pull:
        lines.append(f"\n#{pull} still holds what this issue said earlier.")
    return cut(lines, _LONGEST)


def acceptance(findings: Sequence[Finding], pull: int | None) -> str:
    """The comment on an issue that became a pull request; `None` for one that is not there yet."""
    name = f"#{pull}" if pull else "A pull request"
    head = (
        f"### ✅ {name} proposes this\n\nA maintainer will look at it there. When it is merged, this issue is closed."
    )
    return cut([head, *_findings(findings), "", _AGAIN], _LONGEST)


def emptiness(pull: int | None = None) -> str:
    """The comment on an issue that changes nothing."""
    lines = ["### Nothing to change\n\nThe record says all of this already.", "", _AGAIN]
    if pull:
        lines.append(f"\n#{pull} still holds what this issue said earlier.")
    return cut(lines)


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    for severity, title in ((Severity.ERROR, "To correct"), (Severity.WARNING, "To look at")):
        found = [one for one in findings if one.severity is severity]
        if found:
            yield f"\n#### {title} ({len(found)})\n"
            yield from map(_finding, found)


def _finding(one: Finding) -> str:
    words = " ".join(filter(None, [one.message, one.hint]))
    shown = words if len(words) <= _LONGEST_TEXT else f"{words[:_LONGEST_TEXT]} …"
    place = f"{code(one.pointer[:_LONGEST_TEXT])} " if one.pointer else ""
    return f"- {place}{code(shown)} ({one.rule})"
