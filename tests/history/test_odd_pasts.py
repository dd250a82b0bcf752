"""Pasts that nobody plans: odd names, odd times, broken files, merges of many, ignored records."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from repositories import Repository

from horde_reference.workflows.audit import state_at, verify
from horde_reference.workflows.build import build
from horde_reference.workflows.remember import history_at


def told(repository: Repository) -> list[tuple[str, str, str | None]]:
    events = history_at(repository.data, "HEAD").events
    return [(event.operation, event.name, event.renamed_from) for event in events]


def holds(repository: Repository, tmp_path: Path) -> None:
    """The trail gives the records, and everything is built from it."""
    assert verify(repository.data)[1] == []
    assert build(repository.data, tmp_path / "public").written is not None


def test_a_path_that_is_not_utf8_was_no_record(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    odd = Path(os.fsdecode(os.fsencode(repository.data) + b"/clip/caf\xe9.json"))
    odd.write_bytes(b"{}")
    repository.commit("Add")
    odd.unlink()
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
    repository.git("merge", "--quiet", "--no-ff", "--message", "All at once (#9)", "two", "three", "four")
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


SUBJECTS = [
    ":100644 100644 a b M",
    "",
    " ",
    "-- data",
    "\t\x1b[31mred",
    "<b>&amp;</b> ]]>",
    "ü" * 3000,
    "(#12) no",
    "a (#0)",
    "(#99999999999999999999)",
    "(#٣)",
]


@pytest.mark.parametrize("subject", SUBJECTS)
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
    committer = (name + b" " if name else b"") + b"<a@b> %d +0000" % time
    file = b"M 100644 inline data/%s\ndata %d\n%s\n" % (path.encode(), len(body), body)
    feed = b"commit refs/heads/main\ncommitter %s\ndata 3\nAdd\n%s" % (committer, file)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository.root, input=feed, check=True)
    repository.git("reset", "--quiet", "--hard", "main")
    holds(repository, tmp_path)
    metadata = json.loads((tmp_path / "public/api/model_references/v2/clip/model/one.json").read_bytes())["metadata"]
    assert metadata["created_at"] == min(time, 253402300799)  # the last second of the year 9999


def modified(repository: Repository, out: Path) -> bool:
    """Whether a build says that the records are not those of the commit."""
    return any(finding.rule == "history-modified" for finding in build(repository.data, out).findings)


def test_what_git_overlooks_is_not_taken_for_committed(repository: Repository, tmp_path: Path) -> None:
    path = repository.write("clip", "one")
    repository.write("clip", "two")
    (repository.root / ".gitignore").write_text("data/clip/ignored.json\n")
    repository.commit("Add")
    assert not modified(repository, tmp_path / "one")
    ignored = repository.data / repository.write("clip", "ignored")
    assert modified(repository, tmp_path / "two")
    ignored.unlink()
    repository.git("update-index", "--assume-unchanged", f"data/{path}")
    repository.write("clip", "one", version="2")
    assert modified(repository, tmp_path / "three")
    repository.git("update-index", "--no-assume-unchanged", f"data/{path}")
    repository.git("checkout", "--quiet", ".")
    assert not modified(repository, tmp_path / "four")
    repository.git("update-index", "--skip-worktree", f"data/{path}")
    (repository.data / path).unlink()
    assert modified(repository, tmp_path / "five")


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
        assert (done.exit_code, done.output[:7]) == (0, "1 event"), (place, data, done.output)


def test_a_worktree_has_the_history_of_its_branch(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.commit("Add")
    repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")
    assert len(history_at(tmp_path / "tree/data", "HEAD").events) == 1


def test_two_spellings_of_one_path_are_not_two_records(repository: Repository, tmp_path: Path) -> None:
    path = repository.data / repository.write("text_generation", "author/one")
    odd = repository.data / "text_generation/author%2Fone.json"
    odd.write_bytes(path.read_bytes())
    repository.commit("Add both")
    odd.unlink()
    repository.commit("Remove one")
    assert told(repository) == [("create", "author/one", None)]
    holds(repository, tmp_path)


FILES = {"download": [{"file_name": "a.pt", "file_url": "https://huggingface.co/a/b", "sha256sum": "a" * 64}]}


def test_the_same_files_under_another_name_are_the_same_model(repository: Repository) -> None:
    old = repository.write("clip", "old", config=FILES)
    repository.commit("Add")
    (repository.data / old).unlink()
    repository.write("clip", "new", config=FILES, description="Told anew.")
    repository.commit("Rename")
    assert ("create", "new", "old") in told(repository)


def test_where_several_could_be_meant_nobody_guesses(repository: Repository) -> None:
    for name in ("one", "two"):
        repository.write("image_generation", name, description="Same.", homepage="https://example.org/both")
    repository.commit("Add")
    for name in ("one", "two"):
        (repository.data / f"image_generation/{name}.json").unlink()
    repository.write("image_generation", "three", description="Same.", homepage="https://example.org/both")
    repository.commit("Which of them?")
    assert ("create", "three", None) in told(repository)


def test_models_that_say_nothing_particular_are_not_one(repository: Repository) -> None:
    old = repository.write("text_generation", "author/one", description="A model.")
    repository.commit("Add")
    (repository.data / old).unlink()
    repository.write("text_generation", "author/two", description="A model.")
    repository.commit("Another")
    assert ("create", "author/two", None) in told(repository)


def test_local_work_that_pulled_what_was_published_is_noticed(
    repository: Repository, tmp_path: Path, run: Callable[..., Any]
) -> None:
    for name in ("one", "two", "three"):
        repository.write("clip", name)
        repository.commit(name)
    out, head = tmp_path / "public", tmp_path / "published.json"
    build(repository.data, out)
    shutil.copy(out / "head.json", head)
    repository.git("branch", "upstream")
    repository.git("reset", "--quiet", "--hard", "HEAD~2")
    repository.write("clip", "mine")
    repository.commit("Mine")
    repository.merge("upstream", "Merge what is published into mine")
    done = run("build", "--data", repository.data, "--out", tmp_path / "other", "--published", head)
    assert "[history-rewritten]" in done.output
    required = run("build", "--data", repository.data, "--out", out, "--require-history")
    assert required.exit_code == 3
    assert "[history-rewritten]" in run("build", "--data", repository.data, "--out", out).output


def test_a_repository_of_somebody_else_is_refused_by_git_in_its_own_words(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("clip", "one")
    repository.commit("Add")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    (finding,) = [one for one in build(repository.data, tmp_path / "public").findings if one.rule == "history-absent"]
    assert "dubious ownership" in finding.message


def test_a_folder_with_a_variable_in_its_name_is_never_taken_for_another(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "a$HOME b")
    repository.write("clip", "one")
    repository.commit("Add")
    (finding,) = [one for one in build(repository.data, tmp_path / "public").findings if one.rule == "history-absent"]
    assert "environment variable" in finding.message


def test_a_repository_with_longer_ids_has_a_history_as_well(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", "--object-format=sha256", root], check=True)
    repository = Repository(root)
    path = repository.write("clip", "one")
    repository.write("clip", "two")
    repository.commit("Add")
    (repository.data / path).unlink()
    repository.commit("Remove")
    assert [what for what, _, _ in told(repository)] == ["create", "create", "delete"]
    holds(repository, tmp_path)


def test_replacements_and_grafts_of_one_clone_change_nothing(repository: Repository) -> None:
    repository.write("clip", "one")
    repository.commit("Add")
    second = repository.commit("Nothing")
    third = repository.commit("Nothing more")
    before = history_at(repository.data, "HEAD")
    repository.git("replace", "--graft", third)
    (repository.root / ".git/info").mkdir(exist_ok=True)
    (repository.root / ".git/info/grafts").write_text(f"{second}\n")
    assert history_at(repository.data, "HEAD") == before
    assert before.number == 3
