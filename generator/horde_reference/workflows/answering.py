"""Say on a pull request what there is to say of it: one comment, its labels, and whether it is approved."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from horde_reference.adapters.github import checks, comments, labels
from horde_reference.adapters.github.errors import NotAllowed
from horde_reference.adapters.github.values import Conclusion, Label
from horde_reference.adapters.weights import Scales
from horde_reference.changes.markdown import code
from horde_reference.errors import CannotRun
from horde_reference.pending.approval import Verdict
from horde_reference.pending.comment import MARK, comment
from horde_reference.pending.review import LABELS, labels_of
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.proposals import Candidate, open_candidate
from horde_reference.workflows.review_downloads import with_downloads

CHECK: Final = "approval"
"""Name of the check that branch protection can require."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was said."""

    candidate: Candidate
    """Of what."""
    has_check: bool
    """Whether the check was set. Only Apps may, and the tokens of workflows are those of an App."""


def answer(
    hub: Hub,
    data: Path,
    number: int,
    *,
    head: str | None = None,
    preview: str | None = None,
    scales: Scales | None = None,
) -> Answered:
    """Comment on an open pull request, label it, and set the check of its approval.

    Args:
        hub: the repository.
        data: the folder of records in a clone of it.
        number: the pull request.
        head: the commit that this is about, if an earlier step spoke of one: another that was pushed since is not
            answered in its name.
        preview: address of what was built of it.
        scales: asks the hosts of the files that it adds or changes; `None` to ask nobody.

    Raises:
        CannotRun: it is not open, was pushed to since, or git or GitHub do not do what is asked.
    """
    found = open_candidate(hub, data, number)
    if head and found.review.head != head:
        raise CannotRun(f"#{number} was pushed to since {head[:12]}: the next run answers.")
    if scales:
        found = replace(found, review=with_downloads(data, found.review, scales))
    text = comment(found.review, preview).removeprefix(f"{MARK}\n")
    comments.sticky(hub.repository, number, MARK, text + _approval(found.verdict))
    _label(hub, found)
    return Answered(found, _check(hub, found))


def _label(hub: Hub, found: Candidate) -> None:
    wanted = labels_of(found.review)
    labels.ensure(hub.repository, [Label(name, *LABELS[name]) for name in wanted])
    ours = {name.casefold() for name in LABELS}
    labels.settle(hub.repository, found.pull.number, wanted, lambda name: name in ours)


def _check(hub: Hub, found: Candidate) -> bool:
    verdict = found.verdict
    title = "Approved" if verdict.is_approved else f"Waits for approval of {', '.join(verdict.missing)}"
    conclusion: Conclusion = "success" if verdict.is_approved else "action_required"
    summary = _approval(verdict) or title
    try:
        checks.create(hub.repository, found.review.head, CHECK, title=title, summary=summary, conclusion=conclusion)
    except NotAllowed:
        return False
    return True


def _approval(verdict: Verdict) -> str:
    """Who approved, who has to yet, and whose approval does not count."""
    lines = [f"Approved by {', '.join(code(one.login) for one in verdict.approvals)}."] if verdict.approvals else []
    if verdict.missing:
        lines.append(f"Waits for approval of {', '.join(map(code, verdict.missing))}.")
    lines += [f"Does not count: {code(reason)}." for reason in verdict.ignored]
    return "".join(f"\n{line}\n" for line in lines)
