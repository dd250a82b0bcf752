"""A proposal as it would go to GitHub: files, difference, names and words. Nothing is written yet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from horde_reference.adapters.git.commits import Person, Words
from horde_reference.adapters.github.accounts import Account
from horde_reference.adapters.github.values import Label
from horde_reference.changes.diff import Change
from horde_reference.finding import Finding, has_errors
from horde_reference.pending.opening import body_of, message_of, title_of
from horde_reference.pending.proposal import record_changes
from horde_reference.proposals.form_answers import PROPOSAL_LABEL
from horde_reference.proposals.wanted import Wanted
from horde_reference.proposals.weights import Weight
from horde_reference.workflows.filling import fill
from horde_reference.workflows.mainline import Mainline
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.proposed import proposed
from horde_reference.workflows.wishes import Wish, document_at, files_in

LABEL: Final = Label(PROPOSAL_LABEL, "1d76db", "Proposes a model, or a change of one")

Weigh = Callable[[str], Weight]
"""Address of a file → what its host tells of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a proposal is called, and whose it is."""

    branch: str
    """Branch that it lies on: one that is proposed again is told by it."""
    author: Account
    """Who asks for it."""
    committer: Account | None = None
    """Who writes it down; `None` for the author."""
    editors: Sequence[Account] = ()
    """Who changed what the author asked for, and so may not approve it either."""
    title: str = ""
    """Title of the pull request; empty for one made from the records."""
    title_end: str = ""
    """What follows a title that is made from the records."""
    batch: str = ""
    """Batch that it belongs to."""
    origin: str = ""
    """Address of what asked for it."""
    ends: Sequence[str] = ()
    """Paragraphs at the end of the pull request, in Markdown of our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A proposal that could be made."""

    purpose: Purpose
    title: str
    """Of the pull request."""
    body: str
    """Of the pull request, in Markdown."""
    message: str
    """Of the commit."""
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    """Path below the folder of records → bytes, `None` where it is to be gone.

    None at all where nothing changes or there are errors."""
    findings: Sequence[Finding] = ()
    """All that is wrong, and all that is to be looked at."""
    changes: Sequence[Change] = ()
    """What the files change."""

    @property
    def has_errors(self) -> bool:
        """Whether it must not be proposed."""
        return has_errors(self.findings)

    def words(self, now: int) -> Words:
        """What its commit says."""
        author, committer = self.purpose.author, self.purpose.committer or self.purpose.author
        return Words(self.message, *(Person(one.login, one.address, now) for one in (author, committer)))


def drafted(
    main: Mainline, wish: Wish, purpose: Purpose, weigh: Weigh | None = None, progress: Progress = quiet
) -> Draft:
    """The proposal that a wish comes to, on top of the main branch.

    Args:
        main: the main branch.
        wish: what is wanted.
        purpose: what it is to be called.
        weigh: asks hosts for hashes and sizes that are not stated; without, nobody is asked.
        progress: told how far that is.
    """
    wanted, told = list(wish.wanted), list(wish.findings)
    if weigh and not has_errors(told):
        wanted, doubts = _filled(main, wanted, cache(weigh), progress)
        told += wish.placed(doubts)
    found = proposed(wanted, main.folder)
    findings = [*told, *wish.placed(found.findings)]
    files = {} if has_errors(findings) else found.files
    title = purpose.title or (title_of(wanted, purpose.batch) + purpose.title_end if wanted else "")
    return Draft(
        purpose=purpose,
        title=title,
        body=body_of(record_changes(found.changes), purpose.ends),
        message=message_of(title, purpose.origin, _credits(purpose)),
        files=files,
        findings=findings,
        changes=found.changes,
    )


def _filled(
    main: Mainline, wanted: Iterable[Wanted], weigh: Weigh, progress: Progress
) -> tuple[list[Wanted], list[Finding]]:
    files = files_in(main.folder)
    done = [fill(one, weigh, document_at(files, one.path)) for one in progress(wanted, "Asking hosts")]
    return [one.wanted for one in done], [finding for one in done for finding in one.findings]


def _credits(purpose: Purpose) -> list[str]:
    """Who is credited besides who commits: whoever asked, and whoever edited what was asked."""
    committer = purpose.committer or purpose.author
    others = [one for one in (purpose.author, *purpose.editors) if one != committer]
    return [f"{one.login} <{one.address}>" for one in dict.fromkeys(others)]
