"""Watching: a sync whenever something is new, each repository by itself, and an end when somebody says so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from github_emulator import token_of
from syncing import FIRST, NAMES, World

from horde_reference.adapters.github.errors import RateLimited
from horde_reference.errors import CannotRun
from horde_reference.workflows.build import build
from horde_reference.workflows.sync.watching import MOST_ERRORS, Watch, watch


class Watched:
    """A world in which time passes when somebody waits, up to an end."""

    def __init__(self, newest: list[str], turns: int) -> None:
        self.newest = newest
        self.turns = turns
        self.time = 0.0
        self.said: list[str] = []
        self.synced: list[tuple[str, str]] = []
        self.broken: set[str] = set()
        self.limited: dict[str, float] = {}
        self.tried: list[tuple[str, float]] = []

    def look(self) -> str:
        found = self.newest[0] if len(self.newest) == 1 else self.newest.pop(0)
        if not found:
            raise CannotRun("Nobody answers.")
        return found

    def act(self, repository: str) -> list[str]:
        self.tried.append((repository, self.time))
        if self.limited.get(repository, 0.0) > self.time:
            raise RateLimited(datetime.fromtimestamp(self.limited[repository], UTC))
        if repository in self.broken:
            raise CannotRun("It does not work.")
        self.synced.append((repository, self.newest[0]))
        return ["left: one", "done"]

    def wait(self, seconds: float) -> bool:
        self.time += seconds
        self.turns -= 1
        return self.turns <= 0

    def watch(self, **more: object) -> bool:
        wanted = Watch(
            look=self.look, act=self.act, say=self.said.append, wait=self.wait, seconds=lambda: self.time,
            since_epoch=lambda: self.time, repositories=("image", "text"), interval=60.0,
        )  # fmt: skip
        return watch(replace(wanted, **more))  # type: ignore[arg-type] # fields of a watch


def test_each_repository_is_synced_once_for_what_is_new() -> None:
    world = Watched(["a", "a", "b", "b"], 4)
    assert world.watch()
    assert [repository for repository, _ in world.synced] == ["image", "text", "image", "text"]
    assert world.said[-1] == "Stopped."


def test_without_a_sync_at_the_start_only_what_comes_is_synced() -> None:
    world = Watched(["a", "a", "b"], 3)
    assert world.watch(syncs_at_start=False)
    assert [repository for repository, _ in world.synced] == ["image", "text"]


def test_one_that_fails_is_tried_again_and_keeps_no_other_from_it() -> None:
    world = Watched(["a"], 5)
    world.broken = {"image"}
    assert world.watch()
    assert world.synced == [("text", "a")]
    assert world.said.count("image: It does not work.") == 5


@pytest.mark.parametrize("newest", ["", "a"], ids=["nobody answers", "no sync works"])
def test_ten_errors_in_a_row_end_it(newest: str) -> None:
    world = Watched([newest], 99)
    world.broken = {"image", "text"}
    assert not world.watch()
    assert world.turns == 99 - MOST_ERRORS + 1
    assert "10 errors in a row" in world.said[-1]


def test_one_that_always_fails_does_not_end_it_and_is_tried_less_often() -> None:
    world = Watched(["a"], 30)
    world.broken = {"image"}
    assert world.watch()
    times = [when for repository, when in world.tried if repository == "image"]
    assert times[: MOST_ERRORS + 1] == [*(60.0 * number for number in range(MOST_ERRORS)), 540.0 + 300.0]
    world = Watched([*["a"] * 12, *"bcdefghijklmnopqrs", "s"], 30)
    world.broken = {"image"}
    assert world.watch()
    assert [newest for repository, newest in world.synced if repository == "text"][-1] == "s"


def test_a_rate_limit_is_waited_for_and_is_no_error() -> None:
    world = Watched(["a"], 20)
    world.limited = {"image": 700.0, "text": 700.0}
    assert world.watch()
    assert [when for repository, when in world.tried if repository == "image"] == [0.0, 720.0]
    assert world.synced == [("image", "a"), ("text", "a")]


def test_all_lines_of_what_was_done_are_told() -> None:
    world = Watched(["a"], 1)
    world.watch()
    assert world.said[:2] == ["image: left: one", "image: done"]


def test_nine_errors_and_a_success_do_not() -> None:
    world = Watched([*[""] * 9, "a", *[""] * 9, "a", "a"], 30)
    assert world.watch()


def test_a_status_line_every_five_minutes() -> None:
    world = Watched(["a"], 16)
    world.watch()
    assert sum(line.startswith("Looked ") for line in world.said) == 3


def test_who_says_stop_before_the_first_look_is_heard() -> None:
    world = Watched(["a"], 1)
    assert world.watch(initial_delay=5.0)
    assert world.synced == []


Started = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(world: World) -> Iterator[Started]:
    running: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "horde_reference", "sync", "watch", "--interval", "0.2", *words]
        environment = {**os.environ, **world.place.env, "GITHUB_TOKEN": token_of("reviewer"), "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_command_watches_the_clone_and_ends_cleanly(world: World, start: Started, sign: int) -> None:
    process = start()
    assert process.stderr is not None
    assert process.stderr.readline() == "image: Nothing to sync.\n"
    assert process.stderr.readline() == "text: Nothing to sync.\n"
    world.describe(FIRST, "New.")
    until(world.pulls)
    process.send_signal(sign)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.endswith("Stopped.\n")
    assert world.pull()["title"] == "Sync image models: 1 changed"


def test_the_command_watches_a_published_tree_and_brings_the_clone_there(
    world: World, start: Started, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    origin = world.place.clone.parent / "forge/haidra/reference.git"
    author = tmp_path / "author"
    world.place.git("clone", "-q", str(origin), str(author))
    build(author / "data", tmp_path / "public")
    process = start("--url", serve(tmp_path / "public"), "--repo", "image", "--repo", "text")
    assert process.stderr is not None
    assert process.stderr.readline() == "image: Nothing to sync.\n"
    mine = replace(world, place=replace(world.place, clone=author))
    mine.describe(FIRST, "New.")
    world.place.git("push", "-q", "origin", "HEAD:main", folder=author)
    time.sleep(1)
    assert world.pulls() == [], "nothing is new before it is published"
    build(author / "data", tmp_path / "public")
    until(world.pulls)
    assert world.place.git("rev-parse", "HEAD") == world.place.git("rev-parse", "HEAD", folder=author)


def test_one_repository_that_is_gone_keeps_no_other_from_being_synced(world: World, start: Started) -> None:
    world.forge.delete(NAMES["image"])
    world.repo = "text"
    world.describe("author/Model-1B", "New.")
    start()
    until(world.pulls)
    assert world.pull()["title"] == "Sync text models: 1 changed"
