"""The pull request of a sync: one, brought up to date, and closed when nothing is left to sync."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

from msgspec.structs import replace

from horde_reference.adapters.github import comments, labels, pulls
from horde_reference.adapters.github.errors import Invalid, Missing, NotAllowed
from horde_reference.adapters.github.values import PullRequest
from horde_reference.errors import CannotRun, Unreachable
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.sync.marking import marked, read

_BRANCHES: Final = "sync/"
_CLOSED: Final = "<!-- horde-reference sync: closed -->"
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A pull request as it is to be."""

    title: str
    body: str
    """With what it is to remember once labels and reviewers are seen to."""
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
        return self.open is None and last is not None and not last.merged and read(last.body).digest == digest


def asked(labels: Sequence[str], reviewers: Sequence[str], team: str) -> str:
    """What tells labels and reviewers from others."""
    return sha256("\0".join([*labels, "", *reviewers, "", team]).encode()).hexdigest()[:_DIGITS]


def standing(hub: Hub, branch: str, base: str) -> Standing:
    """Pull requests of ours. Only who may write to the repository can make the branch."""
    return Standing(_newest(hub, branch, base, "open"), _newest(hub, branch, base, "all"))


def _newest(hub: Hub, branch: str, base: str, state: Literal["open", "all"]) -> PullRequest | None:
    listed = pulls.listed(hub.repository, state, head=f"{hub.repository.owner}:{branch}", base=base)
    return next((one for one in listed if one.head_ref == branch and _is_here(hub, one)), None)


def settle(hub: Hub, wanted: Wanted, found: PullRequest | None) -> tuple[PullRequest, list[str]]:
    """Have the pull request as it is to be; returns it, and what could not be done about it."""
    pull = found or _opened(hub, wanted)
    warnings: list[str] = []
    if _seen_to(pull.body) != _seen_to(wanted.body):
        # What people take away stays away until there is another commit to review.
        warnings = [*_label(hub, pull, wanted), *_ask(hub, pull, wanted)]
    if (pull.title, _plain(pull.body)) != (wanted.title, _plain(wanted.body)):
        pull = pulls.update(hub.repository, pull.number, title=wanted.title, body=wanted.body)
    _supersede(hub, pull, wanted)
    return pull, warnings


def _seen_to(body: str) -> tuple[str, str]:
    """For which commit labels and reviewers were seen to, and which those were."""
    mark = read(body)
    return mark.commit, mark.asked


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


def close(hub: Hub, pull: PullRequest, word: str) -> None:
    """Close a pull request with a word, as nothing is left to do. It then refuses nothing."""
    comments.sticky(hub.repository, pull.number, _CLOSED, word)
    body = marked(pull.body, replace(read(pull.body), digest=""))
    pulls.update(hub.repository, pull.number, body=body, state="closed")


def _opened(hub: Hub, wanted: Wanted) -> PullRequest:
    try:
        body = marked(wanted.body, replace(read(wanted.body), commit="", asked=""))
        return pulls.create(hub.repository, wanted.title, body, head=wanted.branch, base=wanted.base)
    except NotAllowed as error:
        raise CannotRun(
            f"{error} The branch {wanted.branch} is pushed. Who asks needs `Pull requests: read and write` on "
            f"{hub.repository.name} as well; grant it, and sync again."
        ) from error
    except (Unreachable, Invalid):
        # The answer to an attempt that succeeded may have been lost.
        found = standing(hub, wanted.branch, wanted.base).open
        if found is None:
            raise
        return found


def _label(hub: Hub, pull: PullRequest, wanted: Wanted) -> list[str]:
    try:
        if wanted.labels:
            labels.settle(hub.repository, pull.number, wanted.labels, lambda _: False)
    except (Invalid, Missing, NotAllowed) as error:
        return [f"#{pull.number} has not got all of its labels: {error}"]
    return []


def _ask(hub: Hub, pull: PullRequest, wanted: Wanted) -> list[str]:
    """Ask for reviews those who were not asked yet and gave none."""
    if not wanted.reviewers and not wanted.team:
        return []
    users, teams = pulls.requested_reviewers(hub.repository, pull.number)
    known = {login.lower() for login in users}
    known |= {one.login.lower() for one in pulls.reviews(hub.repository, pull.number) if one.login}
    missing = [login for login in wanted.reviewers if login.lower() not in known]
    team = [wanted.team] if wanted.team and wanted.team not in teams else []
    if not missing and not team:
        return []
    try:
        pulls.request_reviewers(hub.repository, pull.number, missing, team)
    except (Invalid, Missing, NotAllowed):  # one who may not review keeps the others from being asked
        each: list[tuple[list[str], list[str]]] = [*(([one], []) for one in missing), *(([], [one]) for one in team)]
        return [warning for users, some in each for warning in _ask_one(hub, pull, users, some)]
    return []


def _ask_one(hub: Hub, pull: PullRequest, users: list[str], team: list[str]) -> list[str]:
    try:
        pulls.request_reviewers(hub.repository, pull.number, users, team)
    except (Invalid, Missing, NotAllowed) as error:
        return [f"{', '.join([*users, *team])} was not asked for a review of #{pull.number}: {error}"]
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
