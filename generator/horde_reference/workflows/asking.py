"""Ask the hosts of many files about them: a few hosts at a time, each one question after the other."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from horde_reference.adapters.in_turn import in_turn
from horde_reference.adapters.lanes import in_lanes
from horde_reference.adapters.weights import Scales
from horde_reference.proposals.weights import Standing, Weight

HOSTS_AT_ONCE: Final = 4
PAUSE: Final = 0.5
"""Seconds for which a host is left alone after each answer."""
FAILURES: Final = 3
"""Questions in a row without an answer after which a host is asked no more."""

_GIVEN_UP: Final = Weight(standing=Standing.UNREACHABLE, why=f"was asked no more after {FAILURES} failures in a row")


def ask(urls: Iterable[str], scales: Scales) -> Iterator[tuple[str, Weight]]:
    """Each address once, and what is known of the file there, as the answers come. Nothing is raised."""
    patient = replace(scales, network=in_turn(scales.network, scales.clock, PAUSE))
    lanes: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        lanes.setdefault(host_in(url), []).append(url)
    # The longest goes first: it takes as long as all others together.
    order = sorted(lanes.values(), key=len, reverse=True)
    return in_lanes(order, lambda lane: _asked(lane, patient), HOSTS_AT_ONCE)


def _asked(lane: list[str], scales: Scales) -> Iterator[tuple[str, Weight]]:
    failures = 0
    for url in lane:
        weight = scales.weigh(url) if failures < FAILURES else _GIVEN_UP
        failures = failures + 1 if weight.standing is Standing.UNREACHABLE else 0
        yield url, weight


def host_in(url: str) -> str:
    """Name of the host in an address, in lower case; empty where there is none."""
    with suppress(ValueError):
        return urlsplit(url).hostname or ""
    return ""
