"""Every published file of an edition but the head."""

from collections.abc import Iterator, Mapping

from horde_reference.edition import Edition
from horde_reference.emit import (
    api,
    audit,
    changes,
    fixed,
    legacy,
    metadata,
    pending_queue,
    removed,
    risk,
    statistics,
    text_groups,
)
from horde_reference.tree import Emitted


def emit(edition: Edition, schemas: Mapping[str, bytes]) -> Iterator[Emitted]:
    """A function of the edition and of nothing else."""
    yield from schemas.items()
    yield from fixed.emit(schemas)
    yield from api.emit(edition)
    yield from removed.emit(edition)
    yield from metadata.emit(edition)
    yield from legacy.emit(edition)
    yield from changes.emit(edition)
    yield from audit.emit(edition)
    yield from text_groups.emit(edition)
    yield from pending_queue.emit(edition)
    yield from statistics.emit(edition)
    yield from risk.emit(edition)
