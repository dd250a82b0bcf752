"""`key: value` lines, as people write requirements and settings."""

from collections.abc import Iterable, Iterator
from json import dumps
from typing import Any, Final

from horde_reference.finding import Problem, pointer
from horde_reference.formats.json_reading import NotJson, loads
from horde_reference.formats.shape import shown
from horde_reference.proposals.places import Kind
from horde_reference.proposals.questions import Question

_JSON_BEGINS: Final = frozenset('"[{')


def read_pairs(question: Question, lines: Iterable[str], problems: list[Problem]) -> dict[str, Any]:
    """What the lines say, by key. What cannot be read becomes a problem, each line for itself."""
    found: dict[str, Any] = {}
    for line in lines:
        key, colon, said = (part.strip() for part in line.partition(":"))
        if not (key and colon and said):
            message = f"{question.label}: {shown(line)} is not a key, a colon and a value."
            problems.append(Problem(pointer(*question.path), message, "Write one pair a line, such as `key: value`."))
        elif key in found:
            message = f"{question.label}: {shown(key)} stands twice."
            problems.append(Problem(pointer(*question.path, key), message, "Keep one of the two lines."))
        else:
            found[key] = _value(question, key, said, problems)
    return found


def _value(question: Question, key: str, said: str, problems: list[Problem]) -> Any:  # noqa: ANN401 - any JSON value
    try:
        value = loads(said.encode())
    except NotJson as fault:
        if said[0] in _JSON_BEGINS:
            message = f"{question.label}: the value of {shown(key)} begins like JSON and is none: {fault}."
            problems.append(Problem(pointer(*question.path, key), message, "Correct it, or write a plain word."))
        value = said
    if question.kind is Kind.WORDS and not isinstance(value, str):
        return said  # a version such as 6 is a text there
    if key in question.lists and value == said:  # words that are not JSON
        return [_item(one) for one in said.split(",") if one.strip()]
    return value


def _item(said: str) -> Any:  # noqa: ANN401 - a number, flag or text
    try:
        return loads(said.strip().encode())
    except NotJson:
        return said.strip()


def pair_lines(question: Question, pairs: dict[str, Any]) -> Iterator[str]:
    """The lines that say these pairs."""
    for key, value in pairs.items():
        joined = ", ".join(map(str, value)) if isinstance(value, list) else value
        is_plain = isinstance(joined, str) and dumps(_value(question, key, joined, [])) == dumps(value)
        yield f"{key}: {joined if is_plain and joined.strip() else dumps(value, ensure_ascii=False)}"
