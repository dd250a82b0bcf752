"""From a command to a pull request: three ways in, in the repository or a fork, again, interrupted, refused."""

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import forge as making
import pytest
from click.testing import CliRunner
from forge_messages import Asked, Said
from git_server import git, say
from places import Place, record
from proposed_models import Proposals, form

from horde_reference.cli.main import cli
from horde_reference.formats.canonical import format_document

FOUR = {"data/clip/Four.json": record("Four")}
ADD = ("propose", "add", "clip", "Four", "--set", "description=Sees.", "--no-fill")
FORK = "proposer/reference"


def test_every_way_in_gives_the_same_branch(place: Place, proposals: Proposals, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("name,description\nFour,Sees.\n")
    file = tmp_path / "four.json"
    file.write_bytes(record("Four"))
    folder = tmp_path / "folder"
    (folder / "clip").mkdir(parents=True)
    (folder / "clip/Four.json").write_text('{"description": "Sees.", "name": "Four"}')
    ways = [
        ADD,
        ("propose", "add", "clip", "Four", "--file", file, "--no-fill", "--title", "From a file"),
        ("propose", "batch", "clip", table, "--no-fill"),
        ("propose", "batch", folder, "--no-fill"),
    ]
    for way in ways:
        done = place.run(*way)
        assert done.exit_code == 0, done.output
    proposals.happened(proposals.issue(form()))
    branches = proposals.branches()
    assert len(branches) == len(ways)  # the first two are one
    assert [proposals.changed(branch) for branch in branches] == [FOUR] * len(branches)


def test_whoever_may_write_has_the_branch_in_the_repository(place: Place, proposals: Proposals) -> None:
    done = place.run(*ADD)
    assert done.exit_code == 0, done.output
    (pull,) = proposals.pulls()
    assert pull["head"]["repo"]["full_name"] == making.NAME
    assert (pull["title"], pull["base"]["ref"]) == ("Add clip Four", "main")
    assert '- 🟢 added `clip/Four`\n    - `description`: `"Sees."`' in pull["body"]
    assert f"#{pull['number']} was opened: " in done.stdout
    assert place.labels(pull["number"]) == {"proposal"}
    (branch,) = proposals.branches()
    assert branch.startswith("proposal/add-clip-four-")
    said = proposals.log(branch, "%an|%ae|%cn|%s").split("|")
    assert (said[0], said[2:]) == ("reviewer", ["reviewer", "Add clip Four"])
    assert said[1].endswith("reviewer@users.noreply.github.com")
    assert proposals.log(branch, "%P") == place.forge.hosting.tip(making.NAME, "main")


def test_everybody_else_has_it_in_a_fork(place: Place, proposals: Proposals) -> None:
    done = place.run(*ADD, who="proposer")
    assert done.exit_code == 0, done.output
    (pull,) = proposals.pulls()
    assert (pull["head"]["repo"]["full_name"], pull["user"]["login"]) == (FORK, "proposer")
    assert proposals.branches() == {}
    (branch,) = proposals.branches(FORK)
    assert proposals.changed(branch, FORK) == FOUR
    assert place.run("review", "answer", pull["number"]).exit_code == 0


def test_a_fork_that_is_far_behind_will_do(place: Place, proposals: Proposals) -> None:
    place.forge.ask("POST", f"/repos/{making.NAME}/forks", {}, "proposer")
    for number in range(3):
        changes = {"data/clip/Later.json": record("Later", version=str(number)), "other.txt": b"%d" % number}
        place.forge.hosting.write(making.NAME, "main", changes, "Meanwhile")
    done = place.run(*ADD, who="proposer")
    assert done.exit_code == 0, done.output
    (branch,) = proposals.branches(FORK)
    assert proposals.changed(branch, FORK) == FOUR
    assert proposals.log(branch, "%P", FORK) == place.forge.hosting.tip(making.NAME, "main")


@pytest.mark.parametrize("who", ["reviewer", "proposer"])
def test_again_is_an_update(place: Place, proposals: Proposals, who: str) -> None:
    home = making.NAME if who == "reviewer" else FORK
    assert place.run(*ADD, who=who).exit_code == 0
    first = proposals.branches(home)
    again = place.run(*ADD, who=who)
    assert again.exit_code == 0, again.output
    assert "was updated" in again.stdout
    assert proposals.branches(home) == first  # the same commit: approvals stay
    other = place.run(*ADD, "--set", "version=2", who=who)
    assert other.exit_code == 0, other.output
    (pull,) = proposals.pulls("all")
    assert '`version`: `"2"`' in pull["body"]
    (branch,) = proposals.branches(home)
    assert json.loads(proposals.changed(branch, home)["data/clip/Four.json"])["version"] == "2"


def test_what_others_merged_meanwhile_stays(place: Place, proposals: Proposals) -> None:
    assert place.run(*ADD).exit_code == 0
    place.forge.hosting.write(making.NAME, "main", {"data/clip/One.json": record("One", version="9")}, "Meanwhile")
    assert place.run(*ADD).exit_code == 0
    (branch,) = proposals.branches()
    assert proposals.changed(branch) == FOUR
    assert json.loads(place.forge.hosting.read(making.NAME, branch, "data/clip/One.json"))["version"] == "9"


def test_a_table_from_an_older_clone_takes_nothing_back(place: Place, proposals: Proposals, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    assert place.run("records", "export", "clip", "--csv", table).exit_code == 0
    table.write_text(table.read_text().replace("Sees.", "Reads.", 1))
    place.forge.hosting.write(
        making.NAME, "main", {f"data/clip/{name}.json": record(name, version="9") for name in ("One", "Two")}, "Other"
    )
    done = place.run("propose", "batch", "clip", table, "--no-fill")
    assert done.exit_code == 0, done.output
    (branch,) = proposals.branches()
    assert proposals.changed(branch) == {
        "data/clip/One.json": format_document("clip", {"name": "One", "description": "Reads.", "version": "9"})
    }
    place.forge.hosting.write(making.NAME, "main", {"data/clip/One.json": record("One", description="Hears.")}, "More")
    clash = place.run("propose", "batch", "clip", table, "--no-fill")
    assert clash.exit_code == 1
    assert "table.csv:2: error [proposal-target] /description" in clash.stdout
    assert "was changed on the main branch meanwhile" in clash.stdout


def test_a_folder_that_is_the_clone_is_compared_with_its_last_commit(place: Place, proposals: Proposals) -> None:
    (place.clone / "data/clip/One.json").write_bytes(record("One", description="Reads."))
    place.forge.hosting.write(making.NAME, "main", {"data/clip/Two.json": record("Two", version="9")}, "Meanwhile")
    done = place.run("propose", "batch", "data", "--no-fill", "--batch", "spring")
    assert done.exit_code == 0, done.output
    (branch,) = proposals.branches()
    assert proposals.changed(branch) == {"data/clip/One.json": record("One", description="Reads.")}
    (pull,) = proposals.pulls()
    assert place.labels(pull["number"]) == {"proposal", "batch: spring"}


def test_a_change_and_a_removal(place: Place, proposals: Proposals) -> None:
    assert place.run("propose", "update", "clip", "One", "--set", "version=2", "--no-fill").exit_code == 0
    removed = place.run("propose", "remove", "clip", "Two", "--reason", "Gone.", "--replaced-by", "One")
    assert removed.exit_code == 0, removed.output
    assert [one["title"] for one in proposals.pulls()] == ["Remove clip Two", "Change clip One"]
    changed = {path: json.loads(body) for one in proposals.branches() for path, body in proposals.changed(one).items()}
    assert changed["data/clip/One.json"]["version"] == "2"
    withdrawn = changed["data/clip/Two.json"]["withdrawn"]
    assert (withdrawn["reason"], withdrawn["replaced_by"]) == ("Gone.", "One")


def test_nothing_to_change_opens_nothing(place: Place, proposals: Proposals) -> None:
    done = place.run("propose", "update", "clip", "One", "--set", "description=Sees.", "--no-fill")
    assert (done.exit_code, "Nothing to change" in done.stdout) == (0, True)
    assert (proposals.writes(), proposals.branches(), proposals.pulls("all")) == ([], {}, [])


@pytest.mark.parametrize("who", ["reviewer", "proposer"])
def test_a_dry_run_shows_all_and_writes_nothing(place: Place, proposals: Proposals, who: str) -> None:
    before = place.git("status", "--porcelain"), place.forge.hosting.branches(making.NAME)
    done = place.run(*ADD, "--dry-run", who=who)
    assert done.exit_code == 0, done.output
    for words in ("+ clip/Four", "clip/Four.json:", '"description": "Sees."', "Branch: proposal/add-clip-four-",
                  "Title: Add clip Four", "🟢 added `clip/Four`", "Nothing was written."):  # fmt: skip
        assert words in done.stdout
    assert proposals.writes() == []
    assert not any("receive-pack" in target for _, target, _ in place.forge.hosting.asked)
    assert before == (place.git("status", "--porcelain"), place.forge.hosting.branches(making.NAME))
    said = json.loads(place.run(*ADD, "--dry-run", "--format", "json").stdout)
    assert (said["outcome"], said["title"]) == ("not written", "Add clip Four")
    assert list(said["files"]) == ["clip/Four.json"]


def test_neither_a_clone_nor_for_a_dry_run_a_token_is_needed(
    place: Place, proposals: Proposals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    shown = CliRunner(env=place.env).invoke(cli, [*ADD, "--dry-run"])
    assert shown.exit_code == 0, shown.output
    refused = CliRunner(env=place.env).invoke(cli, [*ADD])
    assert (refused.exit_code, "GITHUB_TOKEN" in refused.stderr) == (3, True)
    done = place.run(*ADD, who="proposer")
    assert done.exit_code == 0, done.output
    assert [proposals.changed(branch, FORK) for branch in proposals.branches(FORK)] == [FOUR]
    lost = place.run(*ADD, "--data", "nowhere")
    assert (lost.exit_code, "no records below nowhere/" in lost.stderr) == (3, True)


def test_all_errors_are_said_at_once(place: Place, proposals: Proposals) -> None:
    words = ("--set", "description=", "--set", "nonsense=1", "--set", "homepage=javascript:alert(1)")
    done = place.run("propose", "add", "clip", "ONE", *words, "--no-fill")
    assert done.exit_code == 1
    for said in ("'nonsense' is not a key", "differs only in how it is written", "'homepage' is not a key", "3 errors"):
        assert said in done.stdout
    assert proposals.writes() == []


@pytest.mark.parametrize(
    "words",
    [
        ("add", "clip", "Four", "--set", "nsfw"),
        ("add", "clip", "Four", "--set", "name=Five"),
        ("add", "clip", "Four", "--title", "two\nlines"),
        ("add", "nonsense", "Four"),
        ("batch", "clip"),
        ("batch", "nonsense", "x.csv"),
        ("remove", "clip", "Two"),
    ],
)
def test_wrong_usage_is_said_as_such(place: Place, proposals: Proposals, words: tuple[str, ...]) -> None:
    assert place.run("propose", *words).exit_code == 2
    assert proposals.writes() == []


def test_killed_between_push_and_pull_request_is_finished_by_running_again(place: Place, proposals: Proposals) -> None:
    def dead(asked: Asked) -> Said | None:
        return Said(500, {"message": "Died"}) if (asked.method, asked.about) == ("POST", ["pulls"]) else None

    place.forge.trouble = dead
    assert place.run(*ADD).exit_code == 3
    place.forge.trouble = None
    assert (len(proposals.branches()), proposals.pulls("all")) == (1, [])
    assert place.run(*ADD).exit_code == 0
    assert len(proposals.branches()) == len(proposals.pulls()) == 1


def test_a_fork_that_was_deleted_is_made_anew(place: Place, proposals: Proposals) -> None:
    assert place.run(*ADD, who="proposer").exit_code == 0
    (dead,) = proposals.pulls()
    place.forge.delete(FORK)
    done = place.run(*ADD, who="proposer")
    assert done.exit_code == 0, done.output
    (living,) = proposals.pulls()
    assert (living["number"] != dead["number"], living["head"]["repo"]["full_name"]) == (True, FORK)
    assert f"#{living['number']} takes its place" in place.comments(dead["number"])[0]


def test_a_fork_that_goes_while_it_is_pushed_to_is_said(place: Place, proposals: Proposals) -> None:
    def gone(asked: BaseHTTPRequestHandler) -> bool:
        if FORK in asked.path:
            say(asked, 404, "Repository not found.")
        return FORK in asked.path

    place.forge.hosting.trouble = gone
    done = place.run(*ADD, who="proposer")
    assert (done.exit_code, "not found" in done.stderr) == (3, True)
    assert proposals.pulls("all") == []


def test_a_branch_that_is_protected_is_said(place: Place, proposals: Proposals) -> None:
    branch = json.loads(place.run(*ADD, "--dry-run", "--format", "json").stdout)["branch"]
    place.forge.hosting.protect(making.NAME, branch)
    done = place.run(*ADD)
    assert (done.exit_code, "Protected branch" in done.stderr) == (3, True)
    assert (proposals.branches(), proposals.pulls("all")) == ({}, [])


def test_a_token_that_expired_is_said(place: Place, proposals: Proposals) -> None:
    place.forge.withdraw("reviewer")
    done = place.run(*ADD)
    assert (done.exit_code, "401" in done.stderr) == (3, True)
    assert (proposals.writes(), proposals.branches()) == ([], {})


def test_without_the_right_to_push_after_all_it_is_said(place: Place, proposals: Proposals) -> None:
    def believed(asked: Asked) -> Said | None:
        right = {"permission": "write", "role_name": "write", "user": {"login": "stranger"}}
        return Said(200, right) if asked.about[:1] == ["collaborators"] else None

    place.forge.trouble = believed
    done = place.run(*ADD, who="stranger")
    assert (done.exit_code, "denied" in done.stderr) == (3, True)
    place.forge.trouble = None
    assert (proposals.branches(), proposals.pulls("all")) == ({}, [])


def test_somebody_else_who_was_faster_is_not_pushed_over(place: Place, proposals: Proposals) -> None:
    folder = place.forge.hosting.folder(making.NAME)
    branch = json.loads(place.run(*ADD, "--dry-run", "--format", "json").stdout)["branch"]

    def faster(asked: BaseHTTPRequestHandler) -> bool:
        if "git-receive-pack" in asked.path and branch not in place.forge.hosting.branches(making.NAME):
            git(folder, "update-ref", f"refs/heads/{branch}", place.forge.hosting.tip(making.NAME, "main"))
        return False

    place.forge.hosting.trouble = faster
    assert place.run(*ADD).exit_code == 3
    place.forge.hosting.trouble = None
    assert proposals.branches()[branch] == place.forge.hosting.tip(making.NAME, "main")
    assert place.run(*ADD).exit_code == 0
