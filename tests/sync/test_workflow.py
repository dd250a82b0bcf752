"""The workflow that syncs, run step by step on this machine against a GitHub on loopback."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import forge as making
import payloads
import pytest
from github_emulator import APP, APP_ID
from places import program_on_main
from released import in_place_of_python
from syncing import CLIPS, FIRST, NAMES, World, clip
from workflow_files import GITHUB
from workflow_runner import Machine, run_workflow

SYNC = GITHUB / "workflows/sync.yml"


@pytest.fixture
def machine(world: World, tmp_path: Path) -> Machine:
    """The program as it is now stands on main, beside records that differ from the legacy files in one description."""
    made = program_on_main(world.place, tmp_path)
    clone = world.place.clone
    shutil.copytree(
        GITHUB.parent / "generator",
        clone / "generator",
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.rmtree(clone / "data")
    (clone / "data/clip").mkdir(parents=True)
    for name in CLIPS:
        (clone / f"data/clip/{name}.json").write_bytes(clip(name))
    world.describe(FIRST, "New.")
    on_main(world)
    return replace(
        made,
        secrets={"SYNC_APP_PRIVATE_KEY": world.forge.emulator.private_key},
        vars={
            "SYNC_APP_ID": str(APP_ID),
            "SYNC_IMAGE_REPO": NAMES["image"],
            "SYNC_TEXT_REPO": NAMES["text"],
            "SYNC_PR_REVIEWERS": "reviewer",
        },
        tools={"python3": in_place_of_python()},
        matrix={"sync": {"repo": "image"}},
    )


def on_main(world: World) -> None:
    """Our main branch gets what the clone has."""
    world.place.git("push", "-q", "--force", str(world.forge.hosting.folder(making.NAME)), "HEAD:main")


def pushed(world: World) -> payloads.Payload:
    commit = world.forge.hosting.tip(making.NAME, "main")
    return payloads.recorded("push", changes={"ref": "refs/heads/main", "after": commit})


def test_a_push_to_main_syncs_as_the_app(world: World, machine: Machine) -> None:
    result = run_workflow(SYNC, "push", pushed(world), machine)
    assert result.succeeded, "\n".join(step.output[-1500:] for step in result.steps)
    pull = world.pull()
    assert pull["user"]["login"] == f"{APP}[bot]"
    assert [one["login"] for one in pull["requested_reviewers"]] == ["reviewer"]
    assert world.described(FIRST) == "New."
    assert not any(job.writes for job in result.jobs.values())
    again = run_workflow(SYNC, "workflow_dispatch", {"inputs": {"options": "--allow-many"}}, replace(machine, run_id=2))
    assert again.succeeded, again
    assert len(world.pulls("all")) == 1


def test_what_was_edited_there_is_proposed_here(world: World, machine: Machine) -> None:
    applied = payloads.workflow_run("apply", 1, event="workflow_dispatch")
    applied["workflow_run"]["repository"]["full_name"] = making.NAME
    assert run_workflow(SYNC, "workflow_run", applied, machine).succeeded, "what apply merges is synced"
    world.merge()
    entries = json.loads(world.there("clip.json"))
    entries[CLIPS[3]]["description"] = "By hand."
    world.forge.hosting.write(world.name, "main", {"clip.json": json.dumps(entries).encode()}, "By hand")
    result = run_workflow(SYNC, "schedule", {}, replace(machine, run_id=2))
    assert result.succeeded, result
    assert world.pulls() == []
    (pull,) = world.forge.ask("GET", f"/repos/{making.NAME}/pulls?state=open")
    assert pull["title"] == f"Adopt what was edited in {world.name}"


def test_a_run_from_elsewhere_has_nothing_to_say(world: World, machine: Machine) -> None:
    applied = payloads.workflow_run("apply", 1, event="workflow_dispatch")
    applied["workflow_run"]["repository"]["full_name"] = "stranger/fork"
    result = run_workflow(SYNC, "workflow_run", applied, machine)
    assert result.jobs["sync"].result == "skipped"
    assert world.tip() is None


def test_a_run_that_is_run_again_syncs_what_main_holds_now(world: World, machine: Machine) -> None:
    yesterday = pushed(world)
    world.describe(FIRST, "Newer.")
    on_main(world)
    assert run_workflow(SYNC, "push", yesterday, machine).succeeded
    assert world.described(FIRST) == "Newer."


def test_a_name_with_a_blank_is_typed_in(world: World, machine: Machine) -> None:
    world.pushed()
    world.merge()
    world.by_hand("clip.json", b'"New."', b'"By hand."')
    world.describe(FIRST, "Ours.")
    on_main(world)
    typed = {"inputs": {"repo": "image", "options": "", "take_ours": FIRST}}
    result = run_workflow(SYNC, "workflow_dispatch", typed, machine)
    assert result.succeeded, result
    assert world.described(FIRST) == "Ours."


@pytest.mark.parametrize("words", ["$(touch evil)", "; touch evil", "--target /tmp"])
def test_what_is_typed_in_is_words_not_commands(machine: Machine, words: str) -> None:
    result = run_workflow(SYNC, "workflow_dispatch", {"inputs": {"options": words}}, machine)
    assert not result.succeeded
    assert list(machine.home.rglob("evil")) == []
