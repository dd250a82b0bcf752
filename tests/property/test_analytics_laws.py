"""Laws of counting and weighing, for any records and any usage."""

import random

from hypothesis import given
from hypothesis import strategies as st
from strategies import records_of
from usages import NUMBERS

from horde_reference.analytics.matching import matched
from horde_reference.analytics.presets import summary
from horde_reference.analytics.risk import Risk, raised_names, risks
from horde_reference.analytics.risk_groups import grouped
from horde_reference.analytics.statistics import statistics, units_of
from horde_reference.analytics.usage import Counted, Use
from horde_reference.records.base import Record
from horde_reference.text.names import parse_name

NAMES = st.sampled_from(
    ["a/L-8B", "a/L-8B-v2", "b/L-8B", "L-8B", "a/M-7B-Instruct", "M-7B", "koboldcpp/L-8B", "N", "ä/Ö"]
)
CATEGORY = st.sampled_from(["image_generation", "text_generation", "clip"])
CORPUS = CATEGORY.flatmap(
    lambda category: st.lists(records_of(category, NAMES), max_size=6, unique_by=lambda record: record.name)
)
USES = st.builds(Use, day=NUMBERS, month=NUMBERS, total=NUMBERS, workers=NUMBERS)
OFFERED = NAMES | NAMES.map("koboldcpp/{}".format) | NAMES.map("aphrodite/{}".format) | st.just("nobody's")
COUNTED = st.builds(Counted, models=st.dictionaries(OFFERED, USES, max_size=8))


def by_name(records: list[Record]) -> dict[str, Record]:
    return {record.name: record for record in records}


def weighed(records: list[Record], counted: Counted) -> list[Risk]:
    return risks(records[0].category if records else "clip", by_name(records), matched(records, counted))


@given(CORPUS, COUNTED)
def test_no_request_counts_twice(records: list[Record], counted: Counted) -> None:
    seen = matched(records, counted)
    claimed = [variation.variant_name for one in seen.values() for variation in one.variations]
    assert len(claimed) == len(set(claimed))
    for one in seen.values():
        months = [variation.use.month for variation in one.variations]
        assert one.month is None or one.month == sum(filter(None, months))
        assert one.month is not None or None in months or not any(use.month for use in counted.models.values())


@given(CORPUS, COUNTED, st.randoms())
def test_the_order_of_records_does_not_matter(records: list[Record], counted: Counted, chance: random.Random) -> None:
    other = chance.sample(records, len(records))
    group_of = {record.name: parse_name(record.name).group for record in records}
    assert weighed(records, counted) == weighed(other, counted)
    assert grouped(weighed(records, counted), group_of) == grouped(weighed(other, counted), group_of)
    one = statistics("clip", units_of(by_name(records), group_of), computed_at=None)
    assert one == statistics("clip", units_of(by_name(other), group_of), computed_at=None)


@given(CORPUS, COUNTED)
def test_sums_over_groups_are_sums_over_models(records: list[Record], counted: Counted) -> None:
    found = weighed(records, counted)
    groups = grouped(found, {record.name: parse_name(record.name).group for record in records})
    for key in ("usage_day", "usage_month", "usage_total", "download_count"):
        assert sum(getattr(one, key) or 0 for one in groups) == sum(getattr(one, key) or 0 for one in found)
    whole = sum(one.usage_month or 0 for one in found)
    assert summary(groups).category_total_month_usage == summary(found).category_total_month_usage == whole
    assert {name for one in groups for name in raised_names(one.deletion_risk_flags)} == {
        name for one in found for name in raised_names(one.deletion_risk_flags)
    }


@given(CORPUS, COUNTED)
def test_shares_are_shares(records: list[Record], counted: Counted) -> None:
    shares = [one.usage_percentage_of_category for one in weighed(records, counted)]
    known = [share for share in shares if share is not None]
    assert all(0 <= share <= 100 for share in known)
    assert not any(known) or abs(sum(known) - 100) < 0.001 * len(known)


@given(CORPUS)
def test_counts_are_counts(records: list[Record]) -> None:
    found = statistics(records[0].category if records else "clip", units_of(by_name(records)), computed_at=None)
    assert found.total_models == len(records)
    assert sum(one.count for one in found.baseline_distribution.values()) == sum(
        bool(getattr(record, "baseline", None)) for record in records
    )
    assert sum(one.count for one in found.parameter_buckets) + found.models_without_param_info == (
        len(records) if found.category == "text_generation" else 0
    )
    assert sum(found.download_stats.hosts.values()) == found.download_stats.total_download_entries
