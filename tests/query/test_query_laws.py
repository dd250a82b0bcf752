"""Laws of queries, whatever the records and whatever is asked."""

from collections import Counter
from collections.abc import Callable
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st
from strategies import FLAT, NUMBERS, TEXT, TEXTS, records_of

from horde_reference.query.errors import UnknownValue, Unsuitable
from horde_reference.query.operators import OPERATORS
from horde_reference.query.query import Query
from horde_reference.records.base import Record
from horde_reference.records.kinds import ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline, Style

NAMES = st.sampled_from(["a", "A", "b", "Model-7B-Q4_K_M", "Ü 100%", "ß", "SS"])
FIELDS = [
    "name",
    "baseline",
    "style",
    "nsfw",
    "tags",
    "size",
    "version",
    "config",
    "config__download",
    "config__download__file_name",
    "config__download__size_bytes",
    "finetune_series",
    "finetune_series__name",
]
IMAGE_FIELDS = [*FIELDS, "requirements", "requirements__clip_skip", "inpainting", "min_bridge_version"]
TEXT_FIELDS = [*FIELDS, "settings", "settings__temperature", "parameters", "quantisation", "text_model_group"]
SORTED = ["name", "baseline", "nsfw", "size", "version", "style", "finetune_series__name", "finetune_series__author"]
VALUES = st.one_of(
    st.none(), st.booleans(), NUMBERS, TEXT, NAMES, TEXTS, st.sampled_from([*Baseline, *Style]), st.lists(FLAT), FLAT
)


def of(records: list[Record], kind: type[Record]) -> Query[Any]:
    by_name = {record.name: record for record in records}
    return Query(kind, lambda: by_name)


def with_clip_skip(records: list[Record]) -> list[Record]:
    """Records with keys that conditions ask for; the order of their fields stays by chance."""
    for record, value in zip(records, [2, (1, 2), "2", None, 2.5], strict=False):
        if isinstance(record, ImageGeneration) and record.requirements is not None and value is not None:
            record.requirements["clip_skip"] = value
    return records


IMAGES = st.lists(records_of("image_generation", NAMES), max_size=5).map(with_clip_skip)
QUERIES: st.SearchStrategy[Query[Any]] = st.one_of(
    IMAGES.map(lambda records: of(records, ImageGeneration)),
    st.lists(records_of("text_generation", NAMES), max_size=5).map(lambda records: of(records, TextGeneration)),
)


@st.composite
def asked(draw: st.DrawFn, operators: tuple[str, ...] = ("", *OPERATORS)) -> tuple[Query[Any], str, str, Any]:
    """A query, and the field, operator and value of a condition that may or may not suit the field."""
    query = draw(QUERIES)
    field = draw(st.sampled_from(IMAGE_FIELDS if query.kind is ImageGeneration else TEXT_FIELDS))
    stated = [value for value in query.values(field) if value is not None]
    values = st.one_of(VALUES, st.sampled_from(stated)) if stated else VALUES
    operator = draw(st.sampled_from(operators))
    return query, field, operator, draw(st.lists(values) if "in" in operator.split("_") else values)


def narrowed(query: Query[Any], field: str, operator: str, value: object) -> Query[Any] | None:
    """The query with a condition; nothing where the field cannot be asked that."""
    keyword = f"{field}__{operator}" if operator else field
    try:
        return query.where(**{keyword: value})
    except (UnknownValue, Unsuitable):
        return None


@given(asked())
def test_what_is_accepted_never_fails_later(case: tuple[Query[Any], str, str, Any]) -> None:
    found = narrowed(*case)
    if found is not None:
        everything = case[0].names()
        assert [name for name in everything if name in found] == found.names()


@given(asked(("", "in", "exists")))
def test_a_negation_selects_all_others(case: tuple[Query[Any], str, str, Any]) -> None:
    query, field, operator, value = case
    found = narrowed(query, field, operator, value)
    opposite = {"": "ne", "in": "not_in", "exists": "exists"}[operator]
    others = narrowed(query, field, opposite, not value if operator == "exists" and isinstance(value, bool) else value)
    assert (found is None) == (others is None)
    if found is not None and others is not None:
        assert Counter(found.names() + others.names()) == Counter(query.names())


@given(asked(("lt", "le", "gt", "ge", "contains", "startswith", "endswith")))
def test_what_is_missing_meets_no_comparison(case: tuple[Query[Any], str, str, Any]) -> None:
    query, field, _, _ = case
    found = narrowed(*case)
    assert found is None or not set(found.names()) & set(query.where(**{field: None}).names())


@given(asked(("lt", "ge")))
def test_less_and_not_less_part_what_is_stated(case: tuple[Query[Any], str, str, Any]) -> None:
    query, field, _, value = case
    less, other = narrowed(query, field, "lt", value), narrowed(query, field, "ge", value)
    if less is not None and other is not None and field in SORTED:
        stated = query.where(**{f"{field}__exists": True})
        assert Counter(less.names() + other.names()) == Counter(stated.names())


@given(QUERIES, st.sampled_from(["nsfw", "name", "version"]))
def test_equality_is_pythons(query: Query[Any], field: str) -> None:
    for record in query:
        wanted = getattr(record, field)
        assert query.where(**{field: wanted}).names() == [one.name for one in query if getattr(one, field) == wanted]


@given(QUERIES)
def test_a_predicate_and_its_opposite_part_the_records(query: Query[Any]) -> None:
    def predicate(record: Record) -> bool:
        return len(record.name) > 1

    assert query.where(predicate).count() + query.where(lambda record: not predicate(record)).count() == query.count()


@given(QUERIES)
def test_conditions_together_are_conditions_one_after_another(query: Query[Any]) -> None:
    together = query.where(nsfw=True, name__gt="B", size__exists=True).names()
    assert together == query.where(size__exists=True).where(name__gt="B").nsfw().names()


def read(query: Query[Any], field: str) -> list[Any]:
    """Values of a field, texts as they are compared."""
    return [value.casefold() if isinstance(value, str) else value for value in query.values(field)]


@given(QUERIES, st.sampled_from(SORTED), st.booleans())
def test_records_in_order_are_the_same_records_in_order(query: Query[Any], field: str, descending: bool) -> None:
    ordered = query.order_by(field, descending=descending)
    assert Counter(ordered.names()) == Counter(query.names())
    values = read(ordered, field)
    stated = [value for value in values if value is not None]
    assert stated == sorted(stated, reverse=descending)
    assert values[len(stated) :] == [None] * (len(values) - len(stated))


@given(QUERIES, st.sampled_from(SORTED), st.sampled_from(SORTED), st.booleans())
def test_records_that_are_equal_keep_their_order(query: Query[Any], one: str, other: str, descending: bool) -> None:
    twice = query.order_by(other, descending=descending).order_by(one, descending=descending)
    assert query.order_by(one, other, descending=descending).names() == twice.names()
    places = {name: place for place, name in enumerate(query.names())}
    ordered = query.order_by(one, descending=descending)
    for value in set(read(query, one)):
        same = [places[name] for name, found in zip(ordered.names(), read(ordered, one), strict=True) if found == value]
        assert same == sorted(same)


@given(QUERIES, st.integers(0, 6), st.integers(0, 6))
def test_parts_are_slices(query: Query[Any], start: int, length: int) -> None:
    names = query.names()
    assert query.limit(length).names() == names[:length]
    assert query.offset(start).names() == names[start:]
    assert query.offset(start).limit(length).names() == names[start:][:length]
    assert query.limit(length).offset(start).names() == names[:length][start:]


@given(QUERIES, st.sampled_from(["nsfw", "baseline", "size", "finetune_series__name", "finetune_series", "config"]))
def test_groups_part_the_records(query: Query[Any], field: str) -> None:
    groups = query.group_by(field)
    assert Counter(record.name for records in groups.values() for record in records) == Counter(query.names())
    assert None not in list(groups)[:-1]
    assert [value for value in query.distinct(field) if value not in groups] == []
    for value, records in groups.items():
        assert [record.name for record in records] == query.where(**{field: value}).names()


@given(QUERIES, st.sampled_from(["tags", "config__download__file_name", "config__download"]))
def test_a_record_is_in_the_groups_of_its_members_and_no_others(query: Query[Any], field: str) -> None:
    groups = query.group_by(field)
    for record, value in zip(query, query.values(field), strict=True):
        members = set(cast("tuple[object, ...]", value)) or {None}
        assert {key for key, records in groups.items() if record in records} == members
    assert set(query.distinct(field)) == set(groups) - {None}


STEPS: list[Callable[[Query[Any]], Query[Any]]] = [
    lambda query: query.sfw(),
    lambda query: query.where(name__contains="a"),
    lambda query: query.where(lambda record: len(record.name) < 3),
    lambda query: query.order_by("name", descending=True),
    lambda query: query.order_by("size"),
    lambda query: query.limit(2),
    lambda query: query.offset(1),
    lambda query: query.tagged(none_of="a"),
]


@given(QUERIES, st.lists(st.sampled_from(STEPS), max_size=4))
def test_all_ways_of_reading_agree(query: Query[Any], steps: list[Callable[[Query[Any]], Query[Any]]]) -> None:
    everything = query.names()
    for step in steps:
        query = step(query)
    records = [*iter(query)]
    assert query.count() == len(query) == len(records) == len(query.names())
    assert query.first() == next(iter(records), None)
    assert bool(query) == bool(records)
    for name in everything:
        assert query.get(name) == query.to_dict().get(name)
        assert (name in query) == (name in query.names())
