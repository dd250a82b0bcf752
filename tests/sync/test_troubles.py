"""What goes wrong between a sync and GitHub: each is said clearly, and doing it again makes it right."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from forge_messages import Asked, Said
from git_server import say
from github_emulator import token_of
from syncing import FIRST, LAST, World, app_settings


def as_it_should_be(world: World) -> None:
    """After a sync that was disturbed, another one makes all right."""
    world.forge.trouble = world.forge.hosting.trouble = None
    world.pushed(pr_reviewers="maintainer")
    pull = world.pull()
    assert pull["title"] == f"Sync {world.repo} models: 1 changed"
    assert {one["name"] for one in pull["labels"]} == {"automated", "sync", "ready-for-review"}
    assert [one["login"] for one in pull["requested_reviewers"]] == ["maintainer"]
    assert world.described(FIRST) == "New."
    assert len(world.pulls("all")) == 1
    assert list(world.forge.hosting.branches(world.name)) == ["main", world.branch]
    assert world.numbers() == {"clip.json": (1, 1)}


def test_what_somebody_pushed_over_our_branch_is_replaced_with_a_word(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    theirs = world.forge.hosting.write(world.name, world.branch, {"README.md": b"# Mine\n"}, "Mine", base="main")
    world.pushed()
    world.pushed()
    (said,) = world.comments(world.pull()["number"])
    assert theirs in said
    assert "Ada" in said
    as_it_should_be(world)


def test_a_commit_that_somebody_put_on_top_is_replaced_with_a_word(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    body = world.there("clip.json", world.branch).replace(b"Sees.", b"Watches.")
    world.forge.hosting.write(world.name, world.branch, {"clip.json": body}, "A better word")
    world.pushed()
    assert len(world.comments(world.pull()["number"])) == 1
    as_it_should_be(world)


def test_who_pushes_between_our_look_and_our_push_is_seen(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    world.describe(FIRST, "Newer.")
    left = [1]

    def meanwhile(asked: BaseHTTPRequestHandler) -> bool:
        if asked.command == "POST" and "git-receive-pack" in asked.path and left:
            left.clear()
            world.forge.hosting.write(world.name, world.branch, {"README.md": b"# Mine\n"}, "Mine")
        return False

    world.forge.hosting.trouble = meanwhile
    world.pushed()
    assert not left
    assert world.described(FIRST) == "Newer."
    assert len(world.comments(world.pull()["number"])) == 1


def test_who_always_pushes_first_is_given_way(world: World) -> None:
    world.describe(FIRST, "New.")
    count = iter(range(99))

    def meanwhile(asked: BaseHTTPRequestHandler) -> bool:
        if asked.command == "POST" and "git-receive-pack" in asked.path:
            words = {"README.md": f"{next(count)}".encode()}
            world.forge.hosting.write(world.name, world.branch, words, "Mine", base="main")
        return False

    world.forge.hosting.trouble = meanwhile
    done = world.push()
    assert done.exit_code == 3
    assert "Somebody else pushes to sync/image" in done.output
    assert world.pulls() == []
    as_it_should_be(world)


def test_a_protected_branch_is_said(world: World) -> None:
    world.describe(FIRST, "New.")
    world.forge.hosting.protect(world.name, world.branch)
    done = world.push()
    assert done.exit_code == 3
    assert "protected" in done.output.lower()
    assert world.pulls() == []
    (world.forge.hosting.folder(world.name) / "protected").unlink()
    as_it_should_be(world)


def test_an_expired_token_is_said(world: World) -> None:
    world.describe(FIRST, "New.")
    tokens = dict(world.forge.hosting.tokens)
    world.forge.withdraw("reviewer")
    done = world.push()
    assert done.exit_code == 3
    assert token_of("reviewer") not in done.output
    assert world.tip() is None
    world.forge.hosting.tokens |= tokens
    as_it_should_be(world)


def test_who_may_not_write_is_told(world: World) -> None:
    world.describe(FIRST, "New.")
    done = world.push(who="stranger")
    assert done.exit_code == 3
    assert "denied" in done.output
    as_it_should_be(world)


def limited(asked: Asked) -> Said | None:
    reset = str(int(time.time()) + 3000)
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    return Said(403, {"message": "API rate limit exceeded"}, headers) if asked.method == "POST" else None


def test_a_rate_limit_says_when_to_come_again(world: World) -> None:
    world.describe(FIRST, "New.")
    world.forge.trouble = limited
    done = world.push()
    assert done.exit_code == 3
    assert "Try again after" in done.output
    as_it_should_be(world)


def test_an_answer_that_was_lost_makes_no_second_pull_request(world: World) -> None:
    world.describe(FIRST, "New.")

    def lose(asked: Asked) -> Said | None:
        if (asked.method, asked.about) == ("POST", ["pulls"]) and not world.pulls():
            world.forge.trouble = None
            world.forge.ask("POST", asked.path, json.loads(asked.body), "reviewer")
            return Said(502, {"message": "Bad gateway"})
        return None

    world.forge.trouble = lose
    world.pushed()
    as_it_should_be(world)


@pytest.mark.parametrize("where", ["api", "git"])
def test_a_server_with_faults_is_asked_again_later(world: World, where: str) -> None:
    world.describe(FIRST, "New.")
    count = [0]

    def api(_: Asked) -> Said | None:
        count[0] += 1
        return Said(503, {"message": "Unavailable"}) if count[0] == 1 else None

    def fault(asked: BaseHTTPRequestHandler) -> bool:
        count[0] += 1
        if count[0] == 1:
            say(asked, 503, "Unavailable")
        return count[0] == 1

    if where == "api":
        world.forge.trouble = api
    else:
        world.forge.hosting.trouble = fault
    world.pushed()
    assert count[0] > 1
    as_it_should_be(world)


def test_a_reviewer_who_may_not_review_stops_nothing(world: World) -> None:
    world.describe(FIRST, "New.")
    done = world.pushed(pr_reviewers="stranger, maintainer", pr_auto_assign_team="")
    assert "stranger was not asked for a review" in done
    assert [one["login"] for one in world.pull()["requested_reviewers"]] == ["maintainer"], "the others are asked"
    as_it_should_be(world)


def forbidden(*about: str) -> Callable[[Asked], Said | None]:
    """An App that lacks a right: GitHub refuses what is written at the end of an address."""

    def refuse(asked: Asked) -> Said | None:
        is_that = asked.method == "POST" and asked.about[-len(about) :] == list(about)
        return Said(403, {"message": "Resource not accessible by integration"}) if is_that else None

    return refuse


def test_who_may_not_set_labels_still_asks_reviewers(world: World) -> None:
    world.describe(FIRST, "New.")
    world.forge.trouble = forbidden("labels")
    assert "has not got all of its labels" in world.pushed(pr_reviewers="maintainer")
    assert [one["login"] for one in world.pull()["requested_reviewers"]] == ["maintainer"]


def test_who_may_not_open_a_pull_request_is_told_which_right_lacks(world: World) -> None:
    world.describe(FIRST, "New.")
    world.forge.trouble = forbidden("pulls")
    done = world.push()
    assert done.exit_code == 3
    assert "`Pull requests: read and write`" in done.output
    as_it_should_be(world)


def test_an_app_that_lacks_rights_is_told_before_anything_is_pushed(world: World) -> None:
    world.describe(FIRST, "New.")

    def issue(asked: Asked) -> Said | None:
        if asked.parts[-1:] != ["access_tokens"]:
            return None
        ends = "2099-01-01T00:00:00Z"
        rights = {"contents": "write", "pull_requests": "read", "metadata": "read"}
        return Said(201, {"token": token_of("reviewer"), "expires_at": ends, "permissions": rights})

    world.forge.trouble = issue
    done = world.push(**app_settings(world))
    assert done.exit_code == 3
    assert "`Pull requests: read and write`" in done.output
    assert "Contents" not in done.output
    assert world.tip() is None
    as_it_should_be(world)


def test_reviewers_are_asked_once(world: World) -> None:
    def asked() -> int:
        return sum(one.about[-1:] == ["requested_reviewers"] for one in world.forge.requests)

    world.describe(FIRST, "New.")
    world.pushed(pr_reviewers="maintainer")
    world.forge.review(world.pull()["number"], "maintainer", "COMMENT", world.name)
    world.describe(LAST, "New.")
    world.pushed(pr_reviewers="maintainer")
    assert asked() == 1


def killed_at(world: World, place: int) -> bool:
    """Run a sync that is killed when it makes its nth request that writes; returns whether it came so far."""
    count = iter(range(1, 99))
    killed: list[int] = []
    process: list[subprocess.Popen[bytes]] = []

    def kill_now() -> bool:
        if next(count) == place:
            killed.append(place)
            os.kill(process[0].pid, signal.SIGKILL)
            return True
        return False

    def api(asked: Asked) -> Said | None:
        # It is done all the same, half of the times: only the answer is lost.
        is_ours = asked.headers.get("User-Agent", "").startswith("horde-reference/")
        return Said(500) if is_ours and asked.method != "GET" and kill_now() and place % 2 else None

    def git(asked: BaseHTTPRequestHandler) -> bool:
        return asked.command == "POST" and "git-receive-pack" in asked.path and kill_now() and bool(place % 2)

    world.forge.trouble, world.forge.hosting.trouble = api, git
    command = [sys.executable, "-m", "horde_reference", "sync", "push", "--repo", world.repo]
    environment = {
        **os.environ, **world.place.env, "GITHUB_TOKEN": token_of("reviewer"),
        "HORDE_GITHUB_SYNC_PR_REVIEWERS": "maintainer",
    }  # fmt: skip
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        process.append(running)
        running.wait()
    return bool(killed)


@pytest.mark.parametrize("place", range(1, 7))
def test_killed_at_any_point_and_run_again_all_is_right(world: World, place: int) -> None:
    """It writes five times: branch, pull request, labels, reviewers, and that these were seen to. There is no sixth."""
    world.describe(FIRST, "New.")
    assert killed_at(world, place) is (place <= 5)
    as_it_should_be(world)


def test_killed_while_it_closes_and_run_again_all_is_closed(world: World) -> None:
    for place in (1, 2, 3):
        world.describe(FIRST, "New.")
        world.pushed()
        number = world.pull()["number"]
        world.describe(FIRST, "Sees.")
        assert killed_at(world, place)
        world.forge.trouble = world.forge.hosting.trouble = None
        world.pushed()
        assert world.pulls() == []
        assert len(world.comments(number)) == 1
        assert world.tip() is None


def test_an_open_request_of_a_model_that_came_back_is_not_refused(world: World) -> None:
    world.describe(FIRST, "New.")
    world.pushed()
    world.describe(FIRST, "Sees.")
    world.pushed()
    world.describe(FIRST, "New.")
    assert "proposed just this" not in world.pushed()
    assert world.pull()["title"].endswith("1 changed")
