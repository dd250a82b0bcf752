"""Build the published tree: read, check, emit, validate, write."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import horde_reference.version
from horde_reference.adapters.publish import Written, is_untouched, read_marker, sweep, write_tree
from horde_reference.corpus import Corpus
from horde_reference.emit import api, legacy, schemas
from horde_reference.emit.conformance import conforming
from horde_reference.emit.record_schemas import Schema
from horde_reference.errors import WouldShrink
from horde_reference.finding import Finding, has_errors
from horde_reference.tree import Emitted
from horde_reference.workflows.gather import check_files, paused_collection, read, require_records
from horde_reference.workflows.progress import Progress, quiet

MAX_SHRINK: Final = 0.2
"""Share of its records that a category may lose from one build to the next, unless it is allowed to lose more."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    findings: list[Finding]
    """All findings; with an error among them nothing was written."""
    counts: Mapping[str, int]
    """Records by category."""
    written: Written | None
    """What changed in the output; `None` where the build stopped at findings."""


def emit(corpus: Corpus, shapes: Mapping[str, Schema]) -> Iterator[Emitted]:
    """Every published file of a corpus: a function of the records and of nothing else."""
    yield from schemas.emit(shapes)
    yield from api.emit(corpus)
    yield from legacy.emit(corpus)


def build(data: Path, out: Path, *, max_shrink: float = MAX_SHRINK, progress: Progress = quiet) -> Built:
    """Make `out` the published tree of the records in `data`.

    Raises:
        OutputNotOurs: `out` holds files that this tool did not make.
        WouldShrink: a category would lose a larger share of its records than `max_shrink`.
        CannotRun: `data` cannot be read, or `out` not written. In every case `out` is as it was.
    """
    before = read_marker(out)
    sweep(out)
    found = read(data, progress)
    require_records(found, data)
    inputs = sha256(f"{found.digest()} {_generator_digest()}".encode()).hexdigest()
    if before and before.get("inputs") == inputs and not found.findings and is_untouched(out, before):
        return Built([], before["counts"], Written(before["files"], 0, 0))
    checked = check_files(found, data, progress)
    counts = checked.corpus.counts()
    if has_errors(checked.findings):
        return Built(checked.findings, counts, None)
    _refuse_shrinking(before or {}, counts, max_shrink)
    with paused_collection():
        shapes = schemas.all_schemas()
        files = conforming(emit(checked.corpus, shapes), shapes)
        marker = {"inputs": inputs, "counts": counts}
        written = write_tree(progress(files, "Writing"), out, marker)
    return Built(checked.findings, counts, written)


def _generator_digest() -> str:
    """SHA-256 over this package's own files: another generator may write another tree from the same records."""
    digest = sha256()
    for path in sorted(Path(horde_reference.version.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _refuse_shrinking(before: Mapping[str, Any], counts: Mapping[str, int], max_shrink: float) -> None:
    shrunk = [
        f"{category} from {had} to {counts.get(category, 0)}"
        for category, had in before.get("counts", {}).items()
        if had - counts.get(category, 0) > max_shrink * had
    ]
    if shrunk:
        raise WouldShrink(
            f"These categories would lose more than {max_shrink:.0%} of their records: {', '.join(shrunk)}. "
            "If that is meant, build with --allow-shrink. The output is as it was."
        )
