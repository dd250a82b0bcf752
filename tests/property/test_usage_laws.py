"""Laws of snapshots of usage and of the days that are kept of them."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from usages import DAYS, USAGES

from horde_reference.analytics import series, usage
from horde_reference.analytics.series import Day, Series, day_of
from horde_reference.analytics.usage import DOMAINS, Counted, Usage, UsageUnsound, Use

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(USAGES)
def test_a_snapshot_survives_its_file(snapshot: Usage) -> None:
    assert usage.decode(usage.encode(snapshot)) == snapshot


@given(DAYS)
def test_a_day_survives_its_file(day: Day) -> None:
    assert series.decode(series.encode(day)) == day


@given(DAYS)
def test_the_file_of_a_day_is_compact_and_in_order(day: Day) -> None:
    text = series.encode(day).decode()
    said = json.loads(text)
    assert text == json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert list(said) == ["version", "fetched_at", "image", "text"]
    assert list(said["image"]) == sorted(said["image"])


def _damaged(said: dict[str, object], field: str, value: object) -> bytes:
    return json.dumps({**said, field: value}).encode()


@given(DAYS, st.sampled_from(["version", "fetched_at", "image", "text"]), ANYTHING)
def test_a_damaged_day_is_refused_or_a_day(day: Day, field: str, value: object) -> None:
    raw = _damaged(json.loads(series.encode(day)), field, value)
    try:
        found = series.decode(raw)
    except UsageUnsound:
        return
    assert series.decode(series.encode(found)) == found
    assert found.path.endswith(".json")


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000,
        b'{"version":2,"fetched_at":1,"image":{},"text":{}}',
        b'{"version":1,"fetched_at":-1,"image":{},"text":{}}',
        b'{"version":1,"fetched_at":253402300800,"image":{},"text":{}}',
        b'{"version":1,"fetched_at":1,"image":{"a":[1,2,3]},"text":{}}',
        b'{"version":1,"fetched_at":1,"image":{"a":[1,2,3,-4]},"text":{}}',
        b'{"version":1,"fetched_at":1,"image":{"a":[1,2,3,4.5]},"text":{}}',
        b'{"version":1,"fetched_at":1,"image":{}}',
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(raw: bytes) -> None:
    with pytest.raises(UsageUnsound):
        series.decode(raw)


@given(st.integers(0, 253_402_300_799))
def test_a_day_is_that_of_greenwich(moment: int) -> None:
    day = Day(fetched_at=moment)
    assert date.fromisoformat(day.date) == datetime.fromtimestamp(moment, UTC).date()
    assert day.path == f"{day.date[:4]}/{day.date}.json"


@given(USAGES)
def test_a_day_gives_back_the_numbers_of_its_snapshot(snapshot: Usage) -> None:
    day = day_of(snapshot)
    for domain in DOMAINS:
        for name, use in snapshot.of(domain).models.items():
            numbers = (use.day, use.month, use.total, use.workers)
            assert day.of(domain).get(name) == (None if set(numbers) == {0} else numbers)


@given(st.lists(DAYS, max_size=6))
def test_a_series_is_in_order_and_has_no_day_twice(days: list[Day]) -> None:
    found = Series.of(days)
    assert [day.date for day in found.days] == sorted({day.date for day in days})
    assert found == Series.of(reversed(found.days))
    latest = {day.date: max(one.fetched_at for one in days if one.date == day.date) for day in days}
    assert {day.date: day.fetched_at for day in found.days} == latest


def test_names_without_any_use_are_left_out() -> None:
    nothing, little = Use(day=0, month=0, total=0, workers=0, queued=3.0), Use(day=0, month=0, total=1, workers=0)
    snapshot = Usage(fetched_at=1, image=Counted(models={"nothing": nothing, "little": little, "unknown": Use()}))
    assert day_of(snapshot).image == {"little": (0, 0, 1, 0), "unknown": (None, None, None, None)}
