"""Pull requests: open them, change, close and merge them, and see what reviewers said.

Every function raises what `Connection.request` raises.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from horde_reference.adapters.github.errors import Conflicting
from horde_reference.adapters.github.forms import PullForm, ReviewForm, Sha, User
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import PullRequest, Review, State
from horde_reference.errors import Unreachable


class _Merged(Struct):
    sha: Sha


class _Team(Struct):
    slug: str


class _Asked(Struct):
    requested_reviewers: list[User]
    requested_teams: list[_Team] = []


class _Commit(Struct):
    author: User | None = None
    committer: User | None = None


def listed(
    repository: Repository,
    state: Literal["open", "closed", "all"] = "open",
    *,
    head: str | None = None,
    base: str | None = None,
    sort: Literal["created", "updated"] | None = None,
) -> Iterator[PullRequest]:
    """Pull requests, the newest first; only those from a head (`owner:branch`) or to a base branch, if it is given.

    With a sort the newest is the one that was created, or changed, last.
    """
    direction = "desc" if sort else None
    query = {"state": state, "head": head, "base": base, "sort": sort, "direction": direction}
    return (one.value() for one in repository.all(PullForm, "pulls", query=query))


def get(repository: Repository, number: int) -> PullRequest:
    """One pull request, with what lists leave out."""
    return repository.get(PullForm, "pulls", number).value()


def create(repository: Repository, title: str, body: str, *, head: str, base: str, draft: bool = False) -> PullRequest:
    """Open a pull request from a branch, `owner:branch` if it is in a fork.

    Raises:
        Invalid: there is one already, there is no such branch, or nothing is between the two.
    """
    wanted = {"title": title, "body": body, "head": head, "base": base, "draft": draft}
    return repository.send("POST", PullForm, "pulls", body=wanted).value()


def update(
    repository: Repository,
    number: int,
    *,
    title: str | None = None,
    body: str | None = None,
    state: State | None = None,
) -> PullRequest:
    """Change the title, the body or the state; what is `None` stays as it is."""
    wanted = {key: said for key, said in {"title": title, "body": body, "state": state}.items() if said is not None}
    return repository.send("PATCH", PullForm, "pulls", number, body=wanted).value()


def close(repository: Repository, number: int) -> PullRequest:
    """Close a pull request without merging it."""
    return update(repository, number, state="closed")


def reopen(repository: Repository, number: int) -> PullRequest:
    """Open a pull request again.

    Raises:
        Invalid: it was merged, its branch is gone, or was pushed over.
    """
    return update(repository, number, state="open")


def merge(
    repository: Repository,
    number: int,
    *,
    sha: str,
    title: str,
    message: str,
    method: Literal["squash", "merge", "rebase"] = "squash",
) -> str:
    """Merge a pull request whose head still is at the commit that was looked at; returns the commit that it became.

    Raises:
        Conflicting: its head is at another commit, it has conflicts, or something that is required is missing.
    """
    wanted = {"commit_title": title, "commit_message": message, "sha": sha, "merge_method": method}
    try:
        return repository.send("PUT", _Merged, "pulls", number, "merge", body=wanted).sha
    except (Unreachable, Conflicting):
        # The answer to an attempt that succeeded may have been lost.
        now = get(repository, number)
        if now.merged and now.head_sha == sha and now.merge_commit:
            return now.merge_commit
        raise


def writers(repository: Repository, number: int) -> list[str]:
    """Logins of who wrote and who committed what a pull request proposes, as far as GitHub knows their addresses."""
    found = list(repository.all(_Commit, "pulls", number, "commits"))
    people = [*(one.author for one in found), *(one.committer for one in found)]
    return list(dict.fromkeys(one.login for one in people if one))


def reviews(repository: Repository, number: int) -> Iterator[Review]:
    """What reviewers said, in the order in which they said it."""
    return (one.value() for one in repository.all(ReviewForm, "pulls", number, "reviews"))


def request_reviewers(
    repository: Repository, number: int, users: Sequence[str] = (), teams: Sequence[str] = ()
) -> None:
    """Ask users and teams, by their slugs, for a review.

    Raises:
        Invalid: one of them may not review here, or is the author.
    """
    wanted = {"reviewers": list(users), "team_reviewers": list(teams)}
    repository.send("POST", PullForm, "pulls", number, "requested_reviewers", body=wanted)


def requested_reviewers(repository: Repository, number: int) -> tuple[set[str], set[str]]:
    """Users and teams that are asked for a review and have not given one."""
    asked = repository.get(_Asked, "pulls", number)
    return {one.login for one in asked.requested_reviewers}, {one.slug for one in asked.requested_teams}
