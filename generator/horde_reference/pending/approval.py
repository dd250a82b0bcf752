"""Who may approve what: a small reviewed file, and whether a proposal has the approvals that it needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from horde_reference.pending.proposal import Approval
from horde_reference.records.categories import CATEGORIES

PATH: Final = ".github/approvers.json"
"""Where the file lies in the repository. It is read from the main branch, never from a proposal."""


class ApproversUnsound(ValueError):
    """The file does not say who may approve."""


class Approvers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Logins by what they may approve."""

    maintainers: tuple[str, ...] = ()
    """Those who may approve everything."""
    categories: dict[str, tuple[str, ...]] = {}
    """Category → those who may approve changes of its records, besides."""

    def may_approve(self, login: str, category: str | None) -> bool:
        """Whether somebody may approve a category, or with `None` all that is not a record."""
        known = {*self.maintainers, *(self.categories.get(category, ()) if category else ())}
        return login.lower() in {one.lower() for one in known}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a proposal may be applied."""

    approvals: tuple[Approval, ...]
    """Those that count."""
    missing: tuple[str, ...]
    """What nobody who may has approved yet: categories, and `program` for all that is not a record."""
    ignored: tuple[str, ...]
    """Why other approvals do not count, in words."""

    @property
    def is_approved(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def decode(raw: bytes) -> Approvers:
    """What the file says.

    Raises:
        ApproversUnsound: it is not of the form, or names a category that there is not.
    """
    try:
        found = msgspec.json.decode(raw, type=Approvers)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ApproversUnsound(f"{PATH} cannot be used: {error}") from None
    if unknown := found.categories.keys() - CATEGORIES.keys():
        raise ApproversUnsound(f"{PATH} names categories that there are not: {', '.join(sorted(unknown))}")
    return found


def judged(
    approvals: Iterable[Approval],
    authors: Sequence[str],
    head: str,
    touched: Sequence[str | None],
    approvers: Approvers,
) -> Verdict:
    """Whether approvals suffice.

    Args:
        approvals: the last word of each reviewer who said yes.
        authors: logins of those who wrote the proposal, none of whom may approve it.
        head: the commit that it proposes: approvals of another were given to something else.
        touched: the categories that it changes, and `None` for all else. What seems to change nothing is not a record.
        approvers: who may approve what.
    """
    own = {author.lower() for author in authors}
    counted: list[Approval] = []
    ignored: list[str] = []
    for approval in approvals:
        if approval.login.lower() in own:
            ignored.append(f"{approval.login} wrote it")
        elif approval.commit != head:
            ignored.append(f"{approval.login} approved an earlier commit")
        else:
            counted.append(approval)
    missing = [
        category or "program"
        for category in dict.fromkeys(touched or [None])
        if not any(approvers.may_approve(one.login, category) for one in counted)
    ]
    useful = [one for one in counted if _is_of_use(one.login, touched, approvers)]
    ignored += [f"{one.login} may not approve this" for one in counted if one not in useful]
    return Verdict(tuple(useful), tuple(missing), tuple(ignored))


def _is_of_use(login: str, touched: Sequence[str | None], approvers: Approvers) -> bool:
    return any(approvers.may_approve(login, category) for category in touched)
