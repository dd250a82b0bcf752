"""What counts as edited there by hand, and what is ours to sync: parts left out, fixes, other names, lost words."""

import json
from typing import Any

import forge as making
from places import record
from syncing import CLIPS, FIRST, LAST, TEXTS, World, clip

UPPER = "ABCDEF0123456789" * 4
FOREIGN = f"Typo\n\nSynced-from: {'a' * 40}\nGenerated-by: horde-reference sync\n"


def downloads(*sums: str) -> dict[str, Any]:
    """A config with one file of the same name for each sum."""
    one = {"file_name": "a.pt", "file_url": "https://huggingface.co/x/a.pt"}
    return {"download": [{**one, "sha256sum": digest} for digest in sums]}


def synced(world: World) -> World:
    """Both sides are the same, and the history there says so."""
    world.describe((CLIPS if world.repo == "image" else TEXTS)[-1], "Synced.")
    world.pushed()
    world.merge()
    return world


def blip(world: World, description: str = "Sees.") -> None:
    """One record in a second file."""
    world.edit("data/blip/Three.json", record("Three", "blip", description=description))


def blip_there(world: World, revision: str = "main") -> str:
    return str(json.loads(world.there("blip.json", revision))["Three"]["description"])


def drift(world: World) -> str:
    return world.run("drift", "--repo", world.repo).output


def squash(world: World) -> None:
    """Merge the open pull request, and keep nothing of its commit's words."""
    number = world.pull()["number"]
    words = {"merge_method": "squash", "commit_title": "Sync", "commit_message": ""}
    world.forge.ask("PUT", f"/repos/{world.name}/pulls/{number}/merge", words, "maintainer")
    assert "Synced-from" not in world.message("main")


def adopted(world: World) -> None:
    """What was edited there is proposed, merged and pulled."""
    ours = str(world.forge.hosting.folder(making.NAME))
    world.place.git("push", "-q", ours, "HEAD:main")
    done = world.run("drift", "--repo", world.repo, "--propose")
    assert done.exit_code == 0, done.output
    (pull,) = world.forge.ask("GET", f"/repos/{making.NAME}/pulls?state=open")
    world.forge.ask("PUT", f"/repos/{making.NAME}/pulls/{pull['number']}/merge", {"merge_method": "squash"})
    world.place.git("pull", "-q", ours, "main")


def test_what_is_adopted_and_fixed_is_settled(world: World) -> None:
    sums = clip(FIRST, config=downloads(UPPER))
    world.edit(f"data/clip/{FIRST}.json", sums)
    world.pushed()
    world.merge()
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    adopted(world)
    fixed = json.loads((world.place.clone / f"data/clip/{FIRST}.json").read_bytes())
    assert fixed["config"]["download"][0]["sha256sum"] == UPPER.lower()
    assert "Nothing was edited" in drift(world)
    assert world.pushed() == "Nothing to sync.\n", "digits of a sum are the same in any case"


def test_blanks_that_a_fix_takes_away_are_synced_after_adoption(world: World) -> None:
    world.repo = "text"
    synced(world)
    lines = world.there("models.csv").replace(f"{TEXTS[0]},7,,,,Sees.".encode(), f"{TEXTS[0]},7,,,, By hand ".encode())
    assert lines != world.there("models.csv")
    world.forge.hosting.write(world.name, "main", {"models.csv": lines}, "By hand")
    adopted(world)
    assert "Nothing was edited" in drift(world)
    world.pushed()
    assert world.described(TEXTS[0]) == "By hand"
    assert world.numbers()["models.csv"] == (1, 1)


def test_what_was_adopted_with_a_fix_may_be_edited_again(world: World) -> None:
    synced(world)
    world.by_hand("clip.json", b"Sees.", b"By hand. ")
    world.describe(FIRST, "By hand.")
    world.describe(FIRST, "Better.")
    assert "Nothing was edited" in drift(world)
    world.pushed()
    assert world.described(FIRST) == "Better."


def test_a_category_that_a_sync_left_out_is_still_ours_to_sync(world: World) -> None:
    blip(world)
    world.pushed()
    world.merge()
    blip(world, "Ours.")
    world.describe(FIRST, "New.")
    world.pushed(categories_to_sync="clip")
    world.merge()
    assert "Nothing was edited" in drift(world)
    world.pushed()
    assert blip_there(world, world.branch) == "Ours."


def test_a_category_that_no_sync_carried_yet_is_ours_to_sync(world: World) -> None:
    blip(world)
    there = world.there("clip.json")
    entry = {"Three": {**json.loads(there)[FIRST], "name": "Three", "type": "blip", "description": "Theirs."}}
    world.forge.hosting.write(world.name, "main", {"blip.json": json.dumps(entry).encode()}, "Blips")
    world.describe(FIRST, "New.")
    world.pushed(categories_to_sync="clip")
    world.merge()
    world.by_hand("blip.json", b"}", b"")
    world.describe(LAST, "New.")
    world.pushed(categories_to_sync="clip")
    world.merge()
    world.forge.hosting.write(world.name, "main", {"blip.json": json.dumps(entry).encode()}, "Mended")
    assert "Nothing was edited" in drift(world), "before its first sync nothing counts as edited"
    world.pushed()
    assert blip_there(world, world.branch) == "Sees."


def test_a_category_that_was_left_out_and_edited_there_is_an_edit(world: World) -> None:
    blip(world)
    world.pushed()
    world.merge()
    world.describe(FIRST, "New.")
    world.pushed(categories_to_sync="clip")
    world.merge()
    world.by_hand("blip.json", b"Sees.", b"By hand.")
    blip(world, "Ours.")
    done = world.push()
    assert done.exit_code == 1
    assert "people have to settle it" in done.output
    assert blip_there(world) == "By hand."


def test_a_file_that_was_broken_and_is_mended_was_not_edited(world: World) -> None:
    blip(world)
    world.pushed()
    world.merge()
    good = world.there("blip.json")
    world.forge.hosting.write(world.name, "main", {"blip.json": good[:-3]}, "Oops")
    blip(world, "Ours.")
    world.describe(FIRST, "New.")
    held = world.push()
    assert held.exit_code == 1
    assert "Correct it there" in held.output
    assert "adopt again" not in held.output
    world.merge()
    world.forge.hosting.write(world.name, "main", {"blip.json": good}, "Mended")
    assert "Nothing was edited" in drift(world)
    world.pushed()
    assert blip_there(world, world.branch) == "Ours."


def test_a_squash_that_keeps_no_words_is_still_a_sync(world: World) -> None:
    world.describe(LAST, "Synced.")
    world.pushed()
    squash(world)
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    assert 'description: "Sees." -> "By hand."' in drift(world)
    world.describe(CLIPS[4], "Ours.")
    world.pushed()
    assert world.described(FIRST) == "By hand."
    squash(world)
    assert 'description: "Sees." -> "By hand."' in drift(world)


def test_what_a_maintainer_pushed_to_the_first_sync_is_an_edit(world: World) -> None:
    world.describe(LAST, "Synced.")
    world.pushed()
    body = world.there("clip.json", world.branch).replace(b"Sees.", b"By hand.", 1)
    world.forge.hosting.write(world.name, world.branch, {"clip.json": body}, "Mine")
    world.merge("squash")
    world.describe(CLIPS[4], "Ours.")
    assert "left as it is there" in world.pushed()
    assert (world.described(FIRST), world.described(CLIPS[4])) == ("By hand.", "Ours.")


def test_what_was_renamed_here_and_removed_there_is_a_conflict(world: World) -> None:
    synced(world)
    entries = json.loads(world.there("clip.json"))
    del entries[FIRST]
    world.forge.hosting.write(world.name, "main", {"clip.json": json.dumps(entries, indent="\t").encode()}, "By hand")
    world.edit(f"data/clip/{FIRST}.json", None)
    world.edit("data/clip/Renamed.json", clip("Renamed", aliases=[FIRST]))
    for name in CLIPS[4:6]:
        world.describe(name, "Ours.")
        done = world.push()
        assert done.exit_code == 1, done.output
        assert f"- clip/{FIRST}" in done.output
        assert "people have to settle it" in done.output
        assert "Renamed" not in json.loads(world.there("clip.json", world.branch))
        world.merge()
    world.pushed("--take-ours", FIRST)
    assert "Renamed" in json.loads(world.there("clip.json", world.branch))


def test_what_was_renamed_here_and_edited_there_stays_a_conflict(world: World) -> None:
    synced(world)
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    world.edit(f"data/clip/{FIRST}.json", None)
    world.edit("data/clip/Renamed.json", clip("Renamed", aliases=[FIRST]))
    for name in CLIPS[4:6]:
        world.describe(name, "Ours.")
        done = world.push()
        assert done.exit_code == 1, done.output
        assert done.output.count("Edited there by hand") == 1
        assert 'description: "Sees." -> "By hand."' in done.output
        there = json.loads(world.there("clip.json", world.branch))
        assert there[FIRST]["description"] == "By hand."
        assert "Renamed" not in there
        world.merge()
    world.pushed("--take-ours", "Renamed")
    there = json.loads(world.there("clip.json", world.branch))
    assert FIRST not in there
    assert there["Renamed"]["description"] == "Sees."


def test_an_edit_that_is_adopted_under_another_name_is_settled(world: World) -> None:
    synced(world)
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    world.edit(f"data/clip/{FIRST}.json", None)
    world.edit("data/clip/Renamed.json", clip("Renamed", aliases=[FIRST], description="By hand."))
    assert "Nothing was edited" in drift(world)
    world.pushed()
    assert FIRST not in json.loads(world.there("clip.json", world.branch))


def test_a_version_that_no_legacy_file_can_say_stops_nothing(world: World) -> None:
    synced(world)
    world.edit(f"data/clip/{FIRST}.json", clip(FIRST, config=downloads("ab" * 32, "cd" * 32)))
    assert world.push().exit_code == 3
    world.describe(FIRST, "Ours.")
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    world.describe(CLIPS[3], "Ours.")
    done = world.push()
    assert done.exit_code == 1, done.output
    assert "people have to settle it" in done.output
    assert world.described(CLIPS[3]) == "Ours."


def test_a_key_that_people_put_in_goes_where_ours_is_taken(world: World) -> None:
    synced(world)
    world.by_hand("clip.json", b'"name": "Clip 0"', b'"odd": 1,\n\t\t"name": "Clip 0"')
    world.describe(FIRST, "Ours.")
    assert world.push().exit_code == 1
    world.pushed("--take-ours", FIRST)
    entry = json.loads(world.there("clip.json", world.branch))[FIRST]
    assert "odd" not in entry
    assert entry["description"] == "Ours."


def test_words_of_a_sync_that_is_not_ours_are_passed_over_and_told(world: World) -> None:
    synced(world)
    world.forge.hosting.write(world.name, "main", {"README.md": b"# x\n"}, FOREIGN)
    world.describe(CLIPS[4], "Ours.")
    world.by_hand("clip.json", b"Sees.", b"By hand.")
    done = world.push()
    assert done.exit_code == 0, done.output
    assert "a" * 40 in done.output
    assert (world.described(FIRST), world.described(CLIPS[4])) == ("By hand.", "Ours.")


def test_words_that_are_all_not_ours_stop_a_sync(world: World) -> None:
    world.forge.hosting.write(world.name, "main", {"README.md": b"# x\n"}, FOREIGN)
    world.describe(FIRST, "Ours.")
    done = world.push()
    assert done.exit_code == 3
    assert "--base" in done.output


def test_a_byte_order_mark_is_kept(world: World) -> None:
    world.repo = "text"
    world.forge.hosting.write(
        world.name, "main", {"models.csv": b"\xef\xbb\xbf" + world.there("models.csv")}, "By hand"
    )
    world.describe(TEXTS[0], "Ours.")
    world.pushed()
    assert world.numbers()["models.csv"] == (1, 1)
    assert world.there("models.csv", world.branch).startswith(b"\xef\xbb\xbf")


def test_a_column_of_theirs_is_kept(world: World) -> None:
    world.repo = "text"
    lines = world.there("models.csv").decode().split("\r\n")
    more = [line and f"{line},{'x' if at else 'notes'}" for at, line in enumerate(lines)]
    world.forge.hosting.write(world.name, "main", {"models.csv": "\r\n".join(more).encode()}, "By hand")
    world.describe(TEXTS[0], "Ours.")
    world.pushed()
    assert world.numbers()["models.csv"] == (1, 1)
    assert world.there("models.csv", world.branch).splitlines()[0].endswith(b",notes")


def test_a_key_that_stands_twice_is_kept(world: World) -> None:
    old = b'"description": "Sees."'
    world.by_hand("clip.json", old, b'"description": "Was.",\n\t\t' + old)
    world.describe(FIRST, "Ours.")
    world.pushed()
    assert world.numbers() == {"clip.json": (1, 1)}
    assert b"Was." in world.there("clip.json", world.branch)
