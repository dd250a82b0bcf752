"""What is published of the past: times, metadata, changes, audit trail, removed models, the head."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from repositories import Repository

from horde_reference.formats import head
from horde_reference.history.derive import document, replay
from horde_reference.history.trail import decode
from horde_reference.workflows.audit import state_at
from horde_reference.workflows.build import Built, Wishes, build

V2 = "api/model_references/v2"
ATOM = "{http://www.w3.org/2005/Atom}"
FOR_PAGES = ("search/", "assets/", "records/")
HISTORY_RULES = {"history-absent", "history-shallow", "history-modified", "name-reused"}


def read(out: Path, path: str) -> Any:
    return json.loads((out / path).read_bytes())


def tree(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != ".horde-reference.json"
    }


def warned(built: Built) -> set[str]:
    return {finding.rule for finding in built.findings} & HISTORY_RULES


@pytest.fixture(scope="session")
def long_tree(long_past: Repository, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("long") / "public"
    built = build(long_past.data, out)
    assert warned(built) == set()
    return out


def test_times_and_authors_come_from_the_log(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.commit("Add one")
    born = repository.clock
    repository.write("clip", "two")
    repository.commit("Add two")
    repository.write("clip", "one", version="2")
    repository.commit("New version")
    build(repository.data, tmp_path / "public")
    past = {"schema_version": "2.0.0", "created_by": "Ada", "updated_by": "Ada"}
    one = read(tmp_path / "public", f"{V2}/clip/model/one.json")
    assert one["metadata"] == {**past, "created_at": born, "updated_at": born + 7200}
    two = read(tmp_path / "public", f"{V2}/clip.json")["two"]
    assert two["metadata"] == {**past, "created_at": born + 3600, "updated_at": born + 3600}


def test_metadata_counts_what_happened(repository: Repository, tmp_path: Path) -> None:
    gone = repository.write("clip", "gone")
    repository.write("clip", "one")
    repository.commit("Add two")
    born = repository.clock
    repository.write("clip", "one", version="2")
    repository.commit("Update")
    (repository.data / gone).unlink()
    repository.commit("Remove")
    build(repository.data, tmp_path / "public")
    for version in ("v1", "v2"):
        root = f"api/model_references/{version}/metadata"
        clip = read(tmp_path / "public", f"{root}/clip.json")
        assert clip["total_creates"] == 2
        assert clip["total_updates"] == 1
        assert clip["total_deletes"] == 1
        assert clip["total_models"] == 1
        assert (clip["last_operation_type"], clip["last_operation_model"]) == ("delete", "gone")
        assert (clip["initialization_time"], clip["last_updated"]) == (born, born + 7200)
        assert read(tmp_path / "public", f"{root}/last_updated.json") == {"last_updated": born + 7200}
        assert read(tmp_path / "public", f"{root}/clip/last_updated.json")["last_updated"] == born + 7200
        assert read(tmp_path / "public", f"{root}/metadata.json")["clip"] == clip
        assert read(tmp_path / "public", f"{root}/lora.json")["last_updated"] == born


def test_a_commit_that_touches_no_record_changes_only_the_head(repository: Repository, tmp_path: Path) -> None:
    out = tmp_path / "public"
    repository.write("clip", "one")
    repository.commit("Add one")
    build(repository.data, out)
    before = tree(out)
    (repository.root / "README.md").write_text("Words.\n")
    commit = repository.commit("Words")
    built = build(repository.data, out)
    assert built.written is not None
    after = tree(out)
    assert {path for path in after if after[path] != before.get(path)} == {"head.json"}
    assert read(out, "head.json")["commit"] == commit
    assert read(out, "head.json")["number"] == 2


def test_the_head_knows_every_file_but_those_of_the_site(long_past: Repository, long_tree: Path) -> None:
    told = head.decode((long_tree / "head.json").read_bytes())
    files = tree(long_tree)
    del files["head.json"]
    files = {path: raw for path, raw in files.items() if not path.endswith(".html") and not path.startswith(FOR_PAGES)}
    many = read(long_tree, "files.json")["files"]
    assert not told.files.keys() & many.keys()
    assert {path: (one.sha256, one.size) for path, one in told.files.items()} | {
        path: (one["sha256"], one["size"]) for path, one in many.items()
    } == {path: (hashlib.sha256(raw).hexdigest(), len(raw)) for path, raw in files.items()}
    assert told.commit == long_past.git("rev-parse", "HEAD").strip()
    assert told.time == int(long_past.git("show", "--no-patch", "--format=%ct", "HEAD"))
    assert not told.modified


def test_whoever_follows_the_changes_knows_which_records_there_are(long_tree: Path) -> None:
    index = read(long_tree, "changes/index.json")
    numbers = [step["number"] for step in index["changes"]]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == index["number"] <= read(long_tree, "head.json")["number"]
    known: dict[str, set[str]] = {}
    for step in index["changes"]:
        for category, sides in read(long_tree, step["path"][1:])["categories"].items():
            names = known.setdefault(category, set())
            assert names.isdisjoint(sides["added"])
            assert names.issuperset(sides["removed"])
            assert names.issuperset(sides["changed"])
            assert all(sides["changed"].values())
            names |= set(sides["added"])
            names -= set(sides["removed"])
    assert known
    for category, names in known.items():
        assert names == read(long_tree, f"{V2}/{category}.json").keys()


def test_change_files_and_full_segments_never_change(long_past: Repository, long_tree: Path, tmp_path: Path) -> None:
    shutil.copytree(long_past.root, tmp_path / "earlier")
    earlier = Repository(tmp_path / "earlier", long_past.clock)
    earlier.git("reset", "--quiet", "--hard", "HEAD~120")
    build(earlier.data, tmp_path / "public", Wishes(max_shrink=1.0))
    before, after = tree(tmp_path / "public"), tree(long_tree)
    numbered = [path for path in before if path.startswith("changes/") and path[8].isdigit()]
    segments = [path for path in before if path.endswith(".jsonl")]
    assert len(numbered) > 100
    assert segments
    assert all(after[path] == before[path] for path in numbered)
    assert all(after[path].startswith(before[path]) for path in segments)


def test_the_published_trail_replays_to_the_records(long_past: Repository, long_tree: Path) -> None:
    index = read(long_tree, "audit/index.json")
    lines = [
        line
        for segments in index["segments"].values()
        for segment in segments
        for line in (long_tree / segment["path"][1:]).read_bytes().splitlines()
    ]
    events = sorted(map(decode, lines), key=lambda event: event.id)
    assert [event.id for event in events] == list(range(1, index["last_event_id"] + 1))
    assert replay(events) == state_at(long_past.data, "HEAD")


@pytest.mark.parametrize("name", ["feed", "clip", "lora"])
def test_feeds_are_atom(name: str, long_tree: Path) -> None:
    root = ET.fromstring((long_tree / f"changes/{name}.atom").read_bytes())  # noqa: S314 - our own
    assert root.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{needed}")
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == (0 if name == "lora" else 50)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert all(entry.findtext(f"{ATOM}{needed}") for needed in ("id", "title", "updated", "summary"))
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ada"


def test_withdrawn_models_are_listed_and_nowhere_else(repository: Repository, tmp_path: Path) -> None:
    gone = {"reason": "The author took it down.", "date": "2026-11-23", "replaced_by": "new"}
    repository.write("clip", "gone", withdrawn=gone)
    repository.write("clip", "new", aliases=["the old name", "author/former"])
    repository.commit("Withdraw")
    out = tmp_path / "public"
    build(repository.data, out)
    assert read(out, f"{V2}/removed.json")["clip"] == {
        "gone": gone,
        "the old name": {"reason": "It is called new now.", "replaced_by": "new"},
        "author/former": {"reason": "It is called new now.", "replaced_by": "new"},
    }
    assert read(out, f"{V2}/clip.json").keys() == {"new"}
    assert read(out, "legacy/image/clip.json").keys() == {"new"}
    assert not (out / f"{V2}/clip/model/gone.json").exists()
    for name in ("new", "the old name", "author/former"):
        assert read(out, f"{V2}/clip/model/{name}.json")["name"] == "new"
    assert read(out, "head.json")["records"]["clip"] == 1


def test_a_withdrawal_is_a_removal_to_those_who_follow(repository: Repository, tmp_path: Path) -> None:
    for name in ("gone", "new"):
        repository.write("clip", name)
    repository.commit("Add")
    why = {"reason": "Broken.", "date": "2026-11-23", "replaced_by": "new"}
    repository.write("clip", "gone", withdrawn=why, aliases=["older"])
    repository.commit("Withdraw")
    repository.write("clip", "gone", withdrawn={**why, "reason": "Broken for good."}, aliases=["older"])
    repository.commit("Say it better")
    out = tmp_path / "public"
    build(repository.data, out)
    assert read(out, "changes/2.json")["categories"]["clip"]["removed"] == ["gone"]
    assert [step["number"] for step in read(out, "changes/index.json")["changes"]] == [1, 2]
    metadata = read(out, "api/model_references/v2/metadata/clip.json")
    assert (metadata["total_creates"], metadata["total_deletes"], metadata["total_models"]) == (2, 1, 1)
    assert read(out, f"{V2}/removed.json")["clip"]["older"] == {**why, "reason": "Broken for good."}
    assert read(out, "audit/index.json")["last_event_id"] == 4
    repository.write("clip", "gone")
    repository.commit("Bring it back")
    build(repository.data, out)
    assert read(out, "changes/4.json")["categories"]["clip"]["added"] == ["gone"]
    assert read(out, f"{V2}/removed.json")["clip"] == {}


def test_a_record_that_was_deleted_or_renamed_is_among_the_removed(repository: Repository, tmp_path: Path) -> None:
    paths = [repository.write("clip", name) for name in ("deleted", "old")]
    repository.commit("Add")
    for path in paths:
        (repository.data / path).unlink()
    repository.write("clip", "new", aliases=["old"])
    repository.commit("Away")
    build(repository.data, tmp_path / "public")
    removed = read(tmp_path / "public", f"{V2}/removed.json")["clip"]
    assert removed["deleted"] == {"reason": "Its record was deleted.", "date": "2023-11-15"}
    assert removed["old"]["replaced_by"] == "new"


def test_a_full_segment_is_closed_and_another_begun(repository: Repository, tmp_path: Path) -> None:
    out = tmp_path / "public"
    for step in range(3):
        for number in range(700):
            repository.write("clip", f"model {number}", description=f"{step}" * 1000)
        repository.commit("Long words")
    build(repository.data, out)
    first, last = read(out, "audit/index.json")["segments"]["clip"]
    assert (first["full"], last["full"]) == (True, False)
    assert first["last_event_id"] + 1 == last["first_event_id"]
    assert last["last_event_id"] == 2100
    for segment in (first, last):
        raw = (out / segment["path"][1:]).read_bytes()
        events = [decode(line) for line in raw.splitlines()]
        assert [event.id for event in events] == list(range(segment["first_event_id"], segment["last_event_id"] + 1))
        assert (len(raw), hashlib.sha256(raw).hexdigest()) == (segment["size"], segment["sha256"])
        assert len(events) == segment["events"]


def test_a_name_that_was_anothers_is_noticed_as_an_alias_too(repository: Repository, tmp_path: Path) -> None:
    def files(digest: str) -> dict[str, object]:
        url = "https://huggingface.co/a/b"
        return {"download": [{"file_name": f"{digest}.pt", "file_url": url, "sha256sum": digest * 64}]}

    old = repository.write("clip", "old", config=files("a"))
    repository.commit("Add")
    (repository.data / old).unlink()
    repository.write("clip", "other")
    repository.commit("Remove")
    repository.write("clip", "fresh", config=files("b"), aliases=["old"])
    repository.commit("Take its name")
    found = [one.pointer for one in build(repository.data, tmp_path / "public").findings if one.rule == "name-reused"]
    assert found == ["/aliases"]


def test_a_name_that_comes_back_with_other_files_is_noticed(repository: Repository, tmp_path: Path) -> None:
    def files(digest: str) -> dict[str, object]:
        url = "https://huggingface.co/a/b"
        return {"download": [{"file_name": f"{digest}.pt", "file_url": url, "sha256sum": digest * 64}]}

    for name in ("taken", "again"):
        repository.write("clip", name, config=files("ab"[name == "again"]))
    repository.commit("Add")
    shutil.rmtree(repository.data / "clip")
    repository.write("clip", "other")
    repository.commit("Remove")
    path = repository.write("clip", "taken", config=files("c"))
    repository.write("clip", "again", config=files("b"))
    repository.commit("Come back")
    found = [
        finding for finding in build(repository.data, tmp_path / "public").findings if finding.rule == "name-reused"
    ]
    assert [finding.path for finding in found] == [(repository.data / path).as_posix()]
    assert found[0].line == 3


def test_records_outside_git_are_built_with_a_warning(tmp_path: Path, write: Callable[..., Path]) -> None:
    write(tmp_path / "data", "clip", "one")
    out = tmp_path / "public"
    assert warned(build(tmp_path / "data", out)) == {"history-absent"}
    assert read(out, "head.json")["number"] == 0
    assert read(out, "head.json")["commit"] is None
    assert read(out, "changes/index.json") == {"number": 0, "changes": []}
    assert read(out, "audit/index.json")["last_event_id"] == 0
    assert read(out, f"{V2}/clip/model/one.json")["metadata"] == {"schema_version": "2.0.0"}
    assert read(out, "api/model_references/v2/metadata/clip.json")["last_updated"] is None


def test_a_repository_without_commits_is_built_with_a_warning(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    assert warned(build(repository.data, tmp_path / "public")) == {"history-absent"}


def test_a_shallow_clone_is_built_with_a_warning(long_past: Repository, tmp_path: Path) -> None:
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth=5", f"file://{long_past.root}", "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    assert warned(build(shallow.data, tmp_path / "public")) == {"history-shallow"}
    assert read(tmp_path / "public", "head.json")["commit"] is None


def test_a_clone_that_is_no_longer_shallow_is_built_anew(long_past: Repository, tmp_path: Path) -> None:
    clone = Repository(tmp_path / "clone")
    clone.git("fetch", "--quiet", "--depth=5", f"file://{long_past.root}", "main")
    clone.git("checkout", "--quiet", "FETCH_HEAD")
    build(clone.data, tmp_path / "public")
    assert build(clone.data, tmp_path / "public").unchanged
    clone.git("fetch", "--quiet", "--unshallow", f"file://{long_past.root}", "main")
    built = build(clone.data, tmp_path / "public")
    assert (built.unchanged, warned(built)) == (False, set())


def test_what_is_not_committed_is_published_with_a_warning(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.commit("Add one")
    repository.write("clip", "two")
    out = tmp_path / "public"
    assert warned(build(repository.data, out)) == {"history-modified"}
    assert read(out, "head.json")["modified"] is True
    assert read(out, f"{V2}/clip/model/two.json")["metadata"] == {"schema_version": "2.0.0"}
    repository.commit("Add two")
    assert warned(build(repository.data, out)) == set()
    assert "created_at" in read(out, f"{V2}/clip/model/two.json")["metadata"]


@pytest.mark.parametrize("state", ["outside", "empty", "modified"])
def test_a_publisher_can_require_the_whole_history(
    state: str, repository: Repository, tmp_path: Path, write: Callable[..., Path], run: Callable[..., Any]
) -> None:
    data = tmp_path / "data" if state == "outside" else repository.data
    write(data, "clip", "one")
    if state == "modified":
        repository.commit("Add one")
        write(data, "clip", "two")
    done = run("build", "--data", data, "--out", tmp_path / "public", "--require-history")
    assert done.exit_code == 3, done.output
    assert not (tmp_path / "public").exists()


def test_records_may_lie_in_the_root_of_the_repository(repository: Repository, tmp_path: Path) -> None:
    repository.write("clip", "one")
    repository.commit("Add one")
    moved = tmp_path / "moved"
    shutil.copytree(repository.data, moved)
    rooted = Repository(moved)
    rooted.commit("Add one")
    assert warned(build(moved, tmp_path / "public")) == set()
    assert read(tmp_path / "public", "audit/index.json")["last_event_id"] == 1


def test_states_are_documents_without_their_schema(long_past: Repository) -> None:
    raw = next(long_past.data.rglob("*.json")).read_bytes()
    known = document(raw)
    assert known is not None
    assert b"$schema" in raw
    assert b"$schema" not in known
