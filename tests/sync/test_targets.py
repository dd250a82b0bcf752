"""Folders and clones as targets, thresholds, and what is written beside."""

import json
import subprocess
from pathlib import Path

import pytest
from syncing import CLIPS, FIRST, World, clip, files_of, legacy_files

from horde_reference.workflows.sync.syncing import Order, sync
from horde_reference.workflows.sync_settings import Place, SyncSettings


@pytest.fixture
def clone(world: World, tmp_path: Path) -> Path:
    """A clone of the legacy image repository."""
    world.place.git("clone", "-q", f"{world.forge.address}/{world.name}.git", str(tmp_path / "legacy"))
    return tmp_path / "legacy"


def test_in_a_clone_the_sync_is_a_branch_and_its_files_stay(world: World, clone: Path) -> None:
    source = world.describe(FIRST, "New.")
    before = files_of(clone)
    world.pushed("--target", str(clone))
    assert files_of(clone) == before
    assert world.place.git("status", "--porcelain", folder=clone) == ""
    shown = world.place.git(
        "log", "--format=%s|%(trailers:key=Synced-from,valueonly)", "main..sync/image", folder=clone
    )
    assert shown.strip().split("|") == ["Sync image models: 1 changed", source]
    first = world.place.git("rev-parse", "sync/image", folder=clone)
    world.pushed("--target", str(clone))
    assert world.place.git("rev-parse", "sync/image", folder=clone) == first
    assert world.forge.hosting.branches(world.name).keys() == {"main"}


def test_a_clone_of_another_repository_is_refused(world: World, clone: Path) -> None:
    world.describe(FIRST, "New.")
    world.place.git("remote", "set-url", "origin", f"{world.forge.address}/haidra/other.git", folder=clone)
    done = world.push("--target", str(clone))
    assert done.exit_code == 3
    assert "haidra/other" in done.output


def test_a_plain_folder_gets_the_files(world: World, tmp_path: Path) -> None:
    for name, body in legacy_files()["image"].items():
        (tmp_path / name).write_bytes(body)
    world.describe(FIRST, "New.")
    assert "clip.json written" in world.pushed("--target", str(tmp_path))
    assert json.loads((tmp_path / "clip.json").read_bytes())[FIRST]["description"] == "New."
    assert world.pushed("--target", str(tmp_path)) == "Nothing to sync.\n"


@pytest.mark.parametrize("where", ["nowhere", "a/b/c", "-x/y z"])
def test_a_target_that_is_none_is_said(world: World, where: str) -> None:
    done = world.plan("--target", where)
    assert done.exit_code == 3
    assert "neither a folder nor a repository" in done.output


def test_an_empty_folder_is_no_legacy_repository(world: World, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds none of the files" in world.push("--target", str(tmp_path / "empty")).output


def test_a_plan_writes_only_where_it_is_told_to(world: World, tmp_path: Path) -> None:
    world.describe(FIRST, "New.")
    world.edit("data/clip/Thirteen.json", clip("Thirteen"))
    out = tmp_path / "out"
    said = world.plan("--out", str(out)).output
    assert f'~ clip/{FIRST}\n    description: "Sees." -> "New."' in said
    assert "+ clip/Thirteen" in said
    assert "clip.json: " in said
    assert sorted(files_of(out)) == ["clip.json", "image.patch"]
    work = tmp_path / "work"
    work.mkdir()
    (work / "clip.json").write_bytes(world.there("clip.json"))
    subprocess.run(["git", "apply", out / "image.patch"], cwd=work, check=True)
    assert files_of(work) == {"clip.json": files_of(out)["clip.json"]}
    assert world.pulls() == []
    assert world.tip() is None


def test_a_plan_leaves_nothing_of_the_one_before_it(world: World, tmp_path: Path) -> None:
    out = tmp_path / "out"
    world.describe(FIRST, "New.")
    world.plan("--out", str(out))
    (out / "blip.json").write_text("mine")
    world.describe(FIRST, "Sees.")
    world.plan("--out", str(out))
    assert files_of(out) == {"blip.json": b"mine", "image.patch": b""}


def test_a_branch_that_is_checked_out_in_the_clone_is_said(world: World, clone: Path) -> None:
    world.describe(FIRST, "New.")
    world.pushed("--target", str(clone))
    world.place.git("checkout", "-q", "sync/image", folder=clone)
    world.describe(FIRST, "Newer.")
    done = world.push("--target", str(clone))
    assert done.exit_code == 3
    assert "sync/image is checked out there" in done.output


def test_a_base_that_is_none_is_said(world: World) -> None:
    done = world.push("--base", "nosuch")
    assert done.exit_code == 3
    assert "nosuch is no commit in the history" in done.output


def test_a_plan_in_json_has_every_member(world: World) -> None:
    world.describe(FIRST, "New.")
    said = json.loads(world.plan("--format", "json").output)
    assert said.keys() == {"changes", "files", "edits", "faults"}
    assert said["changes"][0]["fields"][0]["field"] == "description"


def test_dry_runs_write_nothing(world: World) -> None:
    world.describe(FIRST, "New.")
    assert "1 changed" in world.pushed("--dry-run")
    assert "1 changed" in world.pushed(dry_run="true")
    assert world.tip() is None


def test_a_dry_watch_writes_nothing(world: World) -> None:
    world.describe(FIRST, "New.")
    settings = SyncSettings({"dry_run": True, "image_repo": Place(world.name, "main")})
    order = Order(
        repository="image", data=world.place.clone / "data", environment=world.place.env, settings=settings
    )  # fmt: skip
    plan, outcome = sync(order)
    assert (len(plan.changes), outcome.did) == (1, "shown")
    assert world.tip() is None


def test_without_a_pull_request_there_is_a_branch(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed("--no-pr")
    assert world.tip()
    assert world.pulls() == []
    world.pushed(no_pr="false")
    assert world.pull()


def test_too_few_changes_wait_for_more(world: World) -> None:
    world.describe(FIRST, "New.")
    assert "fewer than" in world.pushed(min_changes_threshold="2")
    assert world.tip() is None
    world.describe(CLIPS[1], "New.")
    world.pushed(min_changes_threshold="2")
    world.describe(CLIPS[1], "Sees.")
    world.pushed(min_changes_threshold="2")
    assert world.pull()["title"].endswith("1 changed"), "what is open never says what is not so"


def test_a_category_that_shrinks_is_refused(world: World) -> None:
    for name in CLIPS[:3]:
        world.edit(f"data/clip/{name}.json", None)
    done = world.push()
    assert done.exit_code == 3
    assert "--allow-shrink" in done.output
    assert "would refuse" in world.plan().output
    assert world.tip() is None
    world.pushed("--allow-shrink")
    assert world.pull()["title"].endswith("3 removed")


def test_only_chosen_categories_are_synced(world: World) -> None:
    world.describe(FIRST, "New.")
    assert world.pushed(categories_to_sync="blip, text_generation") == "Nothing to sync.\n"
    assert world.tip() is None
    world.pushed(categories_to_sync="clip")
    assert world.tip()


def test_withdrawn_models_go_and_may_come_back(world: World) -> None:
    gone = clip(FIRST, withdrawn={"reason": "Gone.", "date": "2026-11-25"})
    world.edit(f"data/clip/{FIRST}.json", gone)
    world.pushed()
    assert world.pull()["title"].endswith("1 removed")
    assert FIRST not in json.loads(world.there("clip.json", world.branch))


def test_records_with_faults_are_not_synced(world: World) -> None:
    world.edit("data/clip/Bad.json", b"{}")
    done = world.push()
    assert done.exit_code == 3
    assert "horde-reference check" in done.output


def test_a_new_file_is_made_where_there_was_none(world: World) -> None:
    world.edit("data/blip/Three.json", clip("Three"))
    world.pushed()
    assert "Three" in json.loads(world.there("blip.json", world.branch))
