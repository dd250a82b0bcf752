"""What the AI-Horde's API answers, read as what anybody may have written.

A row without a name that can be is passed over, a number that cannot be is unknown; both are counted. An answer that
is not of the form at all is none. Of workers only sums leave this module.
"""

import json
from collections.abc import Callable, Mapping
from math import inf
from typing import Any, Final, NamedTuple

from horde_reference.analytics.usage import MOST, Domain, Use, Workers
from horde_reference.errors import Unsound

MAX_NAMES: Final = 20_000
"""Names in one answer. The AI-Horde has some 1,500; so many still fit into a snapshot that can be read again."""
MAX_NAME_BYTES: Final = 255
"""Bytes of a name in an answer."""
_MAX_DIGITS: Final = 20
_MAX_THREADS: Final = 10_000


class Counts(NamedTuple):
    """Requests for a model; `None` where the answer holds something else than a count."""

    day: int | None = None
    month: int | None = None
    total: int | None = None


def statuses(raw: bytes, domain: Domain) -> tuple[dict[str, Use], int]:
    """Models that are offered now, and how many rows and numbers were no use.

    Raises:
        Unsound: it is no list, or names no models.
    """
    found: dict[str, Use] = {}
    faults = 0
    for row in _value(raw, list):
        name = _name_of(row, domain)
        if name is None or name in found:
            faults += 1
            continue
        said = {key: sound(row.get(theirs)) for key, (theirs, sound) in _FIELDS.items()}
        faults += sum(said[key] is None and row.get(theirs) is not None for key, (theirs, _) in _FIELDS.items())
        found[name] = Use(**said)
    return _some(found), faults


def stats(raw: bytes) -> tuple[dict[str, Counts], int]:
    """Requests by model, and how many names and numbers were no use.

    A period lists what there was: a model that only another one lists had no request in it.

    Raises:
        Unsound: it is no object with the three periods, or names no models.
    """
    answer = _value(raw, dict)
    periods = [answer.get(period) for period in Counts._fields]
    if not all(isinstance(period, dict) for period in periods):
        raise Unsound("its answer does not say day, month and total")
    names = {name for period in periods for name in period}
    sound = {name for name in names if _is_name(name)}
    found = {name: Counts(*(_count(period.get(name, 0)) for period in periods)) for name in sound}
    faults = len(names) - len(sound) + sum(count is None for counts in found.values() for count in counts)
    return _some(found), faults


def workers(raw: bytes, domain: Domain) -> tuple[Workers, int]:
    """Workers that are online, in sum, and how many rows were no use.

    Raises:
        Unsound: it is no list.
    """
    rows = _value(raw, list)
    sound = [row for row in rows if isinstance(row, dict) and type(row.get("online")) is bool]
    online = [row for row in sound if row["online"] and row.get("type", domain) == domain]
    threads = [_count(row.get("threads"), _MAX_THREADS) for row in online]
    return Workers(
        online=len(online),
        trusted=sum(row.get("trusted") is True for row in online),
        in_maintenance=sum(row.get("maintenance_mode") is True for row in online),
        threads=sum(filter(None, threads)),
    ), len(rows) - len(sound) + threads.count(None)


def _value(raw: bytes, kind: type[Any]) -> Any:  # noqa: ANN401 - any JSON value of that kind
    """The value of an answer. NaN and its like may stand in it: they cost a number, not all of them."""
    try:
        value = json.loads(raw, parse_int=_whole)
    except (ValueError, RecursionError):
        raise Unsound("its answer is not JSON") from None
    if not isinstance(value, kind):
        raise Unsound(f"its answer is no JSON {'list' if kind is list else 'object'}")
    return value


def _some(found: dict[str, Any]) -> dict[str, Any]:
    """What was found, if it can be. A server that knows of no model at all is out of order."""
    if not found:
        raise Unsound("its answer names no models")
    if len(found) > MAX_NAMES:
        raise Unsound(f"its answer names more than {MAX_NAMES} models")
    return found


def _name_of(row: object, domain: Domain) -> str | None:
    """The model that a row is about, if it is one of that domain."""
    if not isinstance(row, Mapping) or row.get("type", domain) != domain:
        return None
    name = row.get("name")
    return name if _is_name(name) else None


def _is_name(name: object) -> bool:
    """Whether a model may be called so: what is printable has a UTF-8 form, and is one line."""
    return isinstance(name, str) and bool(name.strip()) and name.isprintable() and len(name.encode()) <= MAX_NAME_BYTES


def _whole(digits: str) -> float:
    """A whole number. Python refuses to read one of thousands of digits; it is out of bounds in any case."""
    return int(digits) if len(digits) <= _MAX_DIGITS else inf


def _count(value: object, limit: int = MOST) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 <= value <= limit else None


def _amount(value: object) -> float | None:
    # Nothing is less or more than NaN; a truth value is no number.
    sound = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST
    return float(value) if sound else None  # type: ignore[arg-type]


_FIELDS: Final[Mapping[str, tuple[str, Callable[[object], Any]]]] = {
    "workers": ("count", _count),
    "queued": ("queued", _amount),
    "jobs": ("jobs", _amount),
    "performance": ("performance", _amount),
    "eta": ("eta", _count),
}
"""Field of ours → name of theirs, and what makes a number of it that can be."""
