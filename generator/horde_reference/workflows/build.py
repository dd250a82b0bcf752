"""Build the published tree: read, check, emit, validate, write."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from horde_reference.adapters.marker import Marker, read_marker
from horde_reference.adapters.packaged import generator_digest, packaged_schemas
from horde_reference.adapters.publish import Written, is_untouched, write_tree
from horde_reference.adapters.stage import sweep
from horde_reference.corpus import Corpus
from horde_reference.emit import api, legacy
from horde_reference.emit.conformance import conforming
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, has_errors
from horde_reference.tree import Emitted
from horde_reference.workflows.gather import check_files, paused_collection, read, require_records
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.shrinking import MAX_SHRINK, refuse_shrinking


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    findings: list[Finding]
    """All findings; with an error among them nothing was written. Empty where nothing had changed."""
    counts: Mapping[str, int]
    """Records by category."""
    warnings: int
    """Warnings that the records have, also where nothing had changed and they were not looked for again."""
    written: Written | None
    """What changed in the output; `None` where the build stopped at findings."""
    unchanged: bool = False
    """Whether records, generator and output were those of the last build."""


def emit(corpus: Corpus, schemas: Mapping[str, bytes]) -> Iterator[Emitted]:
    """Every published file of a corpus: a function of the records and of nothing else."""
    yield from schemas.items()
    yield from api.emit(corpus)
    yield from legacy.emit(corpus)


def build(data: Path, out: Path, *, max_shrink: float = MAX_SHRINK, progress: Progress = quiet) -> Built:
    """Make `out` the published tree of the records in `data`.

    Raises:
        OutputNotOurs: `out` holds files that this tool did not make.
        WouldShrink: a category would lose a larger share of its records than `max_shrink`.
        CannotRun: `data` cannot be read, or `out` not written. In every case `out` is as it was.
    """
    _refuse_nesting(data, out)
    before = read_marker(out)
    sweep(out)
    with paused_collection():
        return _build(data, out, before, max_shrink, progress)


def _build(data: Path, out: Path, before: Marker | None, max_shrink: float, progress: Progress) -> Built:
    found = read(data, progress)
    require_records(found, data)
    inputs = sha256(f"{found.digest()} {generator_digest()}".encode()).hexdigest()
    if before and before.inputs == inputs and not found.findings and is_untouched(out, before):
        return Built([], before.counts, before.warnings, Written(before.files, 0, 0), unchanged=True)
    checked = check_files(found, data, progress)
    counts, warnings = checked.corpus.counts(), len(checked.findings)
    if has_errors(checked.findings):
        return Built(checked.findings, counts, warnings, None)
    refuse_shrinking(before.counts if before else {}, counts, max_shrink)
    schemas = packaged_schemas()
    files = conforming(emit(checked.corpus, schemas), schemas)
    written = write_tree(progress(files, "Writing"), out, Marker(inputs, counts, warnings))
    return Built(checked.findings, counts, warnings, written)


def _refuse_nesting(data: Path, out: Path) -> None:
    """Neither folder may lie in the other: one would become part of what is read, or be replaced with it."""
    inside, outside = data.resolve(), out.resolve()
    if inside == outside or inside.is_relative_to(outside) or outside.is_relative_to(inside):
        raise CannotRun(f"{out} and {data} lie one in the other. Build into a folder beside the records.")
    if Path.cwd().is_relative_to(outside):
        raise CannotRun(f"You are in {out}, which would be replaced under you. Build from another folder.")
    if outside.is_mount():
        raise CannotRun(f"{out} is a mount point, which cannot be replaced. Build into a folder inside it.")
