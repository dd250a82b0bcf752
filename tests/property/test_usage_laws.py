"""Laws of snapshots of usage and of the days that are kept of them."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from usages import DAYS, NAMES, USAGES

from horde_reference.analytics import series, usage
from horde_reference.analytics.series import Counts, Day, Series, day_of
from horde_reference.analytics.usage import DOMAINS, Counted, Domain, Usage, UsageUnsound, Use

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


@given(USAGES, NAMES)
def test_a_day_gives_back_the_numbers_of_its_snapshot(snapshot: Usage, other: str) -> None:
    """Of what is left out, too: zero, or unknown where nothing of the kind is known."""
    day = day_of(snapshot)
    for domain in DOMAINS:
        models = snapshot.of(domain).models
        for name, use in models.items():
            if {use.day, use.month, use.total, use.workers} != {0}:
                assert day.number(domain, name) == use.day
                assert day.number(domain, name, "workers") == use.workers
            else:
                assert name not in day.of(domain)
                assert day.number(domain, name) in {0, None}
        if other not in models:
            known = any(counts.day is not None for counts in day.of(domain).values())
            assert day.number(domain, other) == (0 if known else None)


@given(st.lists(DAYS, max_size=6))
def test_a_series_is_in_order_and_has_no_day_twice(days: list[Day]) -> None:
    found = Series.of(days)
    assert [day.date for day in found.days] == sorted({day.date for day in days})
    assert found == Series.of(reversed(found.days))
    latest = {day.date: max(one.fetched_at for one in days if one.date == day.date) for day in days}
    assert {day.date: day.fetched_at for day in found.days} == latest


def _day(number: int, domain: Domain, **counts: Counts) -> Day:
    return Day(fetched_at=number * 86_400, image=counts) if domain == "image" else Day(fetched_at=number, text=counts)


def test_a_trend_tells_none_from_zero() -> None:
    known, unknown = Counts(5, 6, 7, None), Counts(None, None, None, 2)
    days = [_day(3, "image", a=known), _day(1, "image", b=known), _day(2, "image", a=unknown), _day(4, "image")]
    found = Series.of(days)
    assert found.trend("image", "a") == (0, None, 5, None)
    assert found.trend("image", "a", "workers") == (None, 2, None, None)
    assert found.trend("image", "never seen", "total") == (0, None, 0, None)
    assert found.trend("text", "a") == (None, None, None, None)


def test_names_without_any_use_are_left_out() -> None:
    nothing, little = Use(day=0, month=0, total=0, workers=0, queued=3.0), Use(day=0, month=0, total=1, workers=0)
    snapshot = Usage(fetched_at=1, image=Counted(models={"nothing": nothing, "little": little, "unknown": Use()}))
    assert day_of(snapshot).image == {"little": (0, 0, 1, 0), "unknown": (None, None, None, None)}
