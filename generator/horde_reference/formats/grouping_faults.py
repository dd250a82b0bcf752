"""Reading values of a small JSON file, with a finding for each that is not what it should be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from horde_reference.finding import Finding, Severity, did_you_mean, pointer
from horde_reference.formats.faults import OUT_OF_BOUNDS, Place
from horde_reference.formats.json_reading import Layout
from horde_reference.formats.shape import MISSING_KEY, UNKNOWN_KEY, UNKNOWN_VALUE, WRONG_TYPE, shown


class Faults:
    """What is wrong with a file, noted while it is read."""

    def __init__(self, path: str, where: Layout, findings: list[Finding]) -> None:
        self.where = where
        """Lines of its values."""
        self.findings = findings
        """What was found so far."""
        self._path = path

    def tell(self, findings: Iterable[Finding]) -> None:
        """Note findings that others made. Nothing of them can be mended without thinking in such a file."""
        self.findings.extend(replace(finding, fixable=False) for finding in findings)

    def members(
        self,
        value: object,
        at: Place,
        *,
        known: Sequence[str] = (),
        needed: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The members of an object. Where `known` is empty any key may stand that is not."""
        if not isinstance(value, dict):
            self._wrong_type(value, at, "an object in braces")
            return {}
        for key in value:
            if known and key not in known:
                self.note(UNKNOWN_KEY, (*at, key), f"{key!r} is not a key of this object.", did_you_mean(key, known))
            elif not key:
                self.note(OUT_OF_BOUNDS, (*at, key), "A name is empty.", "Correct it.")
        for key in needed:
            if key not in value:
                self.note(MISSING_KEY, at, f"{key!r} is missing.", "Add it: this object must state it.")
        return {key: inner for key, inner in value.items() if key in known or not (known or key == "")}

    def texts(self, value: object, at: Place, *, among: Sequence[str] = ()) -> Iterator[str]:
        """The texts of a list that are right."""
        if isinstance(value, list):
            found = (self.text(one, (*at, place), among=among) for place, one in enumerate(value))
            yield from (one for one in found if one is not None)
        else:
            self._wrong_type(value, at, "a list in brackets")

    def text(self, value: object, at: Place, *, among: Sequence[str] = ()) -> str | None:
        """A text that is not empty, or one of those that it may be; `None` where it is not."""
        if not isinstance(value, str):
            self._wrong_type(value, at, "a text in quotation marks")
        elif among and value not in among:
            self.note(UNKNOWN_VALUE, at, f"{shown(value)} is not a known value.", _known(value, among))
        elif not value:
            self.note(OUT_OF_BOUNDS, at, "The text is empty.", "Correct it.")
        else:
            return value
        return None

    def flag(self, value: object, at: Place) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            self._wrong_type(value, at, "true or false")
        return value is True

    def _wrong_type(self, value: object, at: Place, wanted: str) -> None:
        if value is not None:  # which is reported as what it is
            self.note(WRONG_TYPE, at, f"{shown(value)} has the wrong type.", f"Write {wanted}.")

    def note(self, rule: str, at: Place, message: str, hint: str) -> None:
        """Note an error in a value."""
        where = pointer(*at)
        line = self.where.lines.get(where, 1)
        self.findings.append(Finding(self._path, line, where, rule, Severity.ERROR, message, hint))


def _known(value: str, among: Sequence[str]) -> str:
    return did_you_mean(value, [repr(one) if len(one) == 1 else one for one in among])
