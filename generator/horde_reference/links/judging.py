"""What is to be thought of a download, by what its host told. Only a definite answer makes it broken."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.links.report import Fault, Link, Outcome, Seen
from horde_reference.proposals.weights import HASH_DIFFERS, SIZE_DIFFERS, Standing, Weight, doubts

_DIFFERS: Final[Mapping[str, Fault]] = MappingProxyType({HASH_DIFFERS: "hash-differs", SIZE_DIFFERS: "size-differs"})
_OUTCOMES: Final[Mapping[Standing, Outcome]] = MappingProxyType(
    {Standing.TOLD: "good", Standing.UNTOLD: "good", Standing.GATED: "gated"}
)


def judged(link: Link, weight: Weight, host: str, *, is_nameless: bool) -> Seen:
    """What was seen of a download.

    Args:
        link: the download.
        weight: what is known of the file.
        host: name of its host.
        is_nameless: whether there is no such host.
    """
    stated = {"file_url": link.url, "sha256sum": link.sha256, "size_bytes": link.size}
    for rule, problem in doubts(stated, weight, host):
        if rule in _DIFFERS:
            return Seen(link, "broken", problem.message, _DIFFERS[rule])
    if is_nameless:
        return Seen(link, "broken", f"{host} is the name of no host.", "no-host")
    if weight.standing is Standing.ABSENT:
        return Seen(link, "broken", f"{host} {weight.why}.", "absent")
    outcome = _OUTCOMES.get(weight.standing, "unknown")
    return Seen(link, outcome, "" if outcome == "good" else f"{host} {weight.why}.")
