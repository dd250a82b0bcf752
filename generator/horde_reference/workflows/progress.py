"""How long work tells how far it is, without knowing who listens."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

ItemT = TypeVar("ItemT")


class Progress(Protocol):
    """Passes items on and counts them for whoever watches."""

    def __call__(self, items: Iterable[ItemT], label: str, total: int | None = None) -> Iterable[ItemT]:
        """The same items; `label` names the work in a word or two, `total` their number if it is known."""
        ...


def quiet(items: Iterable[ItemT], label: str, total: int | None = None) -> Iterable[ItemT]:  # noqa: ARG001
    """Progress that nobody watches."""
    return items
