"""Shares of a whole, and hosts of addresses: what several counts have in common."""

import re
from typing import Final
from urllib.parse import urlsplit

_PLAIN_ADDRESS: Final = re.compile(r"https?://([a-z0-9.-]+)/")


def percentage(part: float, whole: float, digits: int = 2) -> float:
    """A part in percent; nothing of nothing is 0."""
    return round(100 * part / whole, digits) if whole else 0.0


def host_of(address: str) -> str:
    """Host of an address, in lower case, without its port; empty where there is none."""
    if plain := _PLAIN_ADDRESS.match(address):
        return plain[1]
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
