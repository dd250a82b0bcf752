"""The pending queue: what open pull requests would change, and what became of those before.

api/model_references/v2/pending_queue/changes.json        every change
api/model_references/v2/pending_queue/changes/<id>.json   one change with its difference, field by field
api/model_references/v2/pending_queue/batches.json        proposals that are open, by batch
api/model_references/v2/pending_queue/audit/batches.json  batches that were applied, and what they came to

The records as they would be are in `api`: api/model_references/v2/<category>/pending.json
"""

from collections.abc import Iterator

from horde_reference.edition import Edition
from horde_reference.formats.addresses import QUEUE_ROOT
from horde_reference.formats.json_writing import compact
from horde_reference.pending.answers import batches_of, pending_change, pending_changes
from horde_reference.tree import Emitted


def emit(edition: Edition) -> Iterator[Emitted]:
    """Every file of the queue."""
    yield f"{QUEUE_ROOT}/changes.json", compact(pending_changes(edition.queue))
    for proposal in edition.queue.proposals if edition.queue else ():
        for one in pending_change(proposal):
            yield f"{QUEUE_ROOT}/changes/{one.change.change_id}.json", compact(one)
    yield f"{QUEUE_ROOT}/batches.json", compact(batches_of(edition.queue, "open"))
    yield f"{QUEUE_ROOT}/audit/batches.json", compact(batches_of(edition.queue, "merged"))
