"""What is wrong with the shape of a file, as findings: pydantic's errors in words, with lines and suggestions."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from pydantic_core import ErrorDetails, ValidationError

from horde_reference.finding import Finding, Severity, did_you_mean, pointer
from horde_reference.formats.faults import OUT_OF_BOUNDS, SYNTAX, Place, not_json, text_faults
from horde_reference.formats.json_reading import Layout, NotJson, layout, loads
from horde_reference.formats.order import CATEGORY_ORDERS
from horde_reference.records.categories import CATEGORIES
from horde_reference.records.vocabulary import Baseline

MISSING_KEY: Final = "missing-key"
UNKNOWN_KEY: Final = "unknown-key"
UNKNOWN_VALUE: Final = "unknown-value"
WRONG_TYPE: Final = "wrong-type"

_NOT_MENDED_INSIDE: Final = ("config", "finetune_series", "legacy")

_LONGEST_VALUE: Final = 60

# pydantic's names of errors; every other one is a wrong type.
_RULES: Final[Mapping[str, str]] = {
    "json_invalid": SYNTAX,
    "missing": MISSING_KEY,
    "unexpected_keyword_argument": UNKNOWN_KEY,
    "enum": UNKNOWN_VALUE,
    "literal_error": UNKNOWN_VALUE,
    "finite_number": OUT_OF_BOUNDS,
    "greater_than": OUT_OF_BOUNDS,
    "greater_than_equal": OUT_OF_BOUNDS,
    "less_than_equal": OUT_OF_BOUNDS,
    "string_too_short": OUT_OF_BOUNDS,
}

BASELINE_SPELLINGS: Final = {other: str(row) for row in Baseline for other in (*row.alternatives, row.legacy)}
"""Other spelling of an image baseline → the published one."""


@cache
def needed_keys(category: str) -> frozenset[str]:
    """Keys that records of the category must state."""
    fields = dataclasses.fields(CATEGORIES[category].record)
    missing = dataclasses.MISSING
    return frozenset(field.name for field in fields if field.default is missing and field.default_factory is missing)


def explain(path: str, category: str, raw: bytes, error: ValidationError) -> list[Finding]:
    """Every fault of a file that pydantic refused, in the order of the file."""
    try:
        value = loads(raw)
    except NotJson as fault:
        return [not_json(path, fault)]
    where = layout(raw.decode())
    found = list(text_faults(path, value, where))
    told = {one.pointer for one in found}
    # A value that fits no branch of a union is reported once a branch; people need it once.
    unique: dict[tuple[str, str, str], Finding] = {}
    for detail in error.errors(include_url=False):
        finding = _finding(path, category, value, where, detail)
        missing = finding.message if finding.rule == MISSING_KEY else ""
        if finding.pointer not in told or detail["input"] is not None:
            unique.setdefault((finding.pointer, finding.rule, missing), finding)
    return sorted([*found, *unique.values()])


def _finding(path: str, category: str, value: object, where: Layout, detail: ErrorDetails) -> Finding:
    rule = _rule(detail)
    place = _resolved(value, detail["loc"])
    message, hint = _words(rule, category, place, detail)
    at = pointer(*place)
    return Finding(
        path, where.lines.get(at, 1), at, rule, Severity.ERROR, message, hint, _fixable(rule, category, place, detail)
    )


def _fixable(rule: str, category: str, place: Place, detail: ErrorDetails) -> bool:
    given = detail["input"]
    if rule == UNKNOWN_VALUE:
        return place == ("baseline",) and isinstance(given, str) and given in BASELINE_SPELLINGS
    kept = {*needed_keys(category), *_NOT_MENDED_INSIDE}
    return given == "" and place != () and place[0] not in kept


def _rule(detail: ErrorDetails) -> str:
    if detail["loc"][-1:] == ("[key]",):
        return UNKNOWN_KEY
    return _RULES.get(detail["type"], WRONG_TYPE)


def _resolved(value: Any, loc: Sequence[str | int]) -> Place:  # noqa: ANN401 - any JSON value
    """The part of pydantic's location that leads somewhere: it also names branches of unions and missing keys."""
    place: list[str | int] = []
    for part in loc:
        match value:
            case dict() if part in value:
                value = value[part]
            case list() if isinstance(part, int) and part < len(value):
                value = value[part]
            case _:
                continue
        place.append(part)
    return tuple(place)


def _words(rule: str, category: str, place: Place, detail: ErrorDetails) -> tuple[str, str]:
    key = str(place[-1]) if place else ""
    given, wanted = shown(detail["input"]), _sentence(detail["msg"])
    match rule:
        case "missing-key":
            return f"{detail['loc'][-1]!r} is missing.", "Add it: this object must state it."
        case "unknown-key":
            known = _expected(detail) or _siblings(category, place)
            return f"{key!r} is not a key of this object.", did_you_mean(key, known)
        case "unknown-value":
            return f"{given} is not a known value.", _known(detail)
        case "out-of-bounds":
            return f"{given} is out of bounds: {wanted}", "Correct it, or leave the key out."
        case "json-syntax":
            return f"This cannot be read: {wanted}", "Write it in a simpler way."
    return f"{given} has the wrong type: {wanted}", "See the schema of the file, or another record."


def _known(detail: ErrorDetails) -> str:
    given = detail["input"]
    known = _expected(detail)
    meant = BASELINE_SPELLINGS.get(given) if isinstance(given, str) else None
    return f"Did you mean {meant}?" if meant in known else did_you_mean(str(given), known)


def _expected(detail: ErrorDetails) -> list[str]:
    """The values that pydantic would have taken, where it lists them."""
    expected = detail.get("ctx", {}).get("expected", "")
    return [word.strip("'") for word in expected.replace(" or ", ", ").split(", ") if word]


def _siblings(category: str, place: Place) -> list[str]:
    """Keys that may stand beside the last part of a place in a file of the category."""
    order = CATEGORY_ORDERS[category]
    for part in place[:-1]:
        if isinstance(part, str):
            order = order.inside.get(part, order)
    return list(order.rank)


def shown(value: object) -> str:
    """A value as JSON, cut off where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 3] + "..."


def _sentence(message: str) -> str:
    return message[:1].lower() + message[1:] + "."
