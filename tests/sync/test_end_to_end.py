"""Syncs of both legacy repositories on a GitHub on loopback, with real git over HTTP."""

import json

import pytest
from click.testing import CliRunner
from github_emulator import APP
from places import ours
from syncing import CLIPS, FIRST, LAST, TEXTS, World, app_settings, clip

from horde_reference.cli.main import cli

LINES = {"image": {"clip.json": (1, 1)}, "text": {"models.csv": (1, 1), "db.json": (3, 3)}}
NAMES_OF = {"image": CLIPS, "text": TEXTS}


def writes(world: World) -> list[str]:
    return [f"{one.method} {one.path}" for one in ours(world.forge) if one.method not in {"GET", "HEAD"}]


def test_nothing_is_written_where_both_say_the_same(either: World) -> None:
    assert either.plan().output == "Nothing to sync.\n"
    assert either.pushed() == "Nothing to sync.\n"
    assert writes(either) == []
    assert either.tip() is None


def test_a_first_sync_is_one_commit_and_one_pull_request(either: World) -> None:
    name = NAMES_OF[either.repo][3]
    source = either.describe(name, "Sees `more`.")
    either.pushed(pr_reviewers="maintainer", who="reviewer")
    pull = either.pull()
    assert pull["title"] == f"Sync {either.repo} models: 1 changed"
    assert {label["name"] for label in pull["labels"]} == {"automated", "sync", "ready-for-review"}
    assert [one["login"] for one in pull["requested_reviewers"]] == ["maintainer"]
    assert either.described(name) == "Sees `more`."
    assert either.numbers() == LINES[either.repo]
    category = "clip" if either.repo == "image" else "text_generation"
    assert either.message() == (
        f"Sync {either.repo} models: 1 changed\n\nChanged (1):\n~ {category}/{name}\n\n"
        f"Synced-from: {source}\nGenerated-by: horde-reference sync"
    )
    assert f"[`{source[:12]}`]({either.forge.address}/haidra/reference/commit/{source})" in pull["body"]
    assert '`` "Sees `more`." ``' in pull["body"]


def test_an_open_pull_request_is_brought_up_to_date_in_place(either: World) -> None:
    one, other = NAMES_OF[either.repo][:2]
    either.describe(one, "New.")
    either.pushed()
    first, number = either.tip(), either.pull()["number"]
    assert "Nothing" not in either.pushed()
    assert either.tip() == first, "the same difference is not pushed again: approvals are of a commit"
    either.describe(other, "New as well.")
    either.pushed()
    pull = either.pull()
    assert pull["number"] == number
    assert pull["title"].endswith("2 changed")
    assert (either.described(one), either.described(other)) == ("New.", "New as well.")
    assert either.message().startswith(f"Sync {either.repo} models: 2 changed")
    assert len(either.pulls("all")) == 1


def test_what_else_is_on_the_branch_stays(either: World) -> None:
    either.describe(NAMES_OF[either.repo][0], "New.")
    either.pushed()
    first = either.tip()
    either.forge.hosting.write(either.name, "main", {"README.md": b"# Better\n"}, "Words")
    either.pushed()
    assert either.tip() == first, "what others change elsewhere is no reason to push"
    either.merge()
    assert either.there("README.md") == b"# Better\n"
    assert either.pushed() == "Nothing to sync.\n"


def test_a_pull_request_is_closed_with_a_word_when_nothing_is_left(either: World) -> None:
    name = NAMES_OF[either.repo][0]
    before = either.described(name, "main")
    either.describe(name, "New.")
    either.pushed()
    number = either.pull()["number"]
    either.describe(name, before)
    assert "Nothing is left to sync" in either.pushed()
    assert either.pulls() == []
    (said,) = either.comments(number)
    assert "Nothing is left to sync" in said
    assert either.tip() is None
    either.describe(name, "New.")
    either.pushed()
    assert either.pull()["number"] != number, "closing it ourselves refuses nothing"


@pytest.mark.parametrize("method", ["merge", "squash"])
def test_after_a_merge_nothing_is_left_and_the_next_sync_is_another(either: World, method: str) -> None:
    name = NAMES_OF[either.repo][0]
    either.describe(name, "New.")
    either.pushed()
    either.merge(method)
    assert either.pushed() == "Nothing to sync.\n"
    either.describe(name, "Newer.")
    either.pushed()
    assert either.described(name) == "Newer."
    assert len(either.pulls("all")) == 2


def test_closed_by_hand_it_comes_again_with_another_difference_only(either: World) -> None:
    one, other = NAMES_OF[either.repo][:2]
    either.describe(one, "New.")
    either.pushed()
    number = either.close()
    assert f"#{number}" in either.pushed()
    assert "was closed" in either.pushed()
    assert either.pulls() == []
    either.describe(other, "New as well.")
    either.pushed()
    assert either.pull()["number"] > number


def test_what_was_refused_can_be_asked_for(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    number = world.close()
    world.pushed("--again")
    assert world.pull()["number"] > number


def test_a_conflict_with_the_main_branch_is_made_anew(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    world.by_hand("clip.json", b'"name": "Clip 1"', b'"homepage": "x",\n\t\t"name": "Clip 1"')
    number = world.pull()["number"]
    world.pushed()
    assert world.pull()["number"] == number
    assert world.pull()["mergeable"] is not False
    world.merge()
    assert json.loads(world.there("clip.json"))[FIRST]["description"] == "New."


def test_an_app_asks_and_wins_over_a_token(world: World) -> None:
    world.describe(FIRST, "New.")
    world.forge.withdraw("reviewer")
    world.pushed(**app_settings(world), pr_reviewers="reviewer")
    assert world.pull()["user"]["login"] == f"{APP}[bot]"
    assert world.pull()["labels"]
    world.describe(LAST, "New.")
    world.pushed(**app_settings(world))
    assert world.pull()["title"].endswith("2 changed")


@pytest.mark.parametrize(
    ("settings", "missing"),
    [
        ({"github_app_id": "4711"}, "GITHUB_APP_PRIVATE_KEY"),
        ({"github_app_private_key": "x"}, "GITHUB_APP_ID"),
        ({"github_app_id": "1", "github_app_private_key": "x", "github_app_private_key_path": "y"}, "not both"),
        ({"github_app_id": "1", "github_app_private_key": "x"}, "PEM"),
        ({"github_app_id": "1", "github_app_private_key_path": "/nowhere"}, "/nowhere"),
        ({"watch_interval_seconds": "often", "pr_label": "x"}, "PR_LABELS"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_asked(world: World, settings: dict[str, str], missing: str) -> None:
    world.describe(FIRST, "New.")
    done = world.push(**settings)
    assert done.exit_code == 3
    assert missing in done.output
    assert world.forge.requests == []


def test_without_anybody_who_asks_a_plan_can_be_made_but_not_carried_out(world: World) -> None:
    world.describe(FIRST, "New.")
    runner = CliRunner(env={**world.place.env, "GITHUB_TOKEN": "", "GH_TOKEN": ""})
    assert "1 changed" in runner.invoke(cli, ["sync", "plan", "--repo", "image"]).output
    done = runner.invoke(cli, ["sync", "push", "--repo", "image"])
    assert done.exit_code == 3
    assert "GITHUB_APP_ID" in done.output


def test_names_that_are_tricks_do_nothing(world: World) -> None:
    world.edit("data/clip/@all closes %231 `x`.json", clip("@all closes #1 `x`"))
    world.pushed()
    assert "@all" not in world.message()
    assert "``" in world.pull()["body"]


def test_many_names_are_cut(world: World) -> None:
    for number in range(12):
        world.edit(f"data/clip/More {number:02}.json", clip(f"More {number:02}"))
    done = world.push()
    assert done.exit_code == 3
    assert "--allow-many" in done.output
    world.pushed("--allow-many")
    assert "Added (12):" in world.message()
    assert "... and 2 more" in world.message()
    assert world.message().count("+ clip/") == 10


def test_an_old_pull_request_of_the_service_before_is_superseded(world: World) -> None:
    old = "sync/clip/20250101-000000"
    world.forge.hosting.write(world.name, old, {"README.md": b"# Old\n"}, "Sync clip from PRIMARY instance")
    wanted = {"title": "Auto Sync clip", "body": "", "head": old, "base": "main"}
    number = world.forge.ask("POST", f"/repos/{world.name}/pulls", wanted, "reviewer")["number"]
    theirs = {**wanted, "head": "other"}
    world.forge.hosting.write(world.name, "other", {"README.md": b"# Other\n"}, "Words")
    other = world.forge.ask("POST", f"/repos/{world.name}/pulls", theirs, "reviewer")["number"]
    world.describe(FIRST, "New.")
    world.pushed()
    assert {one["number"] for one in world.pulls()} == {other, max(one["number"] for one in world.pulls())}
    assert "takes its place" in world.comments(number)[0]
