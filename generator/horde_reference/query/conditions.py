"""Conditions as people type them: `parameters>=7e9`, `name~=albedo`, `finetune_series.name=Pony`."""

from collections.abc import Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from horde_reference.query.errors import Unsuitable
from horde_reference.query.fields import Field, field_of
from horde_reference.query.suitable import suitable
from horde_reference.records.base import Record

SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {">=": "ge", "<=": "le", "!=": "ne", "~=": "contains", "==": "", ">": "gt", "<": "lt", "=": ""}
)
"""Sign → operator. A sign that starts with another one stands before it."""
FLAGS: Final[Mapping[str, bool]] = MappingProxyType({"true": True, "yes": True, "false": False, "no": False})
"""Words for flags."""


def parse_condition(text: str, kind: type[Record]) -> tuple[str, object]:
    """The keyword and the value that a condition states, for `Query.where(**{keyword: value})`.

    `~=` asks whether a text contains another one, without regard to case. `=` asks the same of a list and its
    members. `=` with nothing behind it asks for models which do not state the field, `!=` for those which do.

    Raises:
        UnknownField: the records have no such field.
        UnknownValue: the field's vocabulary has no such value.
        Unsuitable: the text is no condition, or its value is not of the field's type.
    """
    path = "".join(takewhile(lambda character: character not in "<>=!~", text))
    sign = next((sign for sign in SIGNS if text.startswith(sign, len(path))), None)
    if sign is None or not path.strip():
        raise Unsuitable(f"{text!r} is no condition. Write field, sign and value, with one of {' '.join(SIGNS)}")
    field = field_of(kind, path.strip().replace(".", "__"))
    operator, value = _asked(field, sign, text[len(path) + len(sign) :].strip())
    return "__".join(filter(None, (field.path, operator))), suitable(field, operator, value)


def _asked(field: Field, sign: str, word: str) -> tuple[str, object]:
    operator = SIGNS[sign]
    if not word:
        if operator not in {"", "ne"}:
            raise Unsuitable(f"{field}: there must be a value behind {sign}")
        return "exists", operator == "ne"
    if not operator and (not field.hint.single or field.hint.values is not None):
        operator = "contains"
    return operator, _value(field, word)


def _value(field: Field, word: str) -> object:
    """The word as the type that the field asks for; as it is where it is of no such type."""
    hint = field.hint
    if hint.holds(bool) and word.casefold() in FLAGS:
        return FLAGS[word.casefold()]
    number = _number(word) if hint.holds(int, float) and hint.types != {bool} else None
    return word if number is None else number


def _number(word: str) -> int | float | None:
    """The number that a word writes, whole where it is; `None` where it writes none, or one without end."""
    try:
        return int(word)
    except ValueError:
        pass
    try:
        number = float(word)
    except ValueError:
        return None
    if not float("-inf") < number < float("inf"):
        return None
    return int(number) if number.is_integer() else number
