"""A history of edits of the real records, synced one by one: it ends like one sync of them all."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from git_server import git
from syncing import files_of

from horde_reference.formats.canonical import format_document
from horde_reference.workflows.sync_settings import SyncSettings

Run = Callable[..., Result]
HISTORY = 100
MERGES = 16
_ALLOWED = ("--allow-shrink", "--allow-many")


@pytest.fixture
def data(adopted: Path, tmp_path: Path) -> Path:
    """The records, to be edited."""
    return Path(shutil.copytree(adopted, tmp_path / "ours/data"))


def edit_at_random(data: Path, chance: random.Random, number: int) -> str:
    """One of the things that people do to a record; returns the repository that it is in."""
    category = chance.choice(
        ["image_generation", "image_generation", "controlnet", "text_generation", "text_generation"]
    )
    there = sorted((data / category).rglob("*.json"))
    repo = "text" if category == "text_generation" else "image"
    path = chance.choice(there).relative_to(data).as_posix()
    deed = chance.choice(["describe", "describe", "version", "remove", "add", "rename"])
    document = json.loads((data / path).read_bytes())
    document.pop("$schema", None)
    if deed == "describe":
        document["description"] = f'Description {number}, with a "quote", a comma and an é.'
    elif deed == "version":
        is_text = category == "text_generation"
        document["url" if is_text else "version"] = f"https://huggingface.co/{number}" if is_text else f"{number}.0"
    elif deed == "remove":
        (data / path).unlink()
        return repo
    else:
        name = f"{document['name']}-v{number}"
        if deed == "rename":
            document["aliases"] = [*document.get("aliases", []), document["name"]]
            (data / path).unlink()
        else:
            for key in ("legacy", "aliases", "exceptions"):
                document.pop(key, None)
            if document.get("config"):
                document["config"]["download"] = [
                    {
                        **one,
                        "file_name": f"{number}-{one['file_name']}",
                        "sha256sum": f"{number:064x}"[-64:],
                        "file_url": f"https://huggingface.co/x/{number}",
                    }
                    for one in document["config"]["download"][:1]
                ]
        path = f"{category}/{name.replace('?', '%3F').replace(':', '%3A')}.json"
        document["name"] = name
    (data / path).write_bytes(format_document(category, document))
    return repo


def test_a_hundred_edits_synced_one_by_one_end_like_one_sync_of_them_all(
    run: Run, shared: Path, data: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261125)
    folders = {(repo, how): tmp_path / f"{repo}-{how}" for repo in ("image", "text") for how in ("steps", "once")}
    for (repo, _), folder in folders.items():
        shutil.copytree(shared / "corpus" / repo, folder)

    def push(repo: str, how: str) -> None:
        done = run("sync", "push", "--repo", repo, "--data", data, "--target", folders[repo, how], *_ALLOWED)
        assert done.exit_code == 0, done.output

    run("fix", "--data", data)
    for number in range(HISTORY):
        push(edit_at_random(data, chance, number), "steps")
    for repo in ("image", "text"):
        push(repo, "once")
        assert files_of(folders[repo, "steps"]) == files_of(folders[repo, "once"])
        assert files_of(folders[repo, "steps"]) != files_of(shared / "corpus" / repo)


def committed(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)


def clone_of(repo: str, files: Path, folder: Path) -> Path:
    """A clone of a legacy repository."""
    shutil.copytree(files, folder, ignore=shutil.ignore_patterns(".*"))
    git(folder, "init", "--quiet", "--initial-branch", "main")
    place = getattr(SyncSettings.from_environment({}), f"{repo}_repo")
    git(folder, "remote", "add", "origin", f"https://github.com/{place.name}.git")
    committed(folder, "There")
    return folder


def merged(clone: Path, branch: str, *, squash: bool) -> None:
    """What a merge makes of the main branch."""
    commit = branch
    if squash:
        words = git(clone, "log", "-1", "--format=%B", branch)
        commit = git(clone, "commit-tree", f"{branch}^{{tree}}", "-p", "main", "-m", words).strip()
    git(clone, "update-ref", "refs/heads/main", commit)


def test_in_git_each_edit_is_synced_and_none_is_taken_for_one_made_there(
    run: Run, shared: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Merged, squashed, left open, with categories left out: the next sync starts from what the last ones say."""
    chance = random.Random(20261126)
    git(data.parent, "init", "--quiet", "--initial-branch", "main")
    clones = {repo: clone_of(repo, shared / "corpus" / repo, tmp_path / repo) for repo in ("image", "text")}

    def push(repo: str, target: Path) -> str:
        done = run("sync", "push", "--repo", repo, "--data", data, "--target", target, *_ALLOWED)
        assert done.exit_code == 0, done.output
        assert "by hand" not in done.output
        return done.output

    for number in range(MERGES):
        repo = edit_at_random(data, chance, number)
        run("fix", "--data", data)
        committed(data.parent, f"Edit {number}")
        left_out = number % 4 == 1
        monkeypatch.setenv("HORDE_GITHUB_SYNC_CATEGORIES_TO_SYNC", "controlnet" if left_out else "")
        if "pushed to" in push(repo, clones[repo]) and number % 3:
            merged(clones[repo], f"sync/{repo}", squash=number % 2 == 0)
    monkeypatch.setenv("HORDE_GITHUB_SYNC_CATEGORIES_TO_SYNC", "")
    for repo, clone in clones.items():
        push(repo, clone)
        once = Path(shutil.copytree(shared / "corpus" / repo, tmp_path / f"{repo}-once"))
        push(repo, once)
        for name in ("models.csv", "db.json") if repo == "text" else ("stable_diffusion.json", "controlnet.json"):
            assert git(clone, "show", f"sync/{repo}:{name}") == (once / name).read_bytes().decode().strip()
