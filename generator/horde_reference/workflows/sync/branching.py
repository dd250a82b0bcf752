"""The branch that a sync lies on: what is there now, and whether it is our work or that of somebody else."""

import re
from dataclasses import dataclass
from typing import Final

from horde_reference.adapters.git.failures import NoRevision
from horde_reference.adapters.git.messages import Message
from horde_reference.adapters.git.remote import Remote
from horde_reference.adapters.github.accounts import Account
from horde_reference.adapters.github.values import PullRequest
from horde_reference.errors import CannotRun
from horde_reference.workflows.sync.marking import Mark, read
from horde_reference.workflows.sync.targets import BY, GENERATOR, SOURCE, Target

_ID: Final = re.compile("[0-9a-f]{40}")

Patch = dict[str, tuple[object, object]]
"""What a commit changes: path → file before and after."""


def branch_of(repository: str) -> str:
    """The branch that a repository's syncs lie on, always the same: what is there can be brought up to date."""
    return f"sync/{repository}"


@dataclass(frozen=True, slots=True)
class Lying:
    """A commit of a sync, as it lies on the branch."""

    commit: str
    source: str
    """The commit of our records that it was made from; empty where it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The branch of a sync."""

    name: str
    remote: Remote
    main: str
    """What the main branch is at."""
    mark: Mark
    """What the open pull request remembers."""
    address: str
    """Address of who we are in git."""

    @classmethod
    def of(cls, target: Target, repository: str, pull: PullRequest | None, us: Account) -> "Branch":
        """The branch of a target.

        Raises:
            CannotRun: it has none.
        """
        if target.remote is None:
            raise CannotRun(f"{target.title} is no repository.")
        mark = read(pull.body) if pull else Mark()
        return cls(
            name=branch_of(repository), remote=target.remote, main=target.commit, mark=mark, address=us.address
        )  # fmt: skip

    def seen(self) -> Message | None:
        """What it is at now, fetched; `None` if there is no such branch."""
        if self.remote.tip(self.name) is None:
            return None
        try:
            return self._message(self.remote.fetch(f"refs/heads/{self.name}", depth=None))
        except NoRevision:  # it went meanwhile
            return None

    def lying(self, there: Message) -> Lying:
        """The commit of a sync in what is there: below a merge of the main branch, if somebody made one."""
        made = self._message(there.parents[0]) if len(there.parents) > 1 else there
        source = made.stated.get(SOURCE, "")
        return Lying(made.commit, source if _ID.fullmatch(source) else "")

    def says(self, there: Message, commit: str) -> bool:
        """Whether what is there is ours and changes just what a commit would; approvals are of a commit."""
        if not (self._is_made(there) or self._is_brought_up(there)):
            return False
        return self._patch(there) == self._patch(self._message(commit))

    def is_ours(self, there: Message) -> bool:
        """Whether nobody else's work is there. Who only merged the main branch into it has done none."""
        return self._is_made(there) or (self._is_brought_up(there) and self._adds_nothing(there))

    def _is_made(self, there: Message) -> bool:
        """Whether it is a commit of ours, and as we made it: who amends one keeps what it says of itself."""
        if there.stated.get(GENERATOR) != BY or SOURCE not in there.stated or len(there.parents) != 1:
            return False
        if there.commit == self.mark.commit:
            return True
        # A sync that was killed could not write down what it pushed; of the same source it would have pushed nothing.
        is_new = not self.mark.commit or there.stated[SOURCE] != self.mark.source
        return is_new and there.committer == self.address

    def _is_brought_up(self, there: Message) -> bool:
        """Whether it merges the main branch into a commit of ours, as GitHub's button does."""
        if len(there.parents) != 2:  # noqa: PLR2004 - as a merge has
            return False
        mine, theirs = there.parents
        is_main = any(one.commit == theirs for one in self.remote.messages(self.main, (SOURCE,)))
        return is_main and self._is_made(self._message(mine))

    def _adds_nothing(self, merge: Message) -> bool:
        mine, theirs, made = (self.remote.entries(commit) for commit in (*merge.parents, merge.commit))
        return all(made.get(path) in (mine.get(path), theirs.get(path)) for path in {*mine, *theirs, *made})

    def _patch(self, there: Message) -> Patch:
        """What a commit changes. It may have been made from an older main branch; a merge changes what it brings in."""
        before, after = self.remote.entries(there.parents[-1]), self.remote.entries(there.commit)
        return {
            path: (before.get(path), after.get(path))
            for path in {*before, *after}
            if before.get(path) != after.get(path)
        }

    def _message(self, commit: str) -> Message:
        return next(self.remote.messages(commit, (SOURCE, GENERATOR)))
