"""Proposals and queues for tests."""

from pathlib import Path
from typing import Any

from horde_reference.pending.proposal import Proposal, RecordChange
from horde_reference.pending.snapshot import Queue, encode


def clip(name: str, **stated: Any) -> dict[str, Any]:
    """What the file of a small record states."""
    return {"name": name, "description": "Sees.", **stated}


def proposal(number: int, *changes: RecordChange, **stated: Any) -> Proposal:
    """A pull request that is open, unless it is stated otherwise."""
    fields: dict[str, Any] = {
        "title": f"Number {number}", "url": f"https://example.org/{number}", "author": "ada", "state": "open",
        "created_at": number, "updated_at": number, "head": f"{number:040}",
    }  # fmt: skip
    return Proposal(number=number, changes=changes, **{**fields, **stated})


def queue_file(folder: Path, *proposals: Proposal) -> Path:
    """The file of a queue; without proposals of one that adds a record."""
    found = proposals or (proposal(57, RecordChange("clip", "proposed", None, clip("proposed"))),)
    path = folder / "queue.json"
    path.write_bytes(encode(Queue(repository="example/reference", fetched_at=1_795_000_000, proposals=found)))
    return path
