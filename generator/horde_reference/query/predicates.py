"""Predicates from keywords: `style="anime"`, `size__lt=7e9`, `config__download__file_name="a.safetensors"`.

A list meets a condition when one of its members does. What is not stated (`None`, an empty list) meets only
`exists=False`, equality with `None`, and what `ne` and `not_in` turn round.
"""

from collections.abc import Callable

from horde_reference.query.fields import split
from horde_reference.query.operators import NEGATIONS, OPERATORS, Test, any_member, test_for
from horde_reference.query.suitable import suitable
from horde_reference.records.base import Record


def condition(kind: type[Record], keyword: str, wanted: object) -> Callable[[Record], bool]:
    """The predicate that a keyword and a value state.

    Raises:
        UnknownField: the records have no such field, or there is no such operator.
        UnknownValue: the field's vocabulary has no such value.
        Unsuitable: the field cannot be asked this.
    """
    field, operator = split(kind, keyword, OPERATORS)
    value = suitable(field, operator, wanted)
    read, many = field.read, field.spread or field.hint.listed
    if not (operator or many or value is None):
        return lambda record: read(record) == value  # what is asked most, with one call less for each record
    test = _test(operator, value, many=many, spread=field.spread)
    return lambda record: test(read(record))


def _test(operator: str, value: object, *, many: bool, spread: bool) -> Test:
    if operator in NEGATIONS:
        positive = _test(NEGATIONS[operator], value, many=many, spread=spread)
        return lambda found: not positive(found)
    test = test_for(operator, value)
    return any_member(test) if many and not _as_a_whole(operator, value, spread=spread) else test


def _as_a_whole(operator: str, value: object, *, spread: bool) -> bool:
    """Whether a list is looked at as one value rather than member by member."""
    if operator == "contains":
        return not spread
    return operator == "exists" or (not operator and (value is None or isinstance(value, tuple)))
