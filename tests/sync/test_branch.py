"""The branch of a sync: whose work lies there, from which commit of ours, and when its pull request is closed."""

from pathlib import Path

import pytest
from places import record
from syncing import FIRST, LAST, World


def test_an_older_commit_does_not_take_the_place_of_a_newer_one(world: World) -> None:
    old = world.describe(FIRST, "New.")
    world.describe(LAST, "Newer.")
    world.pushed()
    tip = world.tip()
    world.place.git("checkout", "-q", old)
    assert "made from a later commit" in world.pushed()
    world.place.git("checkout", "-q", f"{old}~")
    assert "made from a later commit" in world.pushed(), "where nothing is to be synced it closes nothing either"
    assert world.tip() == tip
    assert world.pull()["title"].endswith("2 changed")


def test_a_commit_that_was_amended_is_replaced_with_a_word(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    body = world.there("clip.json", world.branch).replace(b'"Sees."', b'"Better."', 1)
    theirs = world.forge.hosting.write(world.name, world.branch, {"clip.json": body}, world.message(), base="main")
    world.pushed()
    (said,) = world.comments(world.pull()["number"])
    assert theirs in said
    assert world.tip() != theirs


def brought_up(world: World, folder: Path) -> None:
    """Somebody presses GitHub's button: the main branch is merged into that of the sync."""
    world.place.git("clone", "-q", str(world.forge.hosting.folder(world.name)), str(folder))
    world.place.git("checkout", "-q", world.branch, folder=folder)
    person = ("-c", "user.name=M", "-c", "user.email=m@b")
    world.place.git(*person, "merge", "-q", "--no-edit", "origin/main", folder=folder)
    world.place.git("push", "-q", "origin", world.branch, folder=folder)


@pytest.mark.parametrize("path", ["README.md", "clip.json"])
def test_a_branch_that_was_brought_up_to_date_is_left(world: World, tmp_path: Path, path: str) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    old = {"README.md": b"# Image\n", "clip.json": b"}\n"}[path]
    world.by_hand(path, old, old + b"\n")
    brought_up(world, tmp_path / "legacy")
    tip = world.tip()
    world.pushed()
    assert world.tip() == tip, "approvals are of a commit"
    assert world.comments(world.pull()["number"]) == []
    if path == "README.md":
        world.describe(LAST, "New.")
        world.pushed()
        assert world.tip() != tip
        assert world.comments(world.pull()["number"]) == [], "nobody's work was replaced"


def test_what_people_take_away_stays_away_until_there_is_another_commit(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed(pr_reviewers="maintainer")
    number = world.pull()["number"]

    def shown() -> tuple[set[str], list[str]]:
        pull = world.pull()
        return {one["name"] for one in pull["labels"]}, [one["login"] for one in pull["requested_reviewers"]]

    world.forge.ask("DELETE", f"/repos/{world.name}/issues/{number}/labels/ready-for-review")
    asked = {"reviewers": ["maintainer"]}
    world.forge.ask("DELETE", f"/repos/{world.name}/pulls/{number}/requested_reviewers", asked)
    world.pushed(pr_reviewers="maintainer")
    assert shown() == ({"automated", "sync"}, [])
    world.describe(LAST, "New.")
    world.pushed(pr_reviewers="maintainer")
    assert shown() == ({"automated", "sync", "ready-for-review"}, ["maintainer"])


def test_it_is_closed_with_another_word_where_a_conflict_is_left(world: World) -> None:
    world.describe(LAST, "Synced.")
    world.pushed()
    world.merge()
    world.describe(FIRST, "Ours.")
    world.pushed()
    number = world.pull()["number"]
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    done = world.push()
    assert done.exit_code == 1
    assert "Nothing is left to sync" not in done.output
    (said,) = world.comments(number)
    assert f"`clip/{FIRST}`" in said
    assert "people settle it" in said
    assert "says what the records" not in said


def test_what_others_categories_say_closes_nothing(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    number = world.pull()["number"]
    world.pushed(categories_to_sync="text_generation")
    assert world.pull()["number"] == number
    assert world.comments(number) == []
    world.edit("data/blip/Three.json", record("Three", "blip"))
    world.pushed(categories_to_sync="controlnet")
    assert world.comments(number)[0].splitlines()[-1].startswith("Nothing of `controlnet` is left to sync")
