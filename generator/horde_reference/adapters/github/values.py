"""What there is on GitHub, as far as it is used here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

State: TypeAlias = Literal["open", "closed"]
Permission: TypeAlias = Literal["admin", "write", "read", "none"]
Conclusion: TypeAlias = Literal[
    "action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"
]


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request. Users are named by their logins; `None` stands for one whose account is gone."""

    number: int
    title: str
    body: str
    state: State
    draft: bool
    merged: bool
    merge_commit: str | None
    """The commit that it became. Of one that is open, GitHub's attempt to merge it."""
    author: str | None
    head_repository: str | None
    """Owner and name; `None` if it was deleted."""
    head_ref: str
    head_sha: str
    base_ref: str
    base_sha: str
    labels: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    merged_at: datetime | None
    merged_by: str | None
    """Only known of one that was asked for by its number."""
    mergeable: bool | None
    """Whether it has no conflict; `None` while GitHub does not know, and in lists."""
    url: str


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody said of a pull request, and of which commit."""

    login: str | None
    state: str
    """APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING."""
    commit: str | None
    submitted_at: datetime | None
    association: str
    """What the author is to the repository: OWNER, MEMBER, COLLABORATOR, CONTRIBUTOR, NONE …"""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on an issue or a pull request."""

    id: int
    author: str | None
    body: str
    created_at: datetime
    updated_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue."""

    number: int
    title: str
    body: str
    state: State
    author: str | None
    labels: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a repository. GitHub takes names that differ in case only for the same."""

    name: str
    color: str
    """Six hexadecimal digits, without a #."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A check of one commit."""

    id: int
    name: str
    head_sha: str
    status: str
    """queued, in_progress or completed."""
    conclusion: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Release:
    """A release: a tag with words and files."""

    id: int
    tag: str
    is_draft: bool
    """Whether nobody sees it yet, and its tag need not be there."""
    files: tuple[str, ...]
    """Names of the files that come with it."""
    upload_url: str
    """Address that takes more of them, which is on another host than the API."""
    url: str
