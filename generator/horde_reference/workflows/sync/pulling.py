"""The pull request of a sync: one, brought up to date, and closed when nothing is left to sync."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from horde_reference.adapters.github import comments, labels, pulls
from horde_reference.adapters.github.errors import Invalid, Missing, NotAllowed
from horde_reference.adapters.github.values import PullRequest
from horde_reference.errors import Unreachable
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.sync.words import said_digest, without_digest

_BRANCHES: Final = "sync/"
_CLOSED: Final = "<!-- horde-reference sync: closed -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A pull request as it is to be."""

    title: str
    body: str
    branch: str
    base: str
    labels: Sequence[str]
    reviewers: Sequence[str]
    team: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Pull requests from the branch of a sync."""

    open: PullRequest | None
    """The one that is open."""
    latest: PullRequest | None
    """The newest one, whatever became of it."""

    def refuses(self, digest: str) -> bool:
        """Whether the last thing that people did was to close one about this very difference."""
        last = self.latest
        return self.open is None and last is not None and not last.merged and said_digest(last.body) == digest


def standing(hub: Hub, branch: str, base: str) -> Standing:
    """Pull requests of ours. Only who may write to the repository can make the branch."""
    return Standing(_newest(hub, branch, base, "open"), _newest(hub, branch, base, "all"))


def _newest(hub: Hub, branch: str, base: str, state: Literal["open", "all"]) -> PullRequest | None:
    listed = pulls.listed(hub.repository, state, head=f"{hub.repository.owner}:{branch}", base=base)
    return next((one for one in listed if one.head_ref == branch and _is_here(hub, one)), None)


def settle(hub: Hub, wanted: Wanted, found: PullRequest | None) -> tuple[PullRequest, list[str]]:
    """Have the pull request as it is to be; returns it, and what could not be done about it."""
    pull = found or _opened(hub, wanted)
    if (pull.title, _plain(pull.body)) != (wanted.title, _plain(wanted.body)):
        pull = pulls.update(hub.repository, pull.number, title=wanted.title, body=wanted.body)
    if wanted.labels:
        labels.settle(hub.repository, pull.number, wanted.labels, lambda _: False)
    warnings = _ask(hub, pull, wanted)
    _supersede(hub, pull, wanted)
    return pull, warnings


def say_replaced(hub: Hub, number: int, commit: str, author: str) -> None:
    """Say, once, that a commit of somebody else is pushed over."""
    marker = f"<!-- horde-reference sync: replaced {commit} -->"
    name = "".join(one for one in author if one.isalnum() or one in " -.") or "somebody"
    comments.sticky(
        hub.repository,
        number,
        marker,
        f"{commit} by {name} was pushed here by hand. This branch is made from the records of the model reference, so "
        "what they say takes its place. The commit stays reachable by its id. To keep what it says, propose it there.",
    )


def close(hub: Hub, pull: PullRequest) -> None:
    """Close a pull request, as nothing is left to sync. It then refuses nothing."""
    said = "Nothing is left to sync: this repository says what the records of the model reference say."
    comments.sticky(hub.repository, pull.number, _CLOSED, said)
    pulls.update(hub.repository, pull.number, body=without_digest(pull.body), state="closed")


def _opened(hub: Hub, wanted: Wanted) -> PullRequest:
    try:
        return pulls.create(hub.repository, wanted.title, wanted.body, head=wanted.branch, base=wanted.base)
    except (Unreachable, Invalid):
        # The answer to an attempt that succeeded may have been lost.
        found = standing(hub, wanted.branch, wanted.base).open
        if found is None:
            raise
        return found


def _ask(hub: Hub, pull: PullRequest, wanted: Wanted) -> list[str]:
    """Ask for reviews those who were not asked yet and gave none."""
    if not wanted.reviewers and not wanted.team:
        return []
    users, teams = pulls.requested_reviewers(hub.repository, pull.number)
    known = {login.lower() for login in users}
    known |= {one.login.lower() for one in pulls.reviews(hub.repository, pull.number) if one.login}
    missing = [login for login in wanted.reviewers if login.lower() not in known]
    team = [wanted.team] if wanted.team and wanted.team not in teams else []
    try:
        if missing or team:
            pulls.request_reviewers(hub.repository, pull.number, missing, team)
    except (Invalid, Missing, NotAllowed) as error:
        return [f"Nobody was asked for a review of #{pull.number}: {error}"]
    return []


def _supersede(hub: Hub, pull: PullRequest, wanted: Wanted) -> None:
    """Close what the service that this replaces left open: it made a branch for each sync."""
    login = hub.repository.connection.login()
    for one in pulls.listed(hub.repository, "open", base=wanted.base):
        is_old = one.head_ref.startswith(_BRANCHES) and one.head_ref.count("/") > 1 and one.author == login
        if is_old and one.number != pull.number and _is_here(hub, one):
            with suppress(Missing):
                comments.create(hub.repository, one.number, f"#{pull.number} takes its place.")
                pulls.close(hub.repository, one.number)


def _is_here(hub: Hub, pull: PullRequest) -> bool:
    return (pull.head_repository or "").lower() == hub.repository.name.lower()


def _plain(body: str) -> str:
    return body.replace("\r\n", "\n").strip()
