"""Sizes on disk by buckets: whoever states one is in one of them."""

from hypothesis import given
from hypothesis import strategies as st
from small_trees import image

from horde_reference.analytics.sizes import sizes
from horde_reference.analytics.thresholds import SIZE_EDGES

GB = 10**9


def counts(*stated: int | None) -> list[int]:
    return [one.count for one in sizes(image(number, size_on_disk_bytes=size) for number, size in enumerate(stated))]


def test_a_model_on_an_edge_is_in_the_upper_bucket() -> None:
    assert counts(GB - 1, GB, 2 * GB, 33 * GB, None) == [1, 1, 1, 0, 0, 0, 1]


def test_where_nothing_is_stated_there_are_no_buckets() -> None:
    assert counts() == counts(None) == []


@given(st.lists(st.none() | st.integers(0, 100 * GB), max_size=20))
def test_every_size_is_counted_once_where_it_belongs(stated: list[int | None]) -> None:
    found = sizes(image(number, size_on_disk_bytes=size) for number, size in enumerate(stated))
    known = [size for size in stated if size is not None]
    for one in found:
        below = float("inf") if one.below is None else one.below * GB
        assert one.count == sum(one.least * GB <= size < below for size in known)
    assert sum(one.count for one in found) == len(known)
    assert not found or len(found) == len(SIZE_EDGES) + 1
