"""Labels: those of a repository, and those of an issue or pull request.

Every function raises what `Connection.request` raises. GitHub takes names that differ in case only for the same.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress

from horde_reference.adapters.github.errors import Missing
from horde_reference.adapters.github.forms import LabelForm
from horde_reference.adapters.github.repository import Repository
from horde_reference.adapters.github.values import Label


def listed(repository: Repository) -> Iterator[Label]:
    """The labels of a repository."""
    return (one.value() for one in repository.all(LabelForm, "labels"))


def ensure(repository: Repository, wanted: Iterable[Label]) -> None:
    """Have a repository know labels, with the colours and descriptions that they are to have."""
    there = {one.name.casefold(): one for one in listed(repository)}
    for label in wanted:
        found = there.get(label.name.casefold())
        if found is None:
            body = {"name": label.name, "color": label.color, "description": label.description}
            repository.send("POST", LabelForm, "labels", body=body)
        elif (found.color.casefold(), found.description) != (label.color.casefold(), label.description):
            body = {"color": label.color, "description": label.description}
            repository.send("PATCH", LabelForm, "labels", found.name, body=body)


def of(repository: Repository, number: int) -> tuple[str, ...]:
    """Names of the labels of an issue or pull request."""
    return tuple(one.name for one in repository.all(LabelForm, "issues", number, "labels"))


def settle(repository: Repository, number: int, wanted: Collection[str], among: Callable[[str], bool]) -> None:
    """Give an issue or pull request exactly the wanted labels among those that are ours; others stay as they are.

    Args:
        repository: where.
        number: of the issue or pull request.
        wanted: names that it is to have.
        among: whether a label, by its name in lower case, is one of ours to take away.
    """
    there = {name.casefold(): name for name in of(repository, number)}
    kept = {name.casefold() for name in wanted}
    for folded, name in there.items():
        if folded not in kept and among(folded):
            with suppress(Missing):  # somebody else was faster
                repository.delete("issues", number, "labels", name)
    if missing := [name for name in wanted if name.casefold() not in there]:
        repository.send("POST", list[LabelForm], "issues", number, "labels", body={"labels": missing})
