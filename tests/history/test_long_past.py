"""The audit trail of a repository with some hundred commits."""

import json
import subprocess
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from random import Random
from typing import Any

import pytest
from repositories import STEPS, Repository

from horde_reference.edition import History
from horde_reference.history.derive import document, replay
from horde_reference.history.trail import decode, encode
from horde_reference.workflows.audit import files_of, state_at
from horde_reference.workflows.remember import history_at

SAMPLES = 50


@pytest.fixture(scope="session")
def past(long_past: Repository) -> History:
    return history_at(long_past.data, "HEAD")


def checked_out(repository: Repository, commit: str) -> dict[str, bytes]:
    """Files below `data/` at a commit, as git hands them out."""
    command = ["git", "archive", "--format=tar", commit, "data"]
    packed = subprocess.run(command, cwd=repository.root, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        return {name.removeprefix("data/"): file.read() for name, file in files.items() if file is not None}


def test_there_is_a_past_worth_the_name(long_past: Repository, past: History) -> None:
    commits = long_past.git("rev-list", "--all").split()
    merges = long_past.git("rev-list", "--all", "--merges").split()
    assert len(commits) > STEPS
    assert len(merges) > 10
    operations = {event.operation for event in past.events}
    assert operations == {"create", "update", "delete"}
    assert sum(event.renamed_from is not None for event in past.events) > 10
    assert past.number == len(long_past.git("rev-list", "--first-parent", "main").split())


def test_replaying_all_events_gives_the_records(long_past: Repository, run: Callable[..., Any]) -> None:
    verified = run("audit", "verify", "--data", long_past.data, "--format", "json")
    assert verified.exit_code == 0, verified.output
    said = json.loads(verified.stdout)
    assert said["differing"] == []
    assert said["events"] > STEPS


def test_a_record_that_is_not_committed_is_found(repository: Repository, run: Callable[..., Any]) -> None:
    path = repository.write("clip", "one")
    repository.commit("Add one")
    (repository.data / path).write_bytes((repository.data / path).read_bytes().replace(b"called one", b"called two"))
    verified = run("audit", "verify", "--data", repository.data)
    assert verified.exit_code == 1
    assert path in verified.output


def test_replaying_up_to_any_commit_equals_checking_it_out(long_past: Repository) -> None:
    commits = Random(1).sample(long_past.git("rev-list", "--all").split(), SAMPLES)
    for commit in commits:
        files = checked_out(long_past, commit)
        replayed = dict(files_of(state_at(long_past.data, commit)))
        assert replayed.keys() == files.keys(), commit
        for path, raw in files.items():
            assert document(replayed[path]) == document(raw), (commit, path)


def test_what_is_written_canonically_comes_back_to_the_byte(long_past: Repository) -> None:
    assert dict(files_of(state_at(long_past.data, "HEAD"))) == checked_out(long_past, "HEAD")


def test_a_date_means_the_mainline_as_it_was_then(long_past: Repository, past: History) -> None:
    middle = past.events[len(past.events) // 2].commit
    at = datetime.fromtimestamp(middle.time, UTC).isoformat()
    assert state_at(long_past.data, at) == state_at(long_past.data, middle.hash)


def test_the_trail_is_append_only(long_past: Repository, past: History) -> None:
    lines = [encode(event) for event in past.events]
    for revision in ("HEAD~5", "HEAD~100"):
        earlier = [encode(event) for event in history_at(long_past.data, revision).events]
        assert earlier
        assert lines[: len(earlier)] == earlier


def test_a_line_says_all_that_an_event_is(past: History) -> None:
    assert [decode(encode(event)) for event in past.events] == list(past.events)
    assert replay(map(decode, map(encode, past.events))) == replay(past.events)


def test_what_a_merge_brought_is_one_step_with_its_pull_request(long_past: Repository, past: History) -> None:
    merges = set(long_past.git("rev-list", "--first-parent", "--merges", "main").split())
    brought = [event for event in past.events if event.commit.hash in merges]
    assert brought
    assert all(f"#{event.commit.pull_request} " in event.commit.subject for event in brought)
    mainline = set(long_past.git("rev-list", "--first-parent", "main").split())
    assert {event.commit.hash for event in past.events} <= mainline


def test_a_record_under_a_new_name_keeps_its_age(past: History) -> None:
    born: dict[tuple[str, str | None], int | None] = {}
    for event in past.events:
        if event.operation == "create":
            old = born.get((event.category, event.renamed_from))
            born[event.key] = old if event.renamed_from is not None else event.commit.time
    assert past.timeline.lifetimes
    for key, lifetime in past.timeline.lifetimes.items():
        assert lifetime.created.time == born[key], key


def test_spelling_alone_changes_no_record(past: History) -> None:
    assert [event for event in past.events if event.operation == "update" and not event.fields()] == []
