"""The one comment on a proposal that says all there is to say of it. Safe to show, whatever the proposal holds."""

from collections.abc import Iterator, Sequence
from typing import Final

from horde_reference.changes.markdown import code
from horde_reference.finding import Finding, Severity
from horde_reference.pending.opening import change_lines, cut
from horde_reference.pending.proposal import RecordChange
from horde_reference.pending.review import Duplicate, Review, ViewChange

MARK: Final = "<!-- horde-reference: review -->"
"""First line of the comment, by which it is found again."""

_MOST: Final = 50
"""Records, findings or views that are shown one by one."""


def comment(review: Review, preview: str | None = None) -> str:
    """The comment in Markdown.

    Args:
        review: what there is to say.
        preview: address of the built preview, if there is one.
    """
    lines = [MARK, *_verdict(review), *_conflicts(review), *_findings(review.findings), *_changes(review.changes)]
    lines += [*_outside(review.outside), *_duplicates(review.duplicates), *_views(review.views)]
    if preview and not review.errors:
        lines += ["", f"[Preview of all that would be published]({preview}) (a zip file, kept for some days)."]
    lines += ["", f"<sub>Checked {review.head[:12]}, merged into {review.base[:12]}.</sub>"]
    return cut(lines)


def _verdict(review: Review) -> Iterator[str]:
    if review.errors:
        yield f"### ❌ {review.errors} to mend before this can be applied"
    elif review.changes:
        yield "### ✅ Ready for review"
    else:
        yield "### No record changes"


def _conflicts(review: Review) -> Iterator[str]:
    if review.conflicts:
        yield "\nThe main branch has changed the same since. Update the branch and settle it in:\n"
        yield from (f"- {code(path)}" for path in review.conflicts[:_MOST])


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    for severity, title in ((Severity.ERROR, "To mend"), (Severity.WARNING, "To look at")):
        found = [one for one in findings if one.severity is severity]
        if found:
            yield f"\n#### {title} ({len(found)})\n"
            yield from map(_finding, found[:_MOST])
            yield from _more(found)


def _finding(one: Finding) -> str:
    place = f"{one.path}:{one.line}" if one.line else one.path
    where = f"{code(place)} " if place else ""
    return f"- {where}{code(one.message)} {code(one.hint) if one.hint else ''} ({one.rule})".rstrip()


def _changes(changes: Sequence[RecordChange]) -> Iterator[str]:
    if changes:
        yield f"\n#### Records ({len(changes)})\n"
        for change in changes[:_MOST]:
            yield from change_lines(change)
        yield from _more(changes)


def _outside(paths: Sequence[str]) -> Iterator[str]:
    if paths:
        yield f"\n#### ⚠️ Changes files that are not records ({len(paths)})\n"
        yield from (f"- {code(path)}" for path in paths[:_MOST])
        yield from _more(paths)


def _duplicates(found: Sequence[Duplicate]) -> Iterator[str]:
    if found:
        yield "\n#### Other open proposals about the same\n"
        yield from (f"- #{one.number}: the same {one.what}, {code(one.value)}" for one in found[:_MOST])


def _views(views: Sequence[ViewChange]) -> Iterator[str]:
    if views:
        yield "\n<details><summary>What changes in what is published</summary>\n"
        yield from (f"- {code(one.path)}: +{one.added} -{one.removed}" for one in views[:_MOST])
        yield from _more(views)
        yield "\n</details>"


def _more(found: Sequence[object]) -> Iterator[str]:
    if len(found) > _MOST:
        yield f"- … and {len(found) - _MOST} more"
