"""What people let a sync do holds as long as its pull request is open, and no further."""

import json

from syncing import CLIPS, FIRST, LAST, World

from horde_reference.workflows.sync.marking import Mark, marked, read


def conflict(world: World) -> None:
    """Both sides were the same, and a model was edited on both since."""
    world.describe(LAST, "Synced.")
    world.pushed()
    world.merge()
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    world.describe(FIRST, "Ours.")


def test_what_was_taken_stays_taken_while_its_pull_request_is_open(world: World) -> None:
    conflict(world)
    world.pushed("--take-ours", FIRST)
    first = world.tip()
    world.pushed()
    assert world.tip() == first
    assert world.described(FIRST) == "Ours."
    assert "Edited here by hand, and replaced (1)" in world.pull()["body"]
    world.describe(CLIPS[3], "Ours as well.")
    world.pushed()
    assert (world.described(FIRST), world.described(CLIPS[3])) == ("Ours.", "Ours as well.")


def test_an_edit_that_a_fix_would_mend_is_taken_as_well(world: World) -> None:
    world.describe(LAST, "Synced.")
    world.pushed()
    world.merge()
    world.by_hand("clip.json", b"Sees.", b" By hand ")
    world.describe(FIRST, "Ours.")
    world.pushed("--take-ours", FIRST)
    assert world.described(FIRST) == "Ours."


def test_what_is_edited_there_again_is_not_taken(world: World) -> None:
    conflict(world)
    world.pushed("--take-ours", FIRST)
    world.by_hand("clip.json", b"By hand.", b"By hand again.")
    assert world.push().exit_code == 1
    assert world.pulls() == []
    assert world.described(FIRST, "main") == "By hand again."


def test_what_was_taken_is_forgotten_with_its_pull_request(world: World) -> None:
    conflict(world)
    world.pushed("--take-ours", FIRST)
    world.close()
    assert world.push().exit_code == 1
    assert world.pulls() == []


def test_a_name_that_nobody_edited_there_is_refused(world: World) -> None:
    conflict(world)
    done = world.push("--take-ours", "Clyp 0")
    assert done.exit_code == 3
    assert "Clyp 0 was not edited there by hand; what was is: Clip 0." in done.output
    assert world.pulls() == []


def test_a_shrink_that_was_allowed_stays_allowed_and_no_more(world: World) -> None:
    for name in CLIPS[:3]:
        world.edit(f"data/clip/{name}.json", None)
    world.pushed("--allow-shrink")
    world.describe(LAST, "New.")
    world.pushed()
    assert world.pull()["title"].endswith("1 changed, 3 removed")
    for name in CLIPS[3:6]:
        world.edit(f"data/clip/{name}.json", None)
    done = world.push()
    assert done.exit_code == 3
    assert "--allow-shrink" in done.output
    assert world.pull()["title"].endswith("1 changed, 3 removed")


def test_only_the_end_of_a_body_is_believed() -> None:
    mark = Mark(digest="a", source="b" * 40, takes=("c",), allows={"clip": 3})
    body = marked("Words.\n", mark)
    assert read(body.replace("\n", "\r\n")) == mark
    assert read(marked(body, Mark(digest="d"))) == Mark(digest="d")
    assert read(f"{body}More.") == Mark()
    assert read(marked(body, mark) + "\n\n") == mark
    for said in ('{"digest": 7}', "{", '{"takes": "c"}', json.dumps({"other": 1})):
        assert read(f"<!-- horde-reference sync: {said} -->") == Mark()
