"""A snapshot is fetched whole, or it says what is missing; and a better one is never lost."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import misbehaving as tricks
import pytest
from horde_api import PARTS, HordeApi, horde_api
from usages import HASTY

from horde_reference.adapters.usage_files import read_series, read_snapshot
from horde_reference.errors import CannotRun, WouldShrink
from horde_reference.workflows.usage import Fetched, Wishes, fetch, recall


@pytest.fixture
def api() -> Iterator[HordeApi]:
    with horde_api() as api:
        yield api


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "out/usage.json"


def get(api: HordeApi, into: Path, series: Path | None = None, **wishes: Any) -> Fetched:
    return fetch(into, url=api.address, series=series, wishes=Wishes(manners=HASTY, timeout=20, **wishes))


def test_a_snapshot_is_written_with_its_time_and_source(api: HordeApi, into: Path) -> None:
    before = int(time.time())
    fetched = get(api, into)
    found = read_snapshot(into)
    assert fetched.written
    assert fetched.usage == found
    assert before <= found.fetched_at <= time.time()
    assert found.source == api.address
    assert found.missing == ()
    assert found.image.models["Deliberate"].month == 200
    assert found.text.models["L3-8B"].month == 5
    assert [path.name for path in into.parent.iterdir()] == ["usage.json"]


def test_names_and_ids_of_workers_are_in_no_file(api: HordeApi, into: Path, tmp_path: Path) -> None:
    get(api, into, tmp_path / "series")
    files = [path.read_text() for path in tmp_path.rglob("*.json")]
    assert len(files) == 2
    assert not [text for text in files if "card" in text or "id of" in text]


def test_what_could_not_be_had_is_missing_and_not_zero(api: HordeApi, into: Path) -> None:
    api.tricks["text stats"] = tricks.answers(503)
    fetched = get(api, into)
    assert fetched.written
    found = read_snapshot(into)
    assert found.missing == ("text stats: it answered 503 three times",)
    assert found.text.models["koboldcpp/L3-8B"].day is None
    assert found.text.models["koboldcpp/L3-8B"].workers == 3


def test_nothing_of_an_older_snapshot_stands_in_for_what_is_missing(api: HordeApi, into: Path) -> None:
    get(api, into)
    api.tricks = {"text stats": tricks.answers(503), "text status": tricks.answers(503)}
    get(api, into, accept_partial=True)
    assert read_snapshot(into).text.models == {}


def test_a_partial_snapshot_does_not_replace_a_whole_one(api: HordeApi, into: Path, tmp_path: Path) -> None:
    get(api, into)
    whole = into.read_bytes()
    api.tricks["image status"] = tricks.answers(500)
    fetched = get(api, into, tmp_path / "series")
    assert not fetched.written
    assert [one.partition(":")[0] for one in fetched.usage.missing] == ["image status"]
    assert into.read_bytes() == whole
    assert not (tmp_path / "series").exists()
    assert get(api, into, accept_partial=True).written
    assert read_snapshot(into).image.models["Deliberate"].workers is None


def test_the_sums_of_workers_keep_nothing_back(api: HordeApi, into: Path, tmp_path: Path) -> None:
    get(api, into)
    api.tricks = dict.fromkeys(["image workers", "text workers"], tricks.answers(404))
    assert get(api, into, tmp_path / "series").written
    assert (tmp_path / "series").exists()


def test_a_partial_snapshot_replaces_one_that_lacks_the_same_or_more(api: HordeApi, into: Path) -> None:
    api.tricks = dict.fromkeys(["image stats", "text stats"], tricks.answers(500))
    assert get(api, into).written
    assert get(api, into).written
    api.tricks.pop("text stats")
    assert get(api, into).written
    assert len(read_snapshot(into).missing) == 1
    api.tricks = {"text stats": tricks.answers(500)}
    assert not get(api, into).written, "what it lacks is not what the other lacks"
    api.tricks = {}
    assert get(api, into).written
    assert read_snapshot(into).missing == ()


def test_where_nothing_can_be_had_all_stays_as_it_was(api: HordeApi, into: Path, tmp_path: Path) -> None:
    get(api, into)
    before, asked_for = into.read_bytes(), into.stat().st_mtime_ns
    api.tricks = dict.fromkeys(PARTS, tricks.answers(502))
    with pytest.raises(CannotRun, match=r"Nothing could be had .*usage\.json was left as it was.*text workers: it ans"):
        get(api, into, tmp_path / "series", accept_partial=True, allow_shrink=True)
    assert (into.read_bytes(), into.stat().st_mtime_ns) == (before, asked_for)
    assert not (tmp_path / "series").exists()


def test_where_nothing_can_be_had_and_nothing_was_no_file_is_made(into: Path) -> None:
    with pytest.raises(CannotRun, match="image status: the connection failed"):
        fetch(into, url="http://127.0.0.1:9", wishes=Wishes(manners=HASTY, timeout=5))
    assert not into.parent.exists()


def _many(names: int) -> dict[str, Any]:
    return {period: {f"model {number}": 1 for number in range(names)} for period in ("day", "month", "total")}


def test_a_snapshot_that_lost_most_of_its_names_is_refused(api: HordeApi, into: Path) -> None:
    api.answers["text stats"] = _many(99)
    get(api, into)
    whole = into.read_bytes()
    api.answers["text stats"] = _many(48)
    with pytest.raises(WouldShrink, match="text from 100 to 49"):
        get(api, into, accept_partial=True)
    assert into.read_bytes() == whole
    api.answers["text stats"] = _many(49)
    assert get(api, into).written, "half of them may go"
    api.answers["text stats"] = _many(1)
    assert get(api, into, allow_shrink=True).written


def test_names_that_a_missing_part_would_have_had_are_not_lost(api: HordeApi, into: Path) -> None:
    api.answers["text stats"] = _many(99)
    get(api, into)
    api.tricks["text stats"] = tricks.answers(500)
    assert not get(api, into).written
    assert get(api, into, accept_partial=True).written


@pytest.mark.parametrize("body", [b"", b"{}", b'{"version":1}', b"my thesis"])
def test_a_file_that_is_no_snapshot_is_not_replaced(api: HordeApi, into: Path, body: bytes) -> None:
    into.parent.mkdir()
    into.write_bytes(body)
    with pytest.raises(CannotRun, match="It would be replaced"):
        get(api, into, accept_partial=True, allow_shrink=True)
    assert into.read_bytes() == body
    assert api.asked == []


def test_a_link_is_not_replaced(api: HordeApi, into: Path, tmp_path: Path) -> None:
    get(api, tmp_path / "real.json")
    into.parent.mkdir()
    into.symlink_to(tmp_path / "real.json")
    with pytest.raises(CannotRun, match="cannot be read"):
        get(api, into)


def test_a_disk_that_is_full_costs_no_snapshot(api: HordeApi, small_disk: Path) -> None:
    into = small_disk / "usage.json"
    get(api, into)
    whole, room = into.read_bytes(), os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(b"x" * (room.f_bavail * room.f_bsize))
    api.answers["text stats"] = _many(5000)
    with pytest.raises(CannotRun, match="No space left"):
        get(api, into)
    assert into.read_bytes() == whole
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "usage.json"]


def test_a_series_keeps_one_file_a_day(api: HordeApi, into: Path, tmp_path: Path) -> None:
    series = tmp_path / "series"
    started = time.gmtime()
    get(api, into, series)
    api.answers["image stats"]["day"]["Deliberate"] = 8
    get(api, into, series)
    days = {time.strftime("%Y/%Y-%m-%d.json", moment) for moment in (started, time.gmtime())}  # one may have ended
    *_, path = found = sorted(path for path in series.rglob("*") if path.is_file())
    assert {path.relative_to(series).as_posix() for path in found} <= days
    said = json.loads(path.read_bytes())
    assert said["image"] == {"Deliberate": [8, 200, 9000, 3], "Forgotten": [0, 1, 12, 0], "custom merge": [1, 4, 4, 1]}
    problems: list[str] = []
    assert [day.text["L3-8B"].month for day in read_series(series, problems).days] == [5]
    assert problems == []


def test_the_day_of_a_series_is_that_of_greenwich(api: HordeApi, tmp_path: Path) -> None:
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = "Etc/GMT+12" if time.gmtime().tm_hour < 12 else "Etc/GMT-14"
        time.tzset()
        get(api, tmp_path / "usage.json", tmp_path / "series")
        assert time.localtime().tm_yday != time.gmtime().tm_yday
        assert (tmp_path / "series" / time.strftime("%Y/%Y-%m-%d.json", time.gmtime())).is_file()
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def test_what_was_no_use_is_said(api: HordeApi, into: Path) -> None:
    api.answers["image status"] += [None, 5]
    assert get(api, into).passed_over == ("image status: 2 rows or numbers",)


def test_a_snapshot_says_how_old_it_is(api: HordeApi, into: Path) -> None:
    get(api, into)
    said = json.loads(into.read_bytes())
    into.write_text(json.dumps(said | {"fetched_at": said["fetched_at"] - 5000}))
    found, age = recall(into)
    assert found.source == api.address
    assert 5000 <= age < 5060


def test_the_captured_answers_make_a_snapshot(shared: Path, into: Path, tmp_path: Path) -> None:
    captured = {
        part: (shared / f"contract/horde_api/{about}_{domain}.json").read_bytes()
        for part in PARTS
        for domain, about in [part.split(" ")]
    }
    with horde_api(**captured) as api:
        get(api, into, tmp_path / "series")
    found = read_snapshot(into)
    assert found.missing == ()
    total = json.loads(captured["text stats"])["total"]
    assert {name: found.text.models[name].total for name in total} == total
    day = read_series(tmp_path / "series", []).days[0]
    used = {name: count for name, count in json.loads(captured["image stats"])["day"].items() if count}
    assert {name: day.image[name].day for name in used} == used
