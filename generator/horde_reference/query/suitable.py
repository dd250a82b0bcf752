"""Whether a field can be asked for a value: a question that nothing can answer is a mistake, told at once."""

from collections.abc import Iterable
from enum import StrEnum
from typing import cast

from horde_reference.query.errors import Unsuitable
from horde_reference.query.fields import Field, called
from horde_reference.query.hints import is_list
from horde_reference.query.operators import EDGES, NEGATIONS, ORDER
from horde_reference.query.vocabularies import member


def suitable(field: Field, operator: str, wanted: object) -> object:
    """The value as the operator takes it: members of vocabularies for their spellings, tuples for lists.

    Raises:
        UnknownValue: the field's vocabulary has no such value.
        Unsuitable: the field cannot be asked this.
    """
    asked = NEGATIONS.get(operator, operator)
    if asked == "":
        return _whole(field, wanted)
    if asked == "in":
        return tuple(_one(field, value) for value in _several(field, wanted))
    if not _fits(field, asked, wanted):
        raise Unsuitable(f"{field} {_holds(field)}; it cannot be asked {operator} {wanted!r}.")
    return wanted


def vocabulary_of(field: Field) -> type[StrEnum] | None:
    """The closed vocabulary that a field's values are from, if they are."""
    return next((one for one in field.hint.types if issubclass(one, StrEnum)), None)


def _whole(field: Field, wanted: object) -> object:
    if not is_list(wanted):
        return _one(field, wanted)
    if not (field.hint.listed or field.spread):
        raise Unsuitable(f"{field} is one value. For one of several, ask {field.path}__in={wanted!r}.")
    return tuple(_one(field, value) for value in wanted)


def _one(field: Field, wanted: object) -> object:
    vocabulary = vocabulary_of(field)
    if vocabulary and isinstance(wanted, str):
        return member(vocabulary, wanted, f"{called(field.kind)} have no {field.path} {str(wanted)!r}.")
    if wanted is None or _may_be(field, wanted):
        return wanted
    raise Unsuitable(f"{field} {_holds(field)}; it is never {wanted!r}.")


def _several(field: Field, wanted: object) -> Iterable[object]:
    if isinstance(wanted, Iterable) and not isinstance(wanted, str):
        return cast("Iterable[object]", wanted)
    raise Unsuitable(f"{field} cannot be in {wanted!r}: a list of values is needed.")


def _fits(field: Field, operator: str, wanted: object) -> bool:
    if operator == "exists":
        return isinstance(wanted, bool)
    if operator in EDGES:
        return isinstance(wanted, str) and field.hint.holds(str)
    if operator in ORDER:
        return isinstance(wanted, str | int | float) and _may_be(field, wanted)
    if isinstance(wanted, str) and field.hint.holds(str, dict):
        return True
    return field.hint.listed and _may_be(field, wanted)


def _may_be(field: Field, wanted: object) -> bool:
    """Whether a value, or a member of a list, could be this: texts go with texts, numbers with numbers."""
    if isinstance(wanted, str):
        return field.hint.holds(str)
    if isinstance(wanted, int | float):
        return field.hint.holds(int, float)
    return isinstance(wanted, tuple(field.hint.types))


def _holds(field: Field) -> str:
    """What a field holds, in words."""
    return f"holds {' or '.join(sorted(set(map(_word, field.hint.types))))}"


def _word(of: type) -> str:
    if of is bool:
        return "true or false"
    if issubclass(of, int | float):
        return "numbers"
    if issubclass(of, str):
        return "texts"
    return "values by key" if of is dict else of.__name__
