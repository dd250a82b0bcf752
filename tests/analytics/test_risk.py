"""Flags say what is known, thresholds what is little, presets what is taken."""

import csv
import io
from typing import Any

import pytest

from horde_reference.analytics.matching import matched
from horde_reference.analytics.presets import PRESETS, summary
from horde_reference.analytics.risk import Risk, raised_names, risks
from horde_reference.analytics.usage import Counted, Use
from horde_reference.emit.risk import table
from horde_reference.records.base import Config, Download, Record
from horde_reference.records.kinds import Clip, ImageGeneration, TextGeneration
from horde_reference.records.vocabulary import Baseline

ON_HF = "https://cdn.huggingface.co/a/b.safetensors"
UNUSED = {"zero_usage_day", "zero_usage_month", "zero_usage_total", "no_active_workers", "low_usage"}


def image(name: str, *urls: str, description: str | None = "A model.") -> ImageGeneration:
    files = tuple(Download(file_name=f"{name}{place}", file_url=url) for place, url in enumerate(urls))
    return ImageGeneration(
        name=name, baseline=Baseline.STABLE_DIFFUSION_1, nsfw=False, description=description,
        size_on_disk_bytes=2 * 2**30, config=Config(download=files),
    )  # fmt: skip


def text(name: str, **stated: Any) -> TextGeneration:
    return TextGeneration(name=name, parameters=8 * 10**9, **stated)


def used(**months: int) -> Counted:
    return Counted(models={name: Use(day=1, month=month, total=2 * month, workers=1) for name, month in months.items()})


def of(category: str, counted: Counted, *records: Record) -> dict[str, Risk]:
    return {
        one.name: one for one in risks(category, {record.name: record for record in records}, matched(records, counted))
    }


def flags(risk: Risk) -> set[str]:
    return set(raised_names(risk.deletion_risk_flags))


def test_a_model_that_nobody_ever_used_is_flagged() -> None:
    found = of("image_generation", used(Known=100), image("Known", ON_HF), image("Forgotten", ON_HF))
    assert flags(found["Known"]) == set()
    assert flags(found["Forgotten"]) == UNUSED
    assert found["Forgotten"].is_critical


def test_nobody_is_called_unused_for_what_is_not_known() -> None:
    found = of("image_generation", Counted(), image("Lantern", ON_HF))["Lantern"]
    assert flags(found) == set()
    assert (found.usage_month, found.worker_count, found.usage_percentage_of_category) == (None, None, None)
    assert not found.is_critical
    assert not any(PRESETS[name].takes(found) for name in PRESETS)


def test_nothing_is_divided_by_nothing() -> None:
    nothing = Counted(models={"Lantern": Use(day=0, month=0, total=0, workers=0)})
    found = of("image_generation", nothing, image("Lantern", ON_HF))["Lantern"]
    assert (found.usage_percentage_of_category, found.cost_benefit_score) == (0.0, 0.0)
    assert (found.usage_trend.day_to_month_ratio, found.usage_trend.month_to_total_ratio) == (None, None)
    assert "low_usage" not in flags(found)
    assert summary([]).average_risk_score == 0.0


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        ((ON_HF,), set()),
        ((), {"no_download_urls"}),
        (("https://nothuggingface.co/a",), {"has_non_preferred_host"}),
        (("https://huggingface.co.evil.example/a",), {"has_non_preferred_host"}),
        (("not an address",), {"has_unknown_host"}),
        (("https://[broken/a",), {"has_unknown_host"}),
        ((ON_HF, "https://civitai.com/a"), {"has_non_preferred_host", "has_multiple_hosts"}),
    ],
)
def test_where_files_lie(urls: tuple[str, ...], expected: set[str]) -> None:
    found = of("image_generation", Counted(), image("Lantern", *urls))["Lantern"]
    assert flags(found) == expected
    assert found.has_warning == bool(expected)
    assert PRESETS["host_issues"].takes(found) == bool(expected - {"no_download_urls"})


def test_text_models_are_not_judged_by_their_hosts() -> None:
    found = of("text_generation", Counted(), text("a/L", description="A model.", baseline="b"))["a/L"]
    assert flags(found) == set()


def test_what_a_kind_does_not_have_is_not_missing() -> None:
    clip = Clip(name="c", description="A model.", config=Config(download=(Download(file_name="c", file_url=ON_HF),)))
    assert flags(of("clip", Counted(), clip)["c"]) == set()
    assert flags(of("text_generation", Counted(), text("a/L"))["a/L"]) == {"missing_description", "missing_baseline"}


@pytest.mark.parametrize(("month", "workers", "critical"), [(9, 0, True), (10, 0, False), (9, 1, False)])
def test_a_text_model_is_critical_below_ten_requests(month: int, workers: int, critical: bool) -> None:
    counted = Counted(models={"a/L": Use(month=month, workers=workers), "a/M": Use(month=9999, workers=1)})
    assert of("text_generation", counted, text("a/L"), text("a/M"))["a/L"].is_critical is critical


def test_little_use_is_a_share_of_the_category() -> None:
    found = of("image_generation", used(Big=1_000_000, Small=64, Edge=65), *map(image, ("Big", "Small", "Edge")))
    assert "low_usage" in flags(found["Small"])
    assert "low_usage" not in flags(found["Edge"])
    assert PRESETS["low_usage"].takes(found["Edge"])


def test_the_table_is_read_back_and_holds_no_formula() -> None:
    found = of("image_generation", used(Known=100), image("=cmd|'/C calc'!A0", ON_HF), image('a,"b"\nc', ON_HF))
    rows = list(csv.DictReader(io.StringIO(table(found.values(), 7).decode(), newline="")))
    assert [row["name"] for row in rows] == ["'=cmd|'/C calc'!A0", 'a,"b"\nc']
    assert set(rows[0]["flags"].split()) == UNUSED - {"low_usage"}


def test_what_is_not_known_of_one_model_is_not_zero() -> None:
    """A row with a number that cannot be is kept, and the number is unknown."""
    counted = Counted(
        models={"A": Use(day=None, month=5, total=9, workers=None), "B": Use(day=1, month=7, total=9, workers=2)}
    )
    found = of("image_generation", counted, image("A", ON_HF), image("B", ON_HF))["A"]
    assert (found.usage_day, found.usage_month, found.worker_count) == (None, 5, None)
    assert flags(found) == set()


def test_a_kind_of_number_that_nobody_has_is_unknown() -> None:
    counted = Counted(models={"A": Use(month=5), "B": Use(month=7)})
    found = of("image_generation", counted, image("A", ON_HF), image("C", ON_HF))
    assert (found["A"].usage_day, found["A"].usage_total) == (None, None)
    assert flags(found["C"]) == {"zero_usage_month", "low_usage"}
