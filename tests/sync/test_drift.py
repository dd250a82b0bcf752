"""Edits made by hand in the legacy repositories: found, left as they are, proposed for our records."""

import json
from typing import Any

import forge as making
import pytest
from syncing import CLIPS, FIRST, LAST, TEXTS, World, clip

NAMES_OF = {"image": CLIPS, "text": TEXTS}


@pytest.fixture
def synced(either: World) -> World:
    """Both sides are the same, and the history there says so."""
    either.describe(NAMES_OF[either.repo][-1], "Synced.")
    either.pushed()
    either.merge()
    return either


def edit_there(world: World, name: str, description: str) -> None:
    """Somebody edits a description by hand."""
    if world.repo == "image":
        entries = json.loads(world.there("clip.json"))
        entries[name]["description"] = description
        body = json.dumps(entries, indent=1).encode()
        world.forge.hosting.write(world.name, "main", {"clip.json": body}, "By hand")
    else:
        lines = world.there("models.csv").decode().split("\r\n")
        there = [line.replace("Sees.", description) if line.startswith(f"{name},") else line for line in lines]
        world.forge.hosting.write(world.name, "main", {"models.csv": "\r\n".join(there).encode()}, "By hand")


def drift(world: World, *words: str, who: str = "reviewer") -> str:
    return world.run("drift", "--repo", world.repo, *words, who=who).output


def test_before_the_first_sync_nothing_counts_as_drift(world: World) -> None:
    world.by_hand("clip.json", b"Sees.", b"Sees all.")
    assert "Nothing was edited" in drift(world)
    world.pushed()
    assert world.described(FIRST) == "Sees."


def test_what_was_edited_there_only_is_left(synced: World) -> None:
    one, other = NAMES_OF[synced.repo][:2]
    edit_there(synced, one, "By hand.")
    found = synced.run("drift", "--repo", synced.repo)
    assert found.exit_code == 1
    assert 'description: "Sees." -> "By hand."' in found.output
    synced.describe(other, "Ours.")
    done = synced.push()
    assert done.exit_code == 0, done.output
    assert "left as it is there" in done.output
    assert synced.described(one) == "By hand.", "db.json is made from the table with the edit"
    assert synced.described(other) == "Ours."
    assert f"`{one}`" in synced.pull()["body"].replace("clip/", "").replace("text_generation/", "")


def test_what_was_edited_on_both_sides_is_left_and_the_rest_is_synced(synced: World) -> None:
    one, other = NAMES_OF[synced.repo][:2]
    edit_there(synced, one, "By hand.")
    synced.describe(one, "Ours.")
    synced.describe(other, "Ours.")
    done = synced.push()
    assert done.exit_code == 1
    assert "people have to settle it" in done.output
    assert (synced.described(one), synced.described(other)) == ("By hand.", "Ours.")
    synced.merge()
    assert synced.push().exit_code == 1, "it stays a conflict until somebody settles it"
    done = synced.push("--take-ours", one)
    assert done.exit_code == 0
    assert synced.described(one) == "Ours."


def test_the_same_edit_on_both_sides_is_none(synced: World) -> None:
    one = NAMES_OF[synced.repo][0]
    edit_there(synced, one, "Both.")
    synced.describe(one, "Both.")
    assert "Nothing was edited" in drift(synced)


def test_what_was_adopted_and_edited_again_is_synced(synced: World) -> None:
    one = NAMES_OF[synced.repo][0]
    edit_there(synced, one, "By hand.")
    synced.describe(one, "By hand.")
    synced.describe(one, "Better.")
    assert "Nothing was edited" in drift(synced)
    synced.pushed()
    assert synced.described(one) == "Better."


def test_a_revert_there_is_an_edit_that_stays(synced: World) -> None:
    last = NAMES_OF[synced.repo][-1]
    edits = synced.described(last, "main")
    assert edits == "Synced."
    before = synced.forge.hosting.tip(synced.name, "main")
    files = {path: synced.there(path, f"{before}~1") for path in ("clip.json", "models.csv", "db.json")
             if (synced.repo == "image") == (path == "clip.json")}  # fmt: skip
    synced.forge.hosting.write(synced.name, "main", files, "Revert")
    assert "left as it is there" in synced.pushed()
    assert synced.pulls() == []


def test_what_was_added_and_removed_there_is_left(world: World) -> None:
    world.describe(LAST, "Synced.")
    world.pushed()
    world.merge("squash")
    world.edit("data/clip/Thirteen.json", clip("Thirteen"))
    world.pushed()
    world.merge()
    entries = json.loads(world.there("clip.json"))
    entries["By hand"] = {**entries[FIRST], "name": "By hand"}
    del entries[LAST]
    world.forge.hosting.write(world.name, "main", {"clip.json": json.dumps(entries).encode()}, "By hand")
    said = drift(world)
    assert "+ clip/By hand" in said
    assert f"- clip/{LAST}" in said
    world.describe(FIRST, "Ours.")
    world.pushed()
    there = json.loads(world.there("clip.json", world.branch))
    assert "By hand" in there
    assert LAST not in there
    assert there[FIRST]["description"] == "Ours."


def test_what_was_renamed_here_and_edited_there_does_not_stand_there_twice(world: World) -> None:
    world.describe(LAST, "Synced.")
    world.pushed()
    world.merge()
    edit_there(world, FIRST, "By hand.")
    world.edit(f"data/clip/{FIRST}.json", None)
    world.edit("data/clip/Renamed.json", clip("Renamed", aliases=[FIRST]))
    assert world.push().exit_code == 1
    assert "Renamed" not in json.loads(world.there("clip.json"))
    assert world.pulls() == []


def test_drift_is_proposed_for_our_records(synced: World) -> None:
    one, other = NAMES_OF[synced.repo][:2]
    synced.place.git("push", "-q", str(synced.forge.hosting.folder(making.NAME)), "HEAD:main")
    edit_there(synced, one, "By hand.")
    shown = synced.run("drift", "--repo", synced.repo, "--propose", "--dry-run")
    assert "By hand." in shown.output
    done = synced.run("drift", "--repo", synced.repo, "--propose")
    assert done.exit_code == 0, done.output
    assert synced.run("drift", "--repo", synced.repo, "--propose").exit_code == 0
    (pull,) = synced.forge.ask("GET", f"/repos/{making.NAME}/pulls?state=open")
    assert pull["title"] == f"Adopt what was edited in {synced.name}"
    number = pull["number"]
    synced.forge.ask("PUT", f"/repos/{making.NAME}/pulls/{number}/merge", {"merge_method": "squash"})
    synced.place.git("pull", "-q", str(synced.forge.hosting.folder(making.NAME)), "main")
    assert "Nothing was edited" in drift(synced)
    assert synced.pushed().splitlines()[-1].startswith("Nothing to sync" if synced.repo == "image" else "Sync text")
    synced.describe(other, "Ours.")
    synced.pushed()
    assert synced.described(one) == "By hand."


def proposals(world: World, state: str = "open") -> list[dict[str, Any]]:
    """Pull requests on the repository of our records."""
    found: list[dict[str, Any]] = world.forge.ask("GET", f"/repos/{making.NAME}/pulls?state={state}")
    return found


def propose(world: World) -> str:
    done = world.run("drift", "--repo", world.repo, "--propose")
    assert done.exit_code == 0, done.output
    return done.output


def test_a_proposal_is_closed_when_nothing_is_left_to_adopt(world: World) -> None:
    baseline(world)
    edit_there(world, FIRST, "By hand.")
    propose(world)
    (pull,) = proposals(world)
    good = world.there("clip.json")
    world.forge.hosting.write(world.name, "main", {"clip.json": good[:-3]}, "Oops")
    assert world.run("drift", "--repo", world.repo, "--propose").exit_code == 1
    assert len(proposals(world)) == 1, "what cannot be read at the moment closes nothing"
    world.forge.hosting.write(world.name, "main", {"clip.json": good}, "Mended")
    edit_there(world, FIRST, "Sees.")
    assert "was closed" in propose(world)
    assert proposals(world) == []
    said = world.forge.ask("GET", f"/repos/{making.NAME}/issues/{pull['number']}/comments")
    assert "Nothing is left to adopt" in said[0]["body"]
    assert pull["head"]["ref"] not in world.forge.hosting.branches(making.NAME)
    edit_there(world, FIRST, "By hand.")
    propose(world)
    assert len(proposals(world)) == 1, "closing it ourselves refuses nothing"


def test_a_proposal_that_was_closed_by_hand_comes_again_with_other_edits_only(world: World) -> None:
    baseline(world)
    edit_there(world, FIRST, "By hand.")
    propose(world)
    number = proposals(world)[0]["number"]
    world.forge.ask("PATCH", f"/repos/{making.NAME}/pulls/{number}", {"state": "closed"})
    assert "proposed just this and was closed" in propose(world)
    assert proposals(world) == []
    edit_there(world, CLIPS[1], "By hand as well.")
    propose(world)
    assert len(proposals(world)) == 1


def baseline(world: World) -> None:
    """Both sides are the same, the history there says so, and our repository on GitHub has it."""
    world.describe(LAST, "Synced.")
    world.pushed()
    world.merge()
    world.place.git("push", "-q", str(world.forge.hosting.folder(making.NAME)), "HEAD:main")


def test_a_file_that_was_broken_by_hand_is_left_and_told(world: World) -> None:
    world.describe(FIRST, "New.")
    world.forge.hosting.write(world.name, "main", {"clip.json": world.there("clip.json")[:-3]}, "Oops")
    done = world.push()
    assert done.exit_code == 1
    assert "clip.json:" in done.output
    assert world.pulls() == []


def test_a_history_that_lacks_the_last_sync_is_said(synced: World) -> None:
    synced.place.git("checkout", "-q", "--orphan", "anew")
    synced.place.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "Anew")
    done = synced.push()
    assert done.exit_code == 3
    assert "--base" in done.output
    assert synced.push("--base", "none").exit_code == 0


def test_what_is_not_committed_is_not_synced(world: World) -> None:
    world.describe(FIRST, "New.")
    (world.place.clone / f"data/clip/{LAST}.json").write_bytes(clip(LAST, description="Draft."))
    done = world.push()
    assert done.exit_code == 3
    assert f"clip/{LAST}.json" in done.output
    assert "Commit first" in done.output
