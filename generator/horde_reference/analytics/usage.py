"""How much models are used, as the AI-Horde counts it: one snapshot, and the file that holds it.

The file is fetched by a command of its own and is an input of the build, which never asks anybody. Names in it are
those of the AI-Horde, backends and all; `matching` says which model they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal

import msgspec

MOST: Final = 10**12
"""No number is larger: the sum over all names must still be one that every reader of JSON can hold."""

VERSION: Final = 1
"""Version of the form of the file."""

Domain = Literal["image", "text"]
DOMAINS: Final[tuple[Domain, ...]] = ("image", "text")
"""What the AI-Horde counts models of."""


class UsageUnsound(ValueError):
    """A file is not a snapshot of usage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What is known of one name; `None` where the AI-Horde did not say."""

    day: int | None = None
    """Requests of the last day."""
    month: int | None = None
    """Requests of the last month."""
    total: int | None = None
    """Requests since counting began."""
    workers: int | None = None
    """Workers that offer it now."""
    queued: float | None = None
    """Work that waits: megapixelsteps of images, tokens of text."""
    jobs: float | None = None
    """Requests that wait."""
    performance: float | None = None
    """Speed of its workers: megapixelsteps or tokens a second."""
    eta: int | None = None
    """Seconds until the queue is worked off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """All workers of a domain in sum: nothing that would tell one from another."""

    online: int = 0
    """Workers that are there."""
    trusted: int = 0
    """Those of them that are trusted."""
    in_maintenance: int = 0
    """Those of them that take no new work."""
    threads: int = 0
    """Requests that they can work on at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A domain's models by the names that the AI-Horde gives them, and its workers."""

    models: Mapping[str, Use] = field(default_factory=dict)
    """Name → what is known of it."""
    workers: Workers | None = None
    """All workers; `None` where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """A snapshot."""

    fetched_at: int
    """Seconds since 1970 when it was fetched."""
    source: str = ""
    """Address of the API that it was fetched from."""
    image: Counted = field(default_factory=Counted)
    text: Counted = field(default_factory=Counted)
    missing: tuple[str, ...] = ()
    """What could not be had, in words: `text stats`. What is not there counts as unknown, not as zero."""

    def of(self, domain: Domain) -> Counted:
        """The models of a domain."""
        return self.image if domain == "image" else self.text

    def missing_of(self, domain: Domain) -> list[str]:
        """What could not be had of a domain."""
        return [part for part in self.missing if part.startswith(domain)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The file: a snapshot and the version of its form."""

    version: Literal[1]
    fetched_at: int
    source: str = ""
    image: Counted = field(default_factory=Counted)
    text: Counted = field(default_factory=Counted)
    missing: tuple[str, ...] = ()


_NUMBERS: Final = tuple(one.name for one in fields(Use))


def decode(raw: bytes) -> Usage:
    """The snapshot that a file holds.

    Raises:
        UsageUnsound: it holds none, or numbers that cannot be.
    """
    try:
        found = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageUnsound(f"it is not a snapshot of usage: {error}") from None
    usage = Usage(**{one.name: getattr(found, one.name) for one in fields(Usage)})
    for domain in DOMAINS:
        for name, use in usage.of(domain).models.items():
            if any((number := getattr(use, key)) is not None and not 0 <= number <= MOST for key in _NUMBERS):
                raise UsageUnsound(f"it has a number that cannot be for {domain} model {name!r}")
    return usage


def encode(usage: Usage) -> bytes:
    """The file of a snapshot: names in order, so that two days differ only where numbers do."""
    said: dict[str, Any] = {"version": VERSION, "fetched_at": usage.fetched_at, "source": usage.source}
    for domain in DOMAINS:
        counted = usage.of(domain)
        said[domain] = {
            **({"workers": _stated(counted.workers)} if counted.workers else {}),
            "models": {name: _stated(use) for name, use in sorted(counted.models.items())},
        }
    said["missing"] = list(usage.missing)
    return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"


def _stated(value: Use | Workers) -> dict[str, Any]:
    """What is known of it."""
    said = {one.name: getattr(value, one.name) for one in fields(value)}
    return {key: number for key, number in said.items() if number is not None}
