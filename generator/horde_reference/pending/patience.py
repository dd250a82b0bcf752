"""How long proposals and broken links are waited for: all numbers of the scheduled care, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Turn: TypeAlias = Literal["author", "waiting", "ready"]
"""Whom an open proposal waits for: its author, those who may approve it, those who apply what is approved."""

DAY: Final = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Days until something is said of a proposal on which nothing moves."""

    first: int
    """Until it is said for the first time."""
    again: int | None = None
    """Until it is said again; `None` where once is enough."""
    end: int | None = None
    """Until it is closed; `None` where it never is."""
    label: str | None = None
    """Label that it has from the first word on."""


PATIENCE: Final[Mapping[Turn, Patience]] = MappingProxyType(
    {
        "author": Patience(first=14, again=14, end=60),
        "waiting": Patience(first=7, label="waiting"),
        "ready": Patience(first=3, label="ready"),
    }
)
"""Authors are reminded again and again, and then closed; maintainers are told once, and closed never."""

KEEP: Final = "keep"
"""Label of a proposal that is never closed for silence. Only maintainers can give it."""

LABELS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "waiting": ("fbca04", "Has waited for an approval for a week"),
        "ready": ("0e8a16", "Approved for three days, and not applied"),
        KEEP: ("c5def5", "Is not closed, however long nothing moves"),
    }
)
"""Label → its colour and what it says."""

ONE_BAD_DAY: Final = DAY
"""Seconds between the two checks that a link must fail before it is reported."""
