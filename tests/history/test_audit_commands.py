"""The commands that read the audit trail."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repositories import Repository

Run = Callable[..., Any]


@pytest.fixture
def past(repository: Repository) -> Repository:
    """Three commits: one and two come, one changes, two goes."""
    repository.write("clip", "one")
    repository.write("text_generation", "author/two")
    repository.commit("Add one and two")
    repository.write("clip", "one", version="2")
    repository.commit("A new version (#7)")
    (repository.data / "text_generation/author/two.json").unlink()
    repository.commit("Remove two")
    return repository


def logged(run: Run, past: Repository, *options: str) -> list[dict[str, Any]]:
    done = run("audit", "log", "--data", past.data, "--format", "json", *options)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_log_says_who_did_what_when(run: Run, past: Repository) -> None:
    events = logged(run, past)
    assert [(event["operation"], event["model_name"]) for event in events] == [
        ("create", "one"),
        ("create", "author/two"),
        ("update", "one"),
        ("delete", "author/two"),
    ]
    update = events[2]
    assert update["pull_request"] == 7
    assert update["logical_user_id"] == "Ada"
    assert update["payload"]["delta"] == {"version": {"old": None, "new": "2"}}
    assert update["payload"]["before"] == events[0]["payload"]["after"]
    assert "after" not in events[3]["payload"]
    text = run("audit", "log", "--data", past.data).stdout
    assert "#7  Ada  ~ clip/one: version" in text
    assert len(text.splitlines()) == 4


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--category", "clip"], [1, 3]),
        (["--name", "TWO"], [2, 4]),
        (["--operation", "create"], [1, 2]),
        (["--author", "ada", "--operation", "delete"], [4]),
        (["--author", "bob"], []),
        (["--limit", "1"], [4]),
        (["--since", "2023-11-15T00:00:00"], [3, 4]),
        (["--since", "2023-11-14"], [1, 2, 3, 4]),
        (["--since", "2023-11-15", "--until", "2023-11-15"], [3, 4]),
        (["--until", "2023-11-14"], [1, 2]),
        (["--until", "2023-11-15"], [1, 2, 3, 4]),
        (["--since", "2023-11-14T23:20:00+00:00", "--until", "2023-11-15T00:30:00"], [3]),
    ],
    ids=str,
)
def test_the_log_can_be_narrowed(options: list[str], expected: list[int], run: Run, past: Repository) -> None:
    assert [event["event_id"] for event in logged(run, past, *options)] == expected


def test_a_date_that_is_none_is_wrong_usage(run: Run, past: Repository) -> None:
    assert run("audit", "log", "--data", past.data, "--since", "yesterday").exit_code == 2


def test_replay_prints_the_records_as_they_were(run: Run, past: Repository) -> None:
    done = run("audit", "replay", "--data", past.data, "--at", "HEAD~2")
    told = json.loads(done.stdout)
    assert told.keys() == {"clip", "text_generation"}
    assert "version" not in told["clip"]["one"]
    done = run("audit", "replay", "--data", past.data, "--at", "HEAD", "--category", "clip")
    assert json.loads(done.stdout)["clip"]["one"]["version"] == "2"


def test_replay_writes_the_files_as_they_were(run: Run, past: Repository, tmp_path: Path) -> None:
    into = tmp_path / "then"
    assert run("audit", "replay", "--data", past.data, "--at", "HEAD~1", "--into", into).exit_code == 0
    past.git("checkout", "--quiet", "HEAD~1")
    theirs = {path.relative_to(past.data): path.read_bytes() for path in past.data.rglob("*.json")}
    assert {path.relative_to(into): path.read_bytes() for path in into.rglob("*.json")} == theirs
    assert theirs


def test_replay_never_writes_over_anything(run: Run, past: Repository, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run("audit", "replay", "--data", past.data, "--at", "HEAD", "--into", tmp_path).exit_code == 2
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.txt"]


@pytest.mark.parametrize("at", ["nonsense", "HEAD~50", "--exec=x", ""])
def test_a_revision_that_does_not_exist_is_said(at: str, run: Run, past: Repository) -> None:
    done = run("audit", "replay", "--data", past.data, f"--at={at}")
    assert done.exit_code == 3
    assert "is not a revision" in done.output


@pytest.mark.parametrize("command", [["log"], ["verify"], ["replay", "--at", "HEAD"]], ids=" ".join)
def test_without_history_there_is_no_trail(command: list[str], run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    done = run("audit", *command, "--data", tmp_path / "data")
    assert done.exit_code == 3
    assert "in no git repository" in done.output


def test_a_shallow_clone_has_no_trail(run: Run, past: Repository, tmp_path: Path) -> None:
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=1", f"file://{past.root}", "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    done = run("audit", "verify", "--data", shallow.data)
    assert done.exit_code == 3
    assert "git fetch --unshallow" in done.output
