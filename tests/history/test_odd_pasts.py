"""Pasts that nobody plans: odd names, odd times, broken files, merges of many, ignored records."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repositories import Repository

from horde_reference.workflows.audit import state_at, verify
from horde_reference.workflows.build import build
from horde_reference.workflows.remember import history_at, recall


def told(repository: Repository) -> list[tuple[str, str, str | None]]:
    events = history_at(repository.data, "HEAD").events
    return [(event.operation, event.name, event.renamed_from) for event in events]


def holds(repository: Repository, tmp_path: Path) -> None:
    """The trail gives the records, and everything is built from it."""
    assert verify(repository.data)[1] == []
    assert build(repository.data, tmp_path / "public").written is not None


def test_a_path_that_is_not_utf8_was_no_record(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    odd = os.fsencode(repository.data) + b"/clip/caf\xe9.json"
    with open(odd, "wb") as file:
        file.write(b"{}")
    repository.commit("Add")
    os.unlink(odd)
    repository.commit("Remove")
    assert told(repository) == [("create", "one", None)]
    holds(repository, tmp_path)


def test_a_broken_file_is_passed_over_until_it_is_mended(repository: Repository, tmp_path: Path) -> None:
    path = repository.data / repository.write("clip", "one")
    repository.commit("Add")
    sound = path.read_bytes()
    for broken in (b"{", b"[]", b"", b"\xff\xfe", b"null"):
        path.write_bytes(broken)
        repository.commit("Break")
    path.write_bytes(sound)
    repository.commit("Mend")
    assert told(repository) == [("create", "one", None)]
    holds(repository, tmp_path)


def test_what_git_cannot_hold_as_a_file_is_no_record(repository: Repository, tmp_path: Path) -> None:
    path = repository.data / repository.write("clip", "one")
    repository.write("clip", "two")
    repository.commit("Add")
    path.unlink()
    path.symlink_to("two.json")
    repository.commit("A link")
    path.unlink()
    repository.write("clip", "one")
    path.chmod(0o755)
    repository.commit("A program")
    assert told(repository) == [
        ("create", "one", None),
        ("create", "two", None),
        ("delete", "one", None),
        ("create", "one", None),
    ]
    holds(repository, tmp_path)


def test_names_can_be_swapped_and_passed_on_in_one_commit(repository: Repository, tmp_path: Path) -> None:
    for name in "abc":
        repository.write("clip", name, version=name)
    repository.commit("Add")
    (repository.data / "clip/a.json").unlink()
    repository.write("clip", "b", version="a", description="A model called a.")
    repository.write("clip", "c", version="b", description="A model called b.")
    repository.write("clip", "d", version="c", description="A model called c.")
    repository.commit("Pass on")
    holds(repository, tmp_path)
    assert state_at(repository.data, "HEAD").keys() == {("clip", name) for name in "bcd"}


def test_an_old_name_among_the_aliases_is_a_rename_whatever_else_changed(repository: Repository) -> None:
    old = repository.write("text_generation", "author/old", description="Before.")
    repository.commit("Add")
    born = repository.clock
    (repository.data / old).unlink()
    repository.write("text_generation", "author/new", description="After.", parameters=9, aliases=["author/old"])
    repository.commit("Rename")
    assert ("create", "author/new", "author/old") in told(repository)
    lifetime = history_at(repository.data, "HEAD").timeline.lifetimes["text_generation", "author/new"]
    assert lifetime.created.time == born


def test_two_text_models_of_a_kind_are_not_one(repository: Repository) -> None:
    old = repository.write("text_generation", "author/old-8B", description="Before.", tags=["8B"])
    repository.commit("Add")
    (repository.data / old).unlink()
    repository.write("text_generation", "another/new-8B", description="After.", tags=["8B"])
    repository.commit("Remove one, add another")
    assert ("create", "another/new-8B", None) in told(repository)


def test_a_merge_of_many_branches_is_one_step(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.commit("Add")
    for name in ("two", "three", "four"):
        repository.git("checkout", "--quiet", "-b", name, "main")
        repository.write("clip", name)
        repository.commit(f"Add {name}")
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--message", "All at once (#9)", "two", "three", "four")
    events = history_at(repository.data, "HEAD").events
    assert [(event.name, event.commit.pull_request) for event in events] == [
        ("one", None),
        ("four", 9),
        ("three", 9),
        ("two", 9),
    ]
    holds(repository, tmp_path)


def test_a_conflict_that_was_resolved_by_hand_is_what_the_merge_made_of_it(
    repository: Repository, tmp_path: Path
) -> None:
    repository.write("clip", "one")
    repository.commit("Add")
    repository.git("checkout", "--quiet", "-b", "side")
    repository.write("clip", "one", version="side")
    repository.commit("Side")
    repository.git("checkout", "--quiet", "main")
    repository.write("clip", "one", version="main")
    repository.commit("Main")
    subprocess.run(["git", "merge", "side"], cwd=repository.root, capture_output=True, check=False)
    repository.write("clip", "one", version="both")
    repository.commit("Merge side")
    events = history_at(repository.data, "HEAD").events
    versions = [change.new for event in events[1:] for change in event.fields()]
    assert versions == ["main", "both"]
    holds(repository, tmp_path)


@pytest.mark.parametrize(
    "subject", [":100644 100644 a b M", "", " ", "-- data", "\t\x1b[31mred", "<b>&amp;</b> ]]>", "ü" * 3000, "(#12) no"]
)
def test_any_subject_is_only_words(subject: str, repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--allow-empty-message", "--cleanup=verbatim", "--message", subject)
    (event,) = history_at(repository.data, "HEAD").events
    assert event.commit.pull_request is None
    holds(repository, tmp_path)


@pytest.mark.parametrize("author", ["", "<>", "Zoë", "caf\udce9", "a: b # c"])
@pytest.mark.parametrize("time", [0, 2**33, 2**60])
def test_any_author_and_time_can_be_published(author: str, time: int, repository: Repository, tmp_path: Path) -> None:
    path = repository.write("clip", "one")
    body = (repository.data / path).read_bytes()
    name = os.fsencode(author.replace("<", "").replace(">", ""))
    feed = (
        b"commit refs/heads/main\ncommitter %s <a@b> %d +0000\ndata 3\nAdd\nM 100644 inline data/%s\ndata %d\n%s\n"
        % (
            name + b" " if name else b"",
            time,
            path.encode(),
            len(body),
            body,
        )
    )
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository.root, input=feed, check=True)
    repository.git("reset", "--quiet", "--hard", "main")
    holds(repository, tmp_path)
    metadata = json.loads((tmp_path / "public/api/model_references/v2/clip/model/one.json").read_bytes())["metadata"]
    assert metadata["created_at"] == time


def test_records_that_git_ignores_are_not_taken_for_committed(repository: Repository) -> None:
    repository.write("clip", "one")
    (repository.root / ".gitignore").write_text("*.tmp\n")
    repository.commit("Add")
    (repository.data / "clip/rest.tmp").touch()
    assert not recall(repository.data).is_modified
    (repository.root / ".gitignore").write_text("data/clip/two.json\n")
    repository.commit("Ignore")
    assert not recall(repository.data).is_modified
    repository.write("clip", "two")
    assert recall(repository.data).is_modified


def test_data_may_be_named_in_any_way_from_anywhere(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]
) -> None:
    repository.write("clip", "one")
    repository.commit("Add")
    (tmp_path / "link").symlink_to(repository.data)
    for place, data in (
        (repository.root, "data"),
        (repository.root, "data/"),
        (repository.data, "."),
        (repository.data / "clip", ".."),
        (tmp_path, "link"),
        (tmp_path, repository.data),
    ):
        monkeypatch.chdir(place)
        done = run("audit", "verify", "--data", data)
        assert (done.exit_code, done.output[:8]) == (0, "1 event"), (place, data, done.output)


def test_a_worktree_has_the_history_of_its_branch(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.commit("Add")
    repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")
    assert len(history_at(tmp_path / "tree/data", "HEAD").events) == 1
