"""The log of a repository, read as commits that touch files.

Only the mainline is followed: the first parents. A merge is one step of it, with all that the merged branch brought,
which is what was published then.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

PROPOSED_BY: Final = "Proposed-by"
APPROVED_BY: Final = "Approved-by"
"""Last lines of the message of a commit that `queue apply` made, which say who proposed it and who approved."""

_LINES: Final = "%x00".join(f"%(trailers:key={key},valueonly,separator=%x2C)" for key in (PROPOSED_BY, APPROVED_BY))
FORMAT: Final = f"tformat:%H%x00%ct%x00%an%x00%s%x00{_LINES}"
"""What `git log -z --raw` is asked to print of each commit."""

_LAST_SECOND: Final = 253402300799  # of the year 9999
_PLAIN_FILE: Final = b"100"
# As GitHub writes it: a merge, or a squashed pull request.
_SQUASHED: Final = re.compile(r"\(#([1-9][0-9]{0,8})\)$")
_MERGED: Final = re.compile(r"^Merge pull request #([1-9][0-9]{0,8}) ")


@dataclass(frozen=True, slots=True)
class Touch:
    """One file that a commit changed."""

    path: str
    """Path from the root of the repository."""
    blob: str | None
    """Id of what it holds from then on; `None` where it is gone, or no plain file any more."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One step of the mainline."""

    hash: str
    """Its id, hexadecimal."""
    time: int
    """Seconds since 1970 at which it was committed."""
    author: str
    """Name of who wrote it."""
    subject: str
    """First line of its message."""
    number: int
    """Its place in the mainline, the first commit being 1."""
    proposer: str | None = None
    """Login of who proposed it, where its message says so."""
    approvers: tuple[str, ...] = ()
    """Logins of those who approved it, likewise."""

    @property
    def when(self) -> datetime:
        """The time in UTC."""
        return datetime.fromtimestamp(self.time, UTC)

    @property
    def pull_request(self) -> int | None:
        """Number of the pull request that it merged, where its subject says so."""
        # What stands last is written by whoever merged; the rest of a squashed one is its author's title.
        found = _SQUASHED.search(self.subject) or _MERGED.search(self.subject)
        return int(found[1]) if found else None


def parse(log: bytes, numbers: Mapping[str, int]) -> list[tuple[Commit, list[Touch]]]:
    """Commits and what they touched, oldest first.

    Args:
        log: what `git log -z --raw --no-abbrev --no-renames` prints in `FORMAT`, newest first.
        numbers: id of a commit → its place in the mainline.
    """
    return list(_steps(iter(log.split(b"\0")), numbers))[::-1]


def _steps(tokens: Iterator[bytes], numbers: Mapping[str, int]) -> Iterator[tuple[Commit, list[Touch]]]:
    token = next(tokens, b"")
    while token:
        name = token.decode()
        time, author, subject = next(tokens), next(tokens), next(tokens)
        proposers, approvers = _logins(next(tokens)), _logins(next(tokens))
        proposer = proposers[0] if proposers else None
        commit = Commit(name, seconds(time), _text(author), _text(subject), numbers[name], proposer, approvers)
        touched: list[Touch] = []
        token = next(tokens, b"")
        while token.lstrip(b"\n").startswith(b":"):
            touched.append(_touch(token, next(tokens)))
            token = next(tokens, b"")
        yield commit, touched


def seconds(stamp: str | bytes) -> int:
    """Seconds since 1970, of what git says a commit's time is; the nearest that a calendar has, for what is none."""
    return min(max(int(stamp or 0), 0), _LAST_SECOND)


def _touch(facts: bytes, path: bytes) -> Touch:
    """From `:<mode before> <mode after> <id before> <id after> <letter>` and a path."""
    _, mode, _, blob, _ = facts.lstrip(b"\n").split(b" ")
    is_file = mode.startswith(_PLAIN_FILE)
    return Touch(path.decode("utf-8", "surrogateescape"), blob.decode() if is_file else None)


def _logins(raw: bytes) -> tuple[str, ...]:
    return tuple(filter(None, (login.strip() for login in _text(raw).split(","))))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
