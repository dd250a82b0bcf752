"""What goes wrong between two git repositories, told apart so that callers can react.

CannotRun
└── GitFailed         git could not do it, and says why
    ├── Outrun        somebody else pushed meanwhile: look again at what is there now
    ├── Protected     the branch takes no pushes from us: a pull request may do
    ├── CheckedOut    the branch is what somebody works on in the clone that was to get it
    ├── NotLetIn      the token is wrong, expired, or may not do this
    ├── NoRepository  there is none, or the token may not see it
    ├── NoRevision    the repository has no such branch, ref or commit
    └── HostSilent    the host does not answer, or has a fault that may pass: try again later
"""

import re
from typing import Final

from horde_reference.errors import CannotRun


class GitFailed(CannotRun):
    """Git could not do it."""


class Outrun(GitFailed):
    """Somebody else pushed meanwhile."""


class Protected(GitFailed):
    """The branch takes no pushes from us."""


class CheckedOut(GitFailed):
    """The branch is what somebody works on in the clone that was to get it."""


class NotLetIn(GitFailed):
    """The token is wrong, expired, or may not do this."""


class NoRepository(GitFailed):
    """There is no such repository, or the token may not see it."""


class NoRevision(GitFailed):
    """The repository has no such branch, ref or commit."""


class HostSilent(GitFailed):
    """The host does not answer, or has a fault that may pass."""


# In this order: a refusal of a protected branch also speaks of a failed push.
_SIGNS: Final = (
    (CheckedOut, ("refusing to update checked out branch", "branch is currently checked out")),
    (Protected, ("GH006", "GH013", "protected branch", "rule violations", "hook declined")),
    (Outrun, ("stale info", "fetch first", "non-fast-forward", "cannot lock ref", "incorrect old value")),
    (NotLetIn, ("authentication failed", "could not read", r"error: 40[13]\b", "permission .*denied", "not granted")),
    (NoRepository, ("repository .*not found", r"error: 404\b", "not appear to be a git repository")),
    (NoRevision, ("couldn't find remote ref", "not our ref", "not a valid object", "needed a single revision")),
    (HostSilent, ("could not resolve", "connect", "timed out", "timeout", "rpc failed", "early eof", "hung up")),
    (HostSilent, (r"error: (429|5\d\d)\b", "too slow", "empty reply")),
)


def failure(said: str) -> type[GitFailed]:
    """The error that fits what git said."""
    return next((kind for kind, signs in _SIGNS if re.search("|".join(signs), said, re.IGNORECASE)), GitFailed)
