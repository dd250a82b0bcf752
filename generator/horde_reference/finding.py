"""A finding: where something is wrong, what it is, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """Whether a finding fails a check."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong with one file."""

    path: str
    """File, as the caller named its folder; empty for the whole corpus."""
    line: int
    """Line in the file, counted from 1; 0 where it is not known."""
    pointer: str
    """JSON pointer (RFC 6901) to the value; empty for the whole file."""
    rule: str
    """Id of the rule that found it."""
    severity: Severity
    """Whether it fails the check."""
    message: str
    """What is wrong."""
    hint: str = ""
    """What to do."""
    fixable: bool = False
    """Whether `horde-reference fix` can do it."""

    def as_json(self) -> dict[str, Any]:
        """The finding as a JSON object, one member a field."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule says of one record; where the record is stored is added by whoever runs the rule."""

    pointer: str
    """JSON pointer to the value inside the record; empty for the whole record."""
    message: str
    """What is wrong."""
    hint: str = ""
    """What to do."""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether at least one finding fails a check."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def pointer(*parts: str | int) -> str:
    """JSON pointer to a value: keys and list positions from the outside in."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that suggests the nearest known word, or lists a few when none is near."""
    candidates = list(known)
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    near = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {by_folded[near[0]]}?"
    return f"Use one of: {', '.join(candidates)}."
