"""Build the published tree: read, check, emit, validate, write."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import Path

from horde_reference.adapters.git.log import tip
from horde_reference.adapters.heads import read_head
from horde_reference.adapters.made_docs import read_docs
from horde_reference.adapters.marker import Marker, read_marker
from horde_reference.adapters.packaged import generator_digest, packaged_look, packaged_schemas
from horde_reference.adapters.publish import Written, is_untouched, write_tree
from horde_reference.adapters.stage import sweep
from horde_reference.edition import Edition
from horde_reference.emit import documentation
from horde_reference.emit.conformance import conforming
from horde_reference.emit.everything import emit
from horde_reference.emit.head import headed
from horde_reference.emit.hosting.arrange import arrange
from horde_reference.emit.hosting.host import Host
from horde_reference.emit.site import pages
from horde_reference.emit.site.proposing import pages as proposing
from horde_reference.errors import CannotRun
from horde_reference.finding import Finding, has_errors
from horde_reference.formats.head import PATH as HEAD
from horde_reference.formats.head import Head
from horde_reference.tree import Digests, Emitted
from horde_reference.workflows.fetched import FetchedFiles, known_from
from horde_reference.workflows.gather import check_files, located, paused_collection, read, require_records
from horde_reference.workflows.progress import Progress, quiet
from horde_reference.workflows.remember import recall, reused_names
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
    lost_docs: bool = False
    """Whether the documentation was published before, and is not any more."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a tree is to be built."""

    host: Host = Host.PLAIN
    """What will serve it."""
    max_shrink: float = MAX_SHRINK
    """Share of its records that a category may lose since the last build."""
    needs_history: bool = False
    """Whether not to build at all where git does not say all that happened to the records."""
    published: Path | None = None
    """The head that is published now, which must be part of the history; by default that of the last build."""
    fetched: FetchedFiles = field(default_factory=FetchedFiles)
    """Where usage and the queue were fetched into, if they were."""
    site: bool = True
    """Whether to make the pages as well that people read."""
    docs: Path | None = None
    """Where mkdocs made the documentation, to be published with them."""


def build(data: Path, out: Path, wishes: Wishes = Wishes(), *, progress: Progress = quiet) -> Built:
    """Make `out` the published tree of the records in `data`.

    Raises:
        OutputNotOurs: `out` holds files that this tool did not make.
        WouldShrink: a category would lose a larger share of its records than was wished for.
        NoHistory: there is none, or not all of it, and that was wished for.
        CannotRun: `data` cannot be read, or `out` not written. In every case `out` is as it was.
    """
    _refuse_nesting(data, out)
    before = read_marker(out)
    sweep(out)
    with paused_collection():
        return _build(data, out, before, wishes, progress)


def _build(data: Path, out: Path, before: Marker | None, wishes: Wishes, progress: Progress) -> Built:
    found = read(data, progress)
    require_records(found, data)
    schemas, look = packaged_schemas(), packaged_look() if wishes.site else {}
    docs = read_docs(wishes.docs) if wishes.docs else {}
    known = known_from(wishes.fetched)
    inputs = _digest(
        found.digest(), generator_digest(schemas | look | docs), str(tip(data)), wishes.host, known.digest()
    )
    if (
        before
        and not wishes.needs_history
        and before.inputs == inputs
        and not (found.findings or known.findings)
        and is_untouched(out, before)
    ):
        return Built([], before.counts, before.warnings, Written(before.files, 0, 0), unchanged=True)
    memory = recall(data)
    head = read_head(wishes.published or out / HEAD)
    memory.compare(head)
    history = memory.history(found.files, progress)
    if wishes.needs_history:
        memory.require()
    checked = check_files(found, data, progress)
    if has_errors(checked.findings):
        return Built(checked.findings, checked.corpus.counts(), len(checked.findings), None)
    edition = Edition(checked.corpus, history, known.usage, known.series, known.queue, checked.grouping, checked.groups)
    usage_findings = known.aged(history.time if history else None)
    findings = [*memory.findings, *usage_findings, *checked.findings, *_reused(edition, data)]
    counts = edition.published.counts()
    refuse_shrinking(_counts_before(before, head), counts, wishes.max_shrink)
    lost_docs = not docs and (out / documentation.FOLDER).is_dir()
    digests = Digests()
    site = _site(edition, look, schemas, documented=bool(docs)) if look else ()
    api = headed(conforming(emit(edition, schemas), schemas), edition, digests)
    files = arrange(chain(documentation.emit(docs), conforming(site, schemas), api), wishes.host)
    written = write_tree(progress(files, "Writing"), out, Marker(inputs, counts, len(findings)), digests)
    return Built(findings, counts, len(findings), written, lost_docs=lost_docs)


def _site(
    edition: Edition, look: Mapping[str, bytes], schemas: Mapping[str, bytes], *, documented: bool
) -> Iterator[Emitted]:
    yield from pages.emit(edition, look, documented=documented)
    yield from proposing.emit(edition, look, schemas, documented=documented)


def _counts_before(before: Marker | None, head: Head | None) -> Mapping[str, int]:
    """Records by category of what is there, or else of what is published: a fresh folder knows nothing."""
    if before:
        return before.counts
    return head.records if head else {}


def _reused(edition: Edition, data: Path) -> list[Finding]:
    return located(reused_names(edition.history, edition.corpus), data) if edition.history else []


def _digest(*facts: str) -> str:
    return sha256(" ".join(facts).encode()).hexdigest()


def _refuse_nesting(data: Path, out: Path) -> None:
    """Neither folder may lie in the other: one would become part of what is read, or be replaced with it."""
    inside, outside = data.resolve(), out.resolve()
    if inside == outside or inside.is_relative_to(outside) or outside.is_relative_to(inside):
        raise CannotRun(f"{out} and {data} lie one in the other. Build into a folder beside the records.")
    if Path.cwd().is_relative_to(outside):
        raise CannotRun(f"You are in {out}, which would be replaced under you. Build from another folder.")
    if outside.is_mount():
        raise CannotRun(f"{out} is a mount point, which cannot be replaced. Build into a folder inside it.")
