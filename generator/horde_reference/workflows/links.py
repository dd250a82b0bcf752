"""Look at every download of the published records: whether it is there, and is what the record says."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from horde_reference.adapters.disk import write_file
from horde_reference.adapters.in_turn import is_nameless
from horde_reference.adapters.weights import Scales
from horde_reference.errors import CannotRun
from horde_reference.links.judging import judged
from horde_reference.links.report import Link, Report, ReportUnsound, Seen, decode, encode, report
from horde_reference.proposals.weights import Standing, Weight
from horde_reference.records.base import Record
from horde_reference.workflows.asking import ask, host_in
from horde_reference.workflows.gather import gather
from horde_reference.workflows.progress import Progress, quiet


def check(
    data: Path,
    scales: Scales,
    now: int,
    *,
    categories: Collection[str] = (),
    known: Path | None = None,
    progress: Progress = quiet,
) -> Report:
    """Look at every download of the records that are offered.

    Args:
        data: the folder of records.
        scales: asks hosts.
        now: seconds since 1970.
        categories: only these; all, if none is named.
        known: file of the report before, which need not be there: what is broken is then reported only if it was
            broken in both, a day or more apart. Without it, it is reported at once.
        progress: for whoever watches.

    Raises:
        CannotRun: there is nothing to look at, or no host answered at all: then the fault is here.
    """
    links = list(dict.fromkeys(_links(gather(data).corpus.offered(), categories)))
    if not links:
        raise CannotRun(f"No record in {data} that is asked about has a download: nothing was looked at.")
    seen = _seen(links, scales, progress)
    if all(one.outcome == "unknown" or one.fault == "no-host" for one in seen):
        raise CannotRun(f"Of {len(links)} downloads no host answered: nothing was seen. Is there a network?")
    return report(seen, now, _known(known), at_once=known is None)


def write(into: Path, found: Report) -> None:
    """Write the report, in one step."""
    into.parent.mkdir(parents=True, exist_ok=True)
    write_file(into, encode(found))


def _links(records: Iterable[Record], categories: Collection[str]) -> Iterator[Link]:
    for record in records:
        if not categories or record.category in categories:
            for one in record.config.download:
                yield Link(record.category, record.name, one.file_url, one.sha256sum, one.size_bytes)


def _seen(links: list[Link], scales: Scales, progress: Progress) -> list[Seen]:
    urls = list(dict.fromkeys(one.url for one in links))
    weights = dict(progress(ask(urls, scales), "Asking hosts", len(urls)))
    nameless = _nameless(weights, scales)
    return [
        judged(one, weights[one.url], host_in(one.url) or "its host", is_nameless=host_in(one.url) in nameless)
        for one in links
    ]


def _nameless(weights: dict[str, Weight], scales: Scales) -> set[str]:
    """Names of hosts that there are not, among those that did not answer."""
    silent = {host_in(url): url for url, one in weights.items() if one.standing is Standing.UNREACHABLE}
    return {host for host, url in silent.items() if is_nameless(scales.network, url)}


def _known(path: Path | None) -> Report | None:
    """The report before. One that is lost or damaged costs a week, and no more."""
    if path is None:
        return None
    try:
        return decode(path.read_bytes())
    except (FileNotFoundError, ReportUnsound):
        return None
