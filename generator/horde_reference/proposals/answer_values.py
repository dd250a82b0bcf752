"""How an answer says a value, kind by kind."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from horde_reference.finding import Problem, did_you_mean, pointer
from horde_reference.formats.shape import shown
from horde_reference.proposals.file_lines import file_lines, read_files
from horde_reference.proposals.pair_lines import pair_lines, read_pairs
from horde_reference.proposals.places import Kind
from horde_reference.proposals.questions import YES, Question

HEADING: Final = "### "

_MOST_LINES: Final = 200
_BULLET: Final = re.compile(r"^[-*] +")
_NUMBER: Final = re.compile(r"([0-9]{1,18}|[0-9]{1,3}(?:[ ,_'\u00a0\u202f][0-9]{3}){1,5})", re.ASCII)
_PARAMETERS: Final = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,9}))? ?([KMBT])", re.ASCII | re.IGNORECASE)
_DIGITS: Final = MappingProxyType({"K": 3, "M": 6, "B": 9, "T": 12})


def read_value(question: Question, text: str, problems: list[Problem]) -> Any:  # noqa: ANN401 - any JSON value
    """The JSON value that an answer says, blanks at its edges aside.

    What is wrong is added to `problems`, all of it; what is returned then is not to be used.
    """
    return _READERS[question.kind](question, text.strip(), problems)


def write_value(question: Question, value: Any) -> str:  # noqa: ANN401 - any JSON value
    """An answer that says a JSON value, in the way in which people write it."""
    match question.kind:
        case Kind.FLAG:
            return question.options[0 if value else 1]
        case Kind.LINES:
            return "\n".join(value)
        case Kind.WORDS | Kind.VALUES:
            return "\n".join(pair_lines(question, value))
        case Kind.FILES:
            return "\n".join(file_lines(value))
    return str(value)


def _line(question: Question, text: str, problems: list[Problem]) -> str:
    number = len(list(_lines(text)))
    if number > 1:
        _say(question, problems, f"the answer has {number} lines instead of one.", "Write it on one line.")
    return text


def _text(_question: Question, text: str, _problems: list[Problem]) -> str:
    return text


def _number(question: Question, text: str, problems: list[Problem]) -> int | None:
    if _NUMBER.fullmatch(text):
        return int(re.sub("[^0-9]", "", text))
    in_short = _PARAMETERS.fullmatch(text) if question.path == ("parameters",) else None
    if in_short:
        whole, fraction, unit = in_short[1], in_short[2] or "", in_short[3].upper()
        if len(fraction) <= _DIGITS[unit]:
            return int(whole + fraction.ljust(_DIGITS[unit], "0"))
    more = ", or in short, such as 8B" if question.path == ("parameters",) else ""
    _say(question, problems, f"{shown(text)} is not a whole number.", f"Write it in digits{more}.")
    return None


def _choice(question: Question, text: str, problems: list[Problem]) -> str:
    if text not in question.options:
        _say(question, problems, f"{shown(text)} is not one of the answers.", did_you_mean(text, question.options))
    return text


def _flag(question: Question, text: str, problems: list[Problem]) -> bool:
    return _choice(question, text.lower(), problems) == YES


def _listed(question: Question, text: str, problems: list[Problem]) -> list[str]:
    """The lines of an answer, without the bullets that people put in front of them."""
    lines = [line.strip() for line in _lines(text)]
    if len(lines) > _MOST_LINES:
        _say(question, problems, f"the answer has {len(lines)} lines.", f"No model needs more than {_MOST_LINES}.")
        return []
    for line in lines:
        if line.startswith(HEADING):
            message = f"the line {shown(line)} is a heading, which this form does not have."
            _say(question, problems, message, "Take it out.")
    return [_BULLET.sub("", line) for line in lines]


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip())


def _say(question: Question, problems: list[Problem], message: str, hint: str) -> None:
    problems.append(Problem(pointer(*question.path), f"{question.label}: {message}", hint))


Reader = Callable[[Question, str, list[Problem]], Any]


def _by_line(read: Callable[[Question, Iterable[str], list[Problem]], Any]) -> Reader:
    return lambda question, text, problems: read(question, _listed(question, text, problems), problems)


_READERS: Final[Mapping[Kind, Reader]] = MappingProxyType(
    {
        Kind.LINE: _line,
        Kind.TEXT: _text,
        Kind.NUMBER: _number,
        Kind.FLAG: _flag,
        Kind.CHOICE: _choice,
        Kind.LINES: _listed,
        Kind.WORDS: _by_line(read_pairs),
        Kind.VALUES: _by_line(read_pairs),
        Kind.FILES: _by_line(read_files),
    }
)
