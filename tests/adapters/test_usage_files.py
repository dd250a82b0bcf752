"""Files of usage: only plain ones, none that is too large, and one bad day costs no other."""

import os
from pathlib import Path

import pytest

from horde_reference.adapters import usage_files
from horde_reference.adapters.usage_files import read_series, read_snapshot
from horde_reference.analytics.series import Counts, Day, encode
from horde_reference.analytics.usage import Counted, Usage, Use
from horde_reference.analytics.usage import encode as encode_usage
from horde_reference.errors import CannotRun, NotThere, Unsound

NOON = 1_795_608_000  # 2026-11-25 12:00 UTC
SNAPSHOT = Usage(fetched_at=NOON, image=Counted(models={"a": Use(day=1)}))


def keep(folder: Path, *days: int) -> None:
    for number in days:
        day = Day(fetched_at=NOON + number * 86_400, image={"a": Counts(number, None, None, None)})
        (folder / day.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / day.path).write_bytes(encode(day))


def test_a_snapshot_is_read(tmp_path: Path) -> None:
    (tmp_path / "usage.json").write_bytes(encode_usage(SNAPSHOT))
    assert read_snapshot(tmp_path / "usage.json") == SNAPSHOT


def test_a_snapshot_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotThere, match=r"no snapshot of usage at .*usage\.json"):
        read_snapshot(tmp_path / "usage.json")


def test_a_link_a_pipe_and_a_folder_are_no_snapshot(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(encode_usage(SNAPSHOT))
    (tmp_path / "link.json").symlink_to("real.json")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    for name in ("link", "pipe", "folder"):
        with pytest.raises((Unsound, CannotRun), match=rf"{name}\.json can"):
            read_snapshot(tmp_path / f"{name}.json")


def test_a_snapshot_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "usage.json").open("wb") as file:
        file.truncate(usage_files.MAX_SNAPSHOT_BYTES + 1)
    with pytest.raises(Unsound, match="more than 64 MiB"):
        read_snapshot(tmp_path / "usage.json")


def test_days_are_read_oldest_first(tmp_path: Path) -> None:
    keep(tmp_path, 40, 2, 3)
    problems: list[str] = []
    series = read_series(tmp_path, problems)
    assert [day.date for day in series.days] == ["2026-11-27", "2026-11-28", "2027-01-04"]
    assert [day.image["a"].day for day in series.days] == [2, 3, 40]
    assert problems == []


def test_other_files_of_the_branch_are_let_be(tmp_path: Path) -> None:
    keep(tmp_path, 0)
    (tmp_path / "usage.json").write_bytes(encode_usage(SNAPSHOT))
    (tmp_path / "README.md").write_text("Usage")
    (tmp_path / ".git").mkdir()
    (tmp_path / "2026/notes.txt").write_text("?")
    problems: list[str] = []
    assert len(read_series(tmp_path, problems).days) == 1
    assert problems == []


def test_bad_days_are_passed_over_and_said(tmp_path: Path) -> None:
    keep(tmp_path, 0, 1, 2)
    (tmp_path / "2026/2026-11-26.json").write_text("{")
    (tmp_path / "2026/2026-11-20.json").write_bytes((tmp_path / "2026/2026-11-25.json").read_bytes())
    (tmp_path / "2026/2026-11-19.json").symlink_to("2026-11-25.json")
    (tmp_path / "2026/2026-11-18.json").mkdir()
    with (tmp_path / "2026/2026-11-17.json").open("wb") as file:
        file.truncate(usage_files.MAX_DAY_BYTES + 1)
    (tmp_path / "2025").symlink_to("2026")
    (tmp_path / "2024").write_text("a file")
    problems: list[str] = []
    assert [day.date for day in read_series(tmp_path, problems).days] == ["2026-11-25", "2026-11-27"]
    said = sorted(problem.partition(" ")[0] for problem in problems)
    assert said == [
        "2024", "2025", "2026/2026-11-17.json", "2026/2026-11-18.json", "2026/2026-11-19.json", "2026/2026-11-20.json",
        "2026/2026-11-26.json",
    ]  # fmt: skip
    assert "2026/2026-11-20.json was passed over: it was fetched on 2026-11-25." in problems


def test_only_the_newest_days_of_a_long_series_are_read(tmp_path: Path) -> None:
    keep(tmp_path, *range(usage_files.MAX_DAYS + 30))
    found = [day.image["a"].day for day in read_series(tmp_path, []).days]
    assert found == list(range(30, usage_files.MAX_DAYS + 30))


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="cannot be read"):
        read_series(tmp_path / "nowhere", [])
