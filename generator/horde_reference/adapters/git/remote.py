"""A repository elsewhere, read and written through git: fetch, look, commit, push. Nothing is ever checked out."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from horde_reference.adapters.git.commits import Changes, Entry, Words, commit, entries
from horde_reference.adapters.git.failures import GitFailed, HostSilent, NoRevision, Outrun
from horde_reference.adapters.git.identity import verify
from horde_reference.adapters.git.log import contents
from horde_reference.adapters.git.messages import Message, messages
from horde_reference.adapters.git.running import Git, Token, checked_address
from horde_reference.adapters.polite import Clock, Manners
from horde_reference.errors import CannotRun
from horde_reference.tree import File

ABSENT: Final = ""
"""In place of the commit that a branch is expected to be at: it is expected not to exist."""

_ID: Final = re.compile(r"[0-9a-f]{40}")
_EVERYTHING: Final = 2**31 - 1


@contextmanager
def opened(
    address: str,
    clock: Clock,
    token: Token | None = None,
    *,
    clone: Path | None = None,
    manners: Manners = Manners(),  # noqa: B008 - it is frozen
) -> Iterator["Remote"]:
    """A repository elsewhere while it is used. It is not asked for anything yet.

    Args:
        address: with https, or a folder.
        clock: time that passes between attempts.
        token: gives what it lets us in with; without, the settings of whoever runs this let them in.
        clone: a folder that must be a clone of it. It is neither read any further nor changed.
        manners: how often an attempt is repeated.

    Raises:
        CannotRun: the address is none, or the clone is one of another repository.
    """
    with TemporaryDirectory(prefix="horde-reference-") as home:
        git = Git(Path(home), address, token)
        git.here("init", "--quiet", "--bare")
        for key, value in {"url": address, "promisor": "true", "partialCloneFilter": "blob:none"}.items():
            git.here("config", f"remote.origin.{key}", value)
        if clone is not None:
            verify(clone, address)
        yield Remote(git, clock, manners)


class Remote:
    """A repository elsewhere. Its methods raise `failures.GitFailed`, and what it says of the kinds of failures."""

    def __init__(self, git: Git, clock: Clock, manners: Manners) -> None:
        self._git = git
        self._clock = clock
        self._manners = manners

    @property
    def folder(self) -> Path:
        """The bare repository of our own that holds what was fetched."""
        return self._git.folder

    def tip(self, branch: str, elsewhere: str | None = None) -> str | None:
        """Id of the commit that a branch is at now; `None` if there is no such branch.

        Args:
            branch: its name, without refs/heads/.
            elsewhere: address of a fork on the same host that is asked instead.
        """
        where = checked_address(elsewhere) if elsewhere else "origin"
        found = self._ask("ls-remote", "--refs", where, self._ref(branch)).decode().split()
        return found[0] if found else None

    def fetch(self, ref: str, depth: int | None = 1) -> str:
        """Id of the commit that a ref or id names, once it is here: commits and names of files, not what they hold.

        Args:
            ref: a whole ref such as `refs/heads/main` or `refs/pull/7/head`, or the id of a commit.
            depth: how many commits back; `None` for all of them.
        """
        if not _ID.fullmatch(ref):
            self._checked(ref)
        kept = f"refs/fetched/{sha256(ref.encode()).hexdigest()[:16]}"
        self._ask(
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none",
            f"--depth={depth or _EVERYTHING}", "origin", f"+{ref}:{kept}",
        )  # fmt: skip
        return self._git.here("rev-parse", "--verify", f"{kept}^{{commit}}").decode().strip()

    def entries(self, revision: str) -> dict[str, Entry]:
        """The files of a revision that was fetched, by their paths, without reading them."""
        return entries(self._git, revision)

    def read(self, revision: str, paths: Iterable[str]) -> Iterator[File]:
        """Files of a revision that was fetched, in the order asked for.

        Raises:
            NoRevision: it has no such file, or one that is a link.
        """
        there = self.entries(revision)
        wanted = list(paths)
        if lacking := [path for path in wanted if path not in there or not there[path].is_plain]:
            raise NoRevision(f"{revision} has no file {lacking[0]!r}.")
        ids = [there[path].id for path in wanted]
        self._bring(ids)
        answers = self._git.here("cat-file", "--batch", given=_lines(ids))
        return zip(wanted, contents(BytesIO(answers), ids), strict=True)

    def messages(self, revision: str, keys: Iterable[str]) -> Iterator[Message]:
        """Commits that a revision came from, newest first, as far as they were fetched; see `messages.messages`."""
        return messages(self._git, revision, keys)

    def commit(self, base: str, changes: Changes, words: Words) -> str:
        """Id of a new commit on top of one that was fetched; that one itself where nothing would change.

        Raises:
            UnsafePath: a path is none, belongs to git itself, or leads through a file or link that is there.
        """
        return commit(self._git, base, changes, words)

    def push(self, commit: str, branch: str, expected: str | None = None, elsewhere: str | None = None) -> None:
        """Set a branch to a commit.

        Args:
            commit: its id.
            branch: its name, without refs/heads/.
            expected: the commit that the branch is at now, which is then pushed over; `ABSENT` if it is expected not to
                exist. Without, the branch may only go forward.
            elsewhere: address of a fork on the same host that gets it instead. All commits must have been fetched.
        """
        ref = self._ref(branch)
        lease = () if expected is None else (f"--force-with-lease={ref}:{expected}",)
        self._push(lease, f"{commit}:{ref}", branch, commit, elsewhere)

    def delete(self, branch: str, expected: str) -> None:
        """Delete a branch that is at a commit now. It may be gone already."""
        ref = self._ref(branch)
        self._push((f"--force-with-lease={ref}:{expected}",), f":{ref}", branch, None)

    def _push(
        self, lease: tuple[str, ...], what: str, branch: str, wanted: str | None, elsewhere: str | None = None
    ) -> None:
        where = checked_address(elsewhere) if elsewhere else "origin"
        try:
            self._ask("push", "--quiet", "--porcelain", "--no-verify", *lease, where, what)
        except Outrun:
            # The answer to an attempt that succeeded may have been lost.
            if self.tip(branch, elsewhere) != wanted:
                raise

    def _bring(self, ids: list[str]) -> None:
        """Fetch contents, all at once. Left to itself, git would ask for each of them."""
        if ids:
            self._ask(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--filter=blob:none", "--stdin", "origin",
                given=_lines(ids),
            )  # fmt: skip

    def _ask(self, *arguments: str, given: bytes = b"") -> bytes:
        reason = HostSilent("git was not run.")
        for attempt in range(self._manners.attempts):
            if pause := self._manners.pause(attempt):
                self._clock.sleep(pause)
            try:
                return self._git.there(*arguments, given=given)
            except HostSilent as failure:
                reason = failure
        raise reason

    def _ref(self, branch: str) -> str:
        return self._checked(f"refs/heads/{branch}")

    def _checked(self, ref: str) -> str:
        try:
            self._git.here("check-ref-format", ref)
        except (GitFailed, ValueError):
            raise CannotRun(f"{ref!r} is not a name that git can give to a branch.") from None
        return ref


def _lines(ids: Iterable[str]) -> bytes:
    return "".join(f"{one}\n" for one in ids).encode()
