"""Reading JSON strictly, and finding the line on which a value stands."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from math import isinf
from typing import Any, Final

from horde_reference.finding import pointer


class NotJson(ValueError):
    """The bytes are not JSON.

    Attributes:
        line: line of the first fault, counted from 1.
    """

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


MAX_DEPTH: Final = 100
"""Objects and lists may be nested this deep. No record needs more than six."""


def _finite(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise _Constant(digits)
    return number


class _Constant(ValueError):
    """A word or number stands where a value must that no program can hold, such as NaN or 1e400."""


def _refuse_constant(name: str) -> None:
    raise _Constant(name)


def loads(raw: bytes) -> Any:  # noqa: ANN401 - any JSON value
    """The value of a JSON text: whole numbers exact, fractions as floating point numbers.

    Raises:
        NotJson: it is not UTF-8, not JSON, nested deeper than `MAX_DEPTH`, or holds a number that is too long.
    """
    text = _decoded(raw)
    _refuse_depth(text)
    try:
        value = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
        json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair has no UTF-8 form
    except _Constant as constant:
        raise NotJson(f"{constant} is not a value that programs can hold", _line_of(text, str(constant))) from None
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg} (column {error.colno})", error.lineno) from None
    except UnicodeEncodeError:
        raise NotJson("a \\u escape is half of a surrogate pair and stands for no character") from None
    except ValueError as error:  # more digits than Python reads
        raise NotJson(str(error).partition(";")[0]) from None
    return value


def _decoded(raw: bytes) -> str:
    if raw.startswith(codecs.BOM_UTF8):
        raise NotJson("it begins with a byte order mark; save it as UTF-8 without one")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise NotJson(f"byte {error.start} is not UTF-8", raw.count(b"\n", 0, error.start) + 1) from None


def _refuse_depth(text: str) -> None:
    depth = 0
    for mark, line in _tokens(text):
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            raise NotJson(f"it is nested more than {MAX_DEPTH} deep", line)


def _line_of(text: str, word: str) -> int:
    return next((line for mark, line in _tokens(text) if mark.lstrip("-") == word.lstrip("-")), 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the values of a JSON text stand."""

    lines: dict[str, int] = field(default_factory=dict)
    """JSON pointer → line, counted from 1; for a member, the line of its key."""
    duplicates: list[str] = field(default_factory=list)
    """JSON pointers of members whose key stands twice in one object."""


_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n')


def layout(text: str) -> Layout:
    """Where the values of a text stand that `loads` has read."""
    scan = _Scan(list(_tokens(text)))
    scan.value(())
    return scan.found


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for mark in _TOKEN.findall(text):
        if mark == "\n":
            line += 1
        else:
            yield mark, line


class _Scan:
    """One walk over the tokens of a valid text, noting each value's line."""

    def __init__(self, tokens: list[tuple[str, int]]) -> None:
        self.found = Layout()
        self._tokens = tokens
        self._at = 0

    def _take(self) -> tuple[str, int]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _more(self, closing: str) -> bool:
        """Whether another item comes before the closing bracket; steps over commas and that bracket."""
        if self._tokens[self._at][0] == ",":
            self._at += 1
        if self._tokens[self._at][0] != closing:
            return True
        self._at += 1
        return False

    def value(self, path: tuple[str | int, ...]) -> None:
        mark, line = self._take()
        self.found.lines.setdefault(pointer(*path), line)
        if mark == "{":
            self._members(path)
        elif mark == "[":
            for position in count():
                if not self._more("]"):
                    return
                self.value((*path, position))

    def _members(self, path: tuple[str | int, ...]) -> None:
        seen: set[str] = set()
        while self._more("}"):
            mark, line = self._take()
            member = (*path, json.loads(mark))
            where = pointer(*member)
            self.found.lines[where] = line
            if where in seen:
                self.found.duplicates.append(where)
            seen.add(where)
            self._take()  # the colon
            self.value(member)
