"""The usage commands as people and workflows use them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import misbehaving as tricks
import pytest
from click.testing import Result
from horde_api import PARTS, HordeApi, horde_api

Run = Callable[..., Result]


@pytest.fixture
def api() -> Iterator[HordeApi]:
    with horde_api() as api:
        yield api


@pytest.fixture
def fetch(run: Run, api: HordeApi, tmp_path: Path) -> Run:
    return lambda *options: run("usage", "fetch", "--into", tmp_path / "usage.json", "--url", api.address, *options)


def test_fetch_and_show(fetch: Run, run: Run, api: HordeApi, tmp_path: Path) -> None:
    done = fetch("--series", tmp_path / "series")
    assert done.exit_code == 0, done.output
    assert "3 image models, 2 text models" in done.output
    assert len(list((tmp_path / "series").rglob("*.json"))) == 1
    shown = run("usage", "show", "--usage", tmp_path / "usage.json")
    assert shown.exit_code == 0
    assert f"just now, from {api.address}." in shown.output
    assert "image: 3 models, 2 of them with workers; 2 workers online." in shown.output
    assert "text: 2 models, 1 of them with workers; 0 workers online." in shown.output
    assert "Missing" not in shown.output


def test_show_for_programs(fetch: Run, run: Run, api: HordeApi, tmp_path: Path) -> None:
    api.tricks = {"text status": tricks.answers(404), "text workers": tricks.answers(404)}
    fetch()
    shown = json.loads(run("usage", "show", "--usage", tmp_path / "usage.json", "--format", "json").output)
    assert abs(shown["fetched_at"] + shown["age_seconds"] - time.time()) < 60
    assert shown["source"] == api.address
    assert shown["image"]["workers"] == {"online": 2, "trusted": 1, "in_maintenance": 1, "threads": 3}
    assert shown["text"] == {"models": 1, "models_with_workers": None, "workers": None}
    assert shown["missing"] == ["text status: it answered 404", "text workers: it answered 404"]


def test_what_is_missing_and_what_was_no_use_is_said(fetch: Run, run: Run, api: HordeApi, tmp_path: Path) -> None:
    api.tricks["text workers"] = tricks.answers(403)
    api.answers["image status"].append("a row")
    done = fetch()
    assert done.exit_code == 0
    assert "Missing: text workers: it answered 403." in done.stderr
    assert "No use could be made of: image status: 1 rows or numbers." in done.stderr
    shown = run("usage", "show", "--usage", tmp_path / "usage.json").output
    assert "text: 2 models, 1 of them with workers; an unknown number of workers online." in shown
    assert "Missing: text workers: it answered 403." in shown


def test_a_partial_snapshot_exits_with_1_unless_it_is_accepted(fetch: Run, api: HordeApi, tmp_path: Path) -> None:
    fetch()
    whole = (tmp_path / "usage.json").read_bytes()
    api.tricks["image stats"] = tricks.answers(404)
    refused = fetch()
    assert refused.exit_code == 1
    assert "was left as it was" in refused.output
    assert (tmp_path / "usage.json").read_bytes() == whole
    assert fetch("--accept-partial").exit_code == 0
    assert (tmp_path / "usage.json").read_bytes() != whole


def test_an_api_that_gives_nothing_exits_with_3(fetch: Run, api: HordeApi, tmp_path: Path) -> None:
    fetch()
    whole = (tmp_path / "usage.json").read_bytes()
    api.tricks = dict.fromkeys(PARTS, tricks.answers(404))
    done = fetch("--accept-partial")
    assert done.exit_code == 3
    assert "usage.json was left as it was" in done.stderr
    assert (tmp_path / "usage.json").read_bytes() == whole


def test_time_is_up_when_it_is_said_to_be(fetch: Run, api: HordeApi) -> None:
    api.tricks = dict.fromkeys(PARTS, tricks.never_answers)
    started = time.monotonic()
    assert fetch("--timeout", "0.5").exit_code == 3
    assert time.monotonic() - started < 5


def test_losing_most_names_exits_with_3_unless_it_is_allowed(fetch: Run, api: HordeApi) -> None:
    fetch()
    api.answers["image status"] = api.answers["image status"][:1]
    api.answers["image stats"] = {"day": {"Deliberate": 1}, "month": {}, "total": {}}
    refused = fetch()
    assert refused.exit_code == 3
    assert "image from 3 to 1" in refused.stderr
    assert fetch("--allow-shrink").exit_code == 0


@pytest.mark.parametrize("options", [("--url", "ftp://a.b"), ("--url", "https://u:p@a.b"), ("--timeout", "0")])
def test_wrong_usage_exits_with_2_and_asks_nobody(fetch: Run, api: HordeApi, options: tuple[str, ...]) -> None:
    assert fetch(*options).exit_code == 2
    assert api.asked == []


def test_a_snapshot_that_is_not_there_exits_with_3(run: Run, tmp_path: Path) -> None:
    done = run("usage", "show", "--usage", tmp_path / "usage.json")
    assert done.exit_code == 3
    assert "There is no snapshot of usage at" in done.stderr


def test_what_a_snapshot_holds_cannot_command_a_terminal(run: Run, tmp_path: Path) -> None:
    held = {"version": 1, "fetched_at": 0, "source": "\x1b[2J", "missing": ["\x1b]0;x\x07\nMissing: nothing"]}
    (tmp_path / "usage.json").write_text(json.dumps(held))
    shown = run("usage", "show", "--usage", tmp_path / "usage.json")
    assert shown.exit_code == 0
    assert "\x1b" not in shown.output
    assert "1970-01-01 00:00 UTC" in shown.output
    assert len(shown.output.splitlines()) == 4


@pytest.mark.parametrize("moment", [-(10**18), 10**18, 10**12, -1])
def test_a_time_that_there_is_not_is_said(run: Run, tmp_path: Path, moment: int) -> None:
    (tmp_path / "usage.json").write_text(json.dumps({"version": 1, "fetched_at": moment}))
    done = run("usage", "show", "--usage", tmp_path / "usage.json")
    assert done.exit_code == 3
    assert "at a time that there is not" in done.stderr


def test_a_process_of_its_own_does_not_wait_for_what_it_left_behind(api: HordeApi, tmp_path: Path) -> None:
    api.tricks = dict.fromkeys(PARTS, tricks.drips_its_head)
    command = [sys.executable, "-m", "horde_reference", "usage", "fetch", "--into", str(tmp_path / "usage.json")]
    options = ["--url", api.address, "--timeout", "1"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, timeout=20, env=os.environ)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "image status: its answer did not end within" in done.stderr
