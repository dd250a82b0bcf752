"""A trend tells none from unknown."""

from horde_reference.analytics.series import Counts, Day, Series
from horde_reference.analytics.trends import total_requests, trends
from horde_reference.records.kinds import ImageGeneration
from horde_reference.records.vocabulary import Baseline

RECORDS = {
    name: ImageGeneration(name=name, baseline=Baseline.STABLE_DIFFUSION_1, nsfw=False) for name in ("a", "b", "never")
}


def day(number: int, **counts: Counts) -> Day:
    return Day(fetched_at=number * 86_400, image=counts)


def test_what_is_left_out_is_none_where_anything_is_known_and_unknown_elsewhere() -> None:
    known, unknown = Counts(5, 6, 7, None), Counts(None, None, None, 2)
    series = Series.of([day(3, a=known), day(1, b=known), day(2, a=unknown), day(4)])
    found = trends("image_generation", RECORDS, series, "image")
    assert found.days == ["1970-01-02", "1970-01-03", "1970-01-04", "1970-01-05"]
    assert list(found.models["a"].requests) == [0, None, 5, None]
    assert list(found.models["a"].workers) == [None, 2, None, None]
    assert "never" not in found.models


def test_only_the_last_ninety_days_are_shown() -> None:
    series = Series.of(day(number, a=Counts(number, 1, 1, 1)) for number in range(200))
    found = trends("image_generation", RECORDS, series, "image")
    assert len(found.days) == len(found.models["a"].requests) == 90
    assert found.models["a"].requests[-1] == 199


def test_what_nobody_counts_has_no_trends() -> None:
    assert trends("clip", RECORDS, Series.of([day(1, a=Counts(5, 6, 7, 1))]), None).days == ()


def test_all_together_are_unknown_where_one_is() -> None:
    known, unknown = Counts(5, 6, 7, 1), Counts(None, None, None, 2)
    series = Series.of([day(1, a=known, b=known), day(2, a=known, b=unknown), day(3, a=known)])
    assert total_requests(trends("image_generation", RECORDS, series, "image")) == [10, None, 5]
    assert total_requests(trends("image_generation", RECORDS, Series(), "image")) == []
