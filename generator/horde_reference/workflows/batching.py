"""Put proposals together, by a label, so that they are applied together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Final

from horde_reference.adapters.github import comments, labels, pulls
from horde_reference.adapters.github.values import Label
from horde_reference.changes.markdown import code
from horde_reference.errors import CannotRun
from horde_reference.pending.proposal import BATCH_LABEL
from horde_reference.workflows.hub import Hub
from horde_reference.workflows.proposals import MAIN, proposal_of

_LONGEST: Final = 40
_COLOUR: Final = "0e8a16"
_NUMBERED: Final = re.compile(r"(.+)-[0-9]{1,4}", re.ASCII)


def batched(hub: Hub, name: str) -> list[int]:
    """Numbers of the open proposals of a batch, in the order in which they came."""
    found = pulls.listed(hub.repository, "open", base=MAIN)
    return sorted(pull.number for pull in found if (proposal_of(pull).batch or "").casefold() == name.casefold())


def put_together(hub: Hub, name: str, numbers: Iterable[int]) -> None:
    """Give proposals the label of a batch, and take that of any other away.

    Raises:
        CannotRun: the name cannot be that of a batch.
    """
    label = f"{BATCH_LABEL}{checked_batch(name)}"
    labels.ensure(hub.repository, [Label(label, _COLOUR, "Applied together")])
    for number in numbers:
        labels.settle(hub.repository, number, [label], lambda one: one.startswith(BATCH_LABEL))


def checked_batch(name: str) -> str:
    """The name of a batch itself.

    Raises:
        CannotRun: it cannot be one.
    """
    if not (0 < len(name) <= _LONGEST and name.isprintable() and name == name.strip() and "," not in name):
        raise CannotRun(f"A batch has a name of at most {_LONGEST} characters on one line, without commas.")
    return name


def split(hub: Hub, batch: str, numbers: Sequence[int]) -> str:
    """Move what is left of a batch that was applied in part to one of its own; returns its name."""
    taken = {label.name.casefold() for label in labels.listed(hub.repository)}
    renamed = next(name for name in _successors(batch) if f"{BATCH_LABEL}{name}".casefold() not in taken)
    put_together(hub, renamed, numbers)
    for number in numbers:
        body = f"Batch {code(batch)} was applied in part. This proposal is now in batch {code(renamed)}."
        comments.create(hub.repository, number, body)
    return renamed


def _successors(batch: str) -> Iterator[str]:
    found = _NUMBERED.fullmatch(batch)
    stem = found[1] if found else batch
    for number in count(2):
        end = f"-{number}"
        yield stem[: _LONGEST - len(end)] + end
