"""Propose what somebody wants with a command: who asks, on which branch, shown or done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from horde_reference.adapters.github.accounts import Account, account
from horde_reference.proposals.branches import branch_of
from horde_reference.workflows.batching import checked_batch
from horde_reference.workflows.drafts import Draft, Purpose, Weigh, drafted
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.mainline import mainline
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.propose import Outcome, propose
from horde_reference.workflows.wishes import Wish

_NOBODY: Final = Account("nobody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How something is proposed."""

    words: tuple[str, ...]
    """What tells it from other proposals of the same person: operation, category, name."""
    title: str = ""
    """Title of the pull request; empty for one made from the records."""
    batch: str = ""
    """Batch that it belongs to."""
    ends: Sequence[str] = ()
    """Paragraphs at the end of the pull request, in Markdown of our own."""
    dry_run: bool = False
    """Whether nothing is written anywhere."""
    weigh: Weigh | None = None
    """Asks hosts for hashes and sizes that are not stated; without, nobody is asked."""


@dataclass(frozen=True, slots=True)
class Done:
    """A proposal, and what became of it."""

    draft: Draft
    outcome: Outcome | None
    """`None` where nothing was to be written, or there are errors."""


def ask_for(hub: Hub, data: Path, wish: Callable[[Path], Wish], manner: Manner, progress: Progress = quiet) -> Done:
    """Propose something, on top of the main branch as it is now.

    Args:
        hub: the repository.
        data: folder of the records, in a clone or as it is called in the repository.
        wish: folder of the main branch's records → what is wanted.
        manner: how it is proposed.
        progress: told how far hosts were asked.

    Raises:
        CannotRun: GitHub or git do not do what is asked; what is half done is finished by doing it again.
    """
    batch = checked_batch(manner.batch) if manner.batch else ""
    author = asker(hub)
    branch = branch_of(*manner.words, owner=author.login)
    purpose = Purpose(branch=branch, author=author, title=manner.title, batch=batch, ends=manner.ends)
    with mainline(hub, data) as main:
        draft = drafted(main, wish(main.folder), purpose, manner.weigh, progress)
        if manner.dry_run or draft.has_errors:
            return Done(draft, None)
        return Done(draft, propose(hub, main, draft, author.login))


def asker(hub: Hub) -> Account:
    """Who we are; nobody where nobody asks, so that it can only be shown. Raises what `Connection.request` raises."""
    connection = hub.repository.connection
    return account(connection, connection.login()) if hub.credential else _NOBODY
