"""Laws of what is derived from a log, whatever happened."""

import json
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import corpora

from horde_reference.corpus import Corpus
from horde_reference.formats import canonical
from horde_reference.history import trail
from horde_reference.history.derive import document, events, replay
from horde_reference.history.event import Event, Key, stated
from horde_reference.history.log import Commit
from horde_reference.history.timeline import timeline

NAMES = st.sampled_from(["a", "b", "c", "d/e", "Ü 100%"])
PASTS = st.lists(corpora(NAMES), min_size=1, max_size=5)


def files(corpus: Corpus) -> dict[Key, bytes]:
    return {(record.category, record.name): canonical.encode(record)[1] for record in corpus}


def commit(number: int) -> Commit:
    return Commit(f"{number:040x}", 1000 * number, "Ada", f"Step {number} (#{number})", number, "ada", ("mia", "carl"))


def happened(past: list[Corpus]) -> list[Event]:
    """What is derived where each corpus of a past is a commit."""
    states: list[Mapping[Key, bytes]] = [{}, *map(files, past)]
    steps, contents = [], []
    for number, (before, after) in enumerate(pairwise(states), 1):
        touched = {key: after.get(key) for key in sorted({*before, *after}) if before.get(key) != after.get(key)}
        contents += [raw for raw in touched.values() if raw]
        steps.append((commit(number), {key: raw and "blob" for key, raw in touched.items()}))
    return list(events(steps, iter(contents)))  # type: ignore[arg-type] # a blob is a name here, or nothing


@given(PASTS)
def test_replaying_all_events_gives_the_last_state(past: list[Corpus]) -> None:
    assert replay(happened(past)) == {key: document(raw) for key, raw in files(past[-1]).items()}


@given(PASTS)
def test_what_happens_later_changes_nothing_of_what_happened(past: list[Corpus]) -> None:
    all_of_it = happened(past)
    assert [event.id for event in all_of_it] == list(range(1, len(all_of_it) + 1))
    for length in range(len(past)):
        earlier = happened(past[:length])
        assert all_of_it[: len(earlier)] == earlier


@given(PASTS)
def test_a_line_of_the_trail_says_the_whole_event(past: list[Corpus]) -> None:
    found = happened(past)
    assert [trail.decode(trail.encode(event)) for event in found] == found


def said(value: Any, key: str) -> str:
    return json.dumps(value[key]) if key in value else ""


def differing(old: Any, new: Any) -> int:
    """How many values two JSON objects differ in, looking into objects and at lists as a whole."""
    keys = {*old, *new}
    inner = [key for key in keys if isinstance(old.get(key), dict) and isinstance(new.get(key), dict)]
    leaves = [key for key in keys if key not in inner and said(old, key) != said(new, key)]
    return len(leaves) + sum(differing(old[key], new[key]) for key in inner)


@given(PASTS)
def test_an_update_names_the_fields_that_differ_and_no_others(past: list[Corpus]) -> None:
    for event in happened(past):
        names = [change.field for change in event.fields()]
        assert len(set(names)) == len(names)
        assert event.operation != "update" or len(names) == differing(stated(event.before), stated(event.after)) > 0


@given(PASTS)
def test_every_record_that_stands_has_a_lifetime(past: list[Corpus]) -> None:
    told = timeline(happened(past))
    assert told.lifetimes.keys() == files(past[-1]).keys()
    assert all(lifetime.created.time <= lifetime.updated.time for lifetime in told.lifetimes.values())
    standing = sum(tally.counts["create"] - tally.counts["delete"] for tally in told.tallies.values())
    assert standing == len(past[-1].offered())


@given(st.lists(st.integers(1, trail.SEGMENT_BYTES), max_size=12))
def test_segments_hold_all_lines_in_order_and_only_the_last_may_grow(sizes: list[int]) -> None:
    lines = [b"x" * (size - 1) for size in sizes]
    held = list(trail.segments(lines))
    assert [line for segment in held for line in segment] == [line + b"\n" for line in lines]
    assert all(sum(map(len, segment)) <= trail.SEGMENT_BYTES for segment in held)
    for length in accumulate(map(len, held[:-1])):  # a full segment is what it was when it became full
        assert list(trail.segments(lines[:length])) == held[: len(list(trail.segments(lines[:length])))]
