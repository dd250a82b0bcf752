"""The forms of GitHub's answers, and the values that they stand for."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from horde_reference.adapters.github.values import (
    CheckRun,
    Comment,
    Issue,
    Label,
    PullRequest,
    Release,
    Review,
    State,
)

Sha = Annotated[str, Meta(pattern=r"^[0-9a-f]{40}\Z")]
_Number = Annotated[int, Meta(gt=0)]
_Word = Annotated[str, Meta(min_length=1)]
_FullName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+\Z")]
_Url = Annotated[str, Meta(pattern="^https?://")]
_Time = Annotated[datetime, Meta(tz=True)]


class User(Struct):
    """Somebody."""

    login: _Word


class NamedRepository(Struct):
    """A repository, of which only the name matters."""

    full_name: _FullName


class ForkForm(NamedRepository):
    """A repository that was just made."""

    default_branch: _Word


class _LabelName(Struct):
    name: _Word


class _End(Struct):
    ref: _Word
    sha: Sha
    repo: NamedRepository | None


class PullForm(Struct):
    """A pull request, by itself or in a list."""

    number: _Number
    title: str
    body: str | None
    state: State
    user: User | None
    head: _End
    base: _End
    labels: list[_LabelName]
    created_at: _Time
    updated_at: _Time
    closed_at: _Time | None
    merged_at: _Time | None
    merge_commit_sha: Sha | None
    html_url: _Url
    draft: bool = False
    merged_by: User | None = None
    mergeable: bool | None = None

    def value(self) -> PullRequest:
        """The pull request."""
        return PullRequest(
            number=self.number,
            title=self.title,
            body=self.body or "",
            state=self.state,
            draft=self.draft,
            merged=self.merged_at is not None,
            merge_commit=self.merge_commit_sha,
            author=login_of(self.user),
            head_repository=self.head.repo.full_name if self.head.repo else None,
            head_ref=self.head.ref,
            head_sha=self.head.sha,
            base_ref=self.base.ref,
            base_sha=self.base.sha,
            labels=_names(self.labels),
            created_at=self.created_at,
            updated_at=self.updated_at,
            closed_at=self.closed_at,
            merged_at=self.merged_at,
            merged_by=login_of(self.merged_by),
            mergeable=self.mergeable,
            url=self.html_url,
        )


class ReviewForm(Struct):
    """A review."""

    user: User | None
    state: _Word
    commit_id: Sha | None
    author_association: _Word
    submitted_at: _Time | None = None

    def value(self) -> Review:
        """The review."""
        return Review(login_of(self.user), self.state, self.commit_id, self.submitted_at, self.author_association)


class CommentForm(Struct):
    """A comment."""

    id: _Number
    user: User | None
    html_url: _Url
    created_at: _Time
    updated_at: _Time
    body: str = ""

    def value(self) -> Comment:
        """The comment."""
        return Comment(self.id, login_of(self.user), self.body, self.created_at, self.updated_at, self.html_url)


class IssueForm(Struct):
    """An issue. GitHub's lists of issues also hold pull requests."""

    number: _Number
    title: str
    state: State
    user: User | None
    labels: list[_LabelName | str]
    created_at: _Time
    updated_at: _Time
    html_url: _Url
    body: str | None = None
    pull_request: dict[str, object] | None = None

    def value(self) -> Issue:
        """The issue."""
        return Issue(
            number=self.number,
            title=self.title,
            body=self.body or "",
            state=self.state,
            author=login_of(self.user),
            labels=_names(self.labels),
            created_at=self.created_at,
            updated_at=self.updated_at,
            url=self.html_url,
        )


class LabelForm(Struct):
    """A label."""

    name: _Word
    color: str
    description: str | None

    def value(self) -> Label:
        """The label."""
        return Label(self.name, self.color, self.description or "")


class CheckForm(Struct):
    """A check of a commit."""

    id: _Number
    name: str
    head_sha: Sha
    status: _Word
    conclusion: str | None
    html_url: _Url | None

    def value(self) -> CheckRun:
        """The check."""
        return CheckRun(self.id, self.name, self.head_sha, self.status, self.conclusion, self.html_url)


class AssetForm(Struct):
    """A file of a release."""

    name: _Word


class ReleaseForm(Struct):
    """A release."""

    id: _Number
    tag_name: _Word
    draft: bool
    html_url: _Url
    upload_url: _Url
    assets: list[AssetForm]

    def value(self) -> Release:
        """The release."""
        upload = self.upload_url.partition("{")[0]
        return Release(
            self.id, self.tag_name, self.draft, tuple(one.name for one in self.assets), upload, self.html_url
        )


def login_of(user: User | None) -> str | None:
    """The name of a user, whose account may be gone."""
    return user.login if user else None


def _names(labels: Sequence[_LabelName | str]) -> tuple[str, ...]:
    return tuple(one if isinstance(one, str) else one.name for one in labels)
