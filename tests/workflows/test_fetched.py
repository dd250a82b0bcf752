"""A build publishes the usage that was fetched, says how old it is, and does without where there is none."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repositories import Repository

from horde_reference.analytics.series import day_of
from horde_reference.analytics.series import encode as encode_day
from horde_reference.analytics.usage import Counted, Usage, Use, encode
from horde_reference.workflows.build import Built, Wishes, build
from horde_reference.workflows.fetched import FetchedFiles

Write = Callable[..., Path]
STATISTICS = "api/model_references/statistics/image_generation"
DAY = 24 * 60 * 60


def snapshot(at: int = 1000, *missing: str, **months: int) -> bytes:
    models = {name: Use(day=1, month=month, total=month, workers=1) for name, month in months.items()}
    return encode(Usage(fetched_at=at, image=Counted(models=models), missing=missing))


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    for name in ("Lantern", "Quill"):
        write(tmp_path / "data", "image_generation", name)
    return tmp_path / "data"


class Builder:
    def __init__(self, data: Path, root: Path) -> None:
        self.data, self.out, self.snapshot, self.series = data, root / "public", root / "usage.json", root / "series"

    def __call__(self, **files: Path) -> set[str]:
        self.built = build(self.data, self.out, Wishes(fetched=FetchedFiles(**files)))
        assert self.built.written is not None
        return {one.rule for one in self.built.findings if one.rule.startswith("usage")}

    def says(self, name: str) -> Any:
        return json.loads((self.out / f"{STATISTICS}/{name}.json").read_bytes())


@pytest.fixture
def builder(data: Path, tmp_path: Path) -> Builder:
    return Builder(data, tmp_path)


def test_what_was_fetched_is_published_with_its_age(builder: Builder) -> None:
    builder.snapshot.write_bytes(snapshot(1234, Lantern=50))
    assert builder(snapshot=builder.snapshot) == set()
    risk = builder.says("deletion-risk")
    assert (risk["usage_as_of"], risk["usage_missing"], risk["category_total_month_usage"]) == (1234, [], 50)
    assert [(one["name"], one["usage_month"]) for one in risk["models"]] == [("Lantern", 50), ("Quill", 0)]
    assert {one["usage_as_of"] for one in builder.says("with-stats").values()} == {1234}
    assert builder.says("../../v2/image_generation/popular")[0]["stats"]["usage_as_of"] == 1234
    assert {one["name"] for one in builder.says("deletion-risk/zero_usage")["models"]} == {"Quill"}


def test_without_usage_everything_is_published_and_unknown(builder: Builder) -> None:
    assert builder() == set()
    risk = builder.says("deletion-risk")
    assert risk["usage_as_of"] is None
    assert {one["usage_month"] for one in risk["models"]} == {None}
    assert builder.says("deletion-risk/zero_usage")["models"] == []
    assert builder.says("../../v2/image_generation/popular") == []
    assert builder.says("trends") == {"category": "image_generation", "days": [], "models": {}}


def test_a_missing_snapshot_is_a_warning(builder: Builder) -> None:
    assert builder(snapshot=builder.snapshot) == {"usage-absent"}
    assert builder.says("deletion-risk")["usage_as_of"] is None


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", snapshot(1, L=1)[:-20], b"\xff\xfe", b"[" * 100_000,
     snapshot(1, L=1).replace(b'"month": 1', b'"month": -1'), snapshot(1, L=1).replace(b'"month": 1', b'"month": "1"'),
     snapshot(1).replace(b'"version": 1', b'"version": 99'), snapshot(1, L=2**64), snapshot(1, L=10**12 + 1)],
    ids=["empty", "html", "list", "nothing", "cut off", "not utf-8", "nested", "negative", "text", "from the future",
         "beyond 64 bits", "too large to be summed"],
)  # fmt: skip
def test_a_malformed_snapshot_is_a_warning(builder: Builder, body: bytes) -> None:
    builder.snapshot.write_bytes(body)
    assert builder(snapshot=builder.snapshot) == {"usage-unreadable"}
    assert builder.says("deletion-risk")["usage_as_of"] is None


def test_what_is_not_a_plain_file_is_a_warning(builder: Builder) -> None:
    os.mkfifo(builder.snapshot)
    assert builder(snapshot=builder.snapshot) == {"usage-unreadable"}


def test_a_partial_snapshot_says_what_is_missing(builder: Builder) -> None:
    builder.snapshot.write_bytes(snapshot(1, "image stats", "text workers", Lantern=50))
    assert builder(snapshot=builder.snapshot) == {"usage-partial"}
    assert builder.says("deletion-risk")["usage_missing"] == ["image stats"]


@pytest.mark.parametrize(("age", "expected"), [(7 * DAY, set()), (7 * DAY + 1, {"usage-stale"}), (-DAY, set())])
def test_an_old_snapshot_is_a_warning(tmp_path: Path, write: Write, age: int, expected: set[str]) -> None:
    repository = Repository(tmp_path / "repository")
    write(repository.data, "image_generation", "Lantern")
    repository.commit("All")
    builder = Builder(repository.data, tmp_path)
    builder()
    committed = json.loads((builder.out / "head.json").read_bytes())["time"]
    builder.snapshot.write_bytes(snapshot(committed - age, Lantern=50))
    assert builder(snapshot=builder.snapshot) == expected
    assert builder.says("deletion-risk")["usage_as_of"] == committed - age


def test_another_snapshot_makes_another_tree_and_the_same_one_none(builder: Builder) -> None:
    builder.snapshot.write_bytes(snapshot(1, Lantern=50))
    builder(snapshot=builder.snapshot)
    builder(snapshot=builder.snapshot)
    assert (builder.built.unchanged, written(builder.built)) == (True, 0)
    builder.snapshot.write_bytes(snapshot(2, Lantern=51))
    builder(snapshot=builder.snapshot)
    assert written(builder.built) > 0
    assert builder.says("deletion-risk")["usage_as_of"] == 2


def written(built: Built) -> int:
    assert built.written is not None
    return built.written.written


def test_days_become_trends(builder: Builder) -> None:
    for at, number in ((0, 3), (DAY, 5), (3 * DAY, 4)):
        models = Usage(
            fetched_at=at, image=Counted(models={"Lantern": Use(day=number, month=9, total=9, workers=number)})
        )
        keep(builder.series, models)
    damaged = builder.series / "1970/1970-01-03.json"
    damaged.write_bytes(b"nothing")
    assert builder(series=builder.series) == {"usage-unreadable"}
    assert builder.says("trends") == {
        "category": "image_generation",
        "days": ["1970-01-01", "1970-01-02", "1970-01-04"],
        "models": {"Lantern": {"requests": [3, 5, 4], "workers": [3, 5, 4]}},
    }


def keep(series: Path, usage: Usage) -> None:
    day = day_of(usage)
    path = series / day.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_day(day))


def test_a_series_that_was_never_begun_is_a_warning(builder: Builder) -> None:
    assert builder(series=builder.series) == {"usage-absent"}
    assert builder.says("trends")["days"] == []


def test_the_largest_numbers_can_be_summed(builder: Builder) -> None:
    builder.snapshot.write_bytes(snapshot(1, Lantern=10**12, Quill=10**12 // 2))
    builder(snapshot=builder.snapshot)
    assert builder.says("deletion-risk")["category_total_month_usage"] == 10**12 + 10**12 // 2
