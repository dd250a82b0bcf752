"""The commands as people and programs use them."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result
from git import Repo

from horde_reference.cli.main import cli
from horde_reference.rules.table import RULES

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    folder = tmp_path / "data"
    write(folder, "image_generation", "One", tags=["anime", "rolplay"])
    write(folder, "image_generation", "Two", config={"download": [{"file_name": "a", "file_url": "http://a.b/c"}]})
    return folder


def leaves(group: click.Group, *above: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from leaves(command, *above, name)
        else:
            yield (*above, name), command


COMMANDS = dict(leaves(cli))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_says_what_a_command_reads_writes_and_exits_with(words: tuple[str, ...], run: Run) -> None:
    text = run(*words, "--help").stdout
    for word in ("Exits 0", "rite", "ead"):
        assert word in text


@pytest.mark.parametrize("command", COMMANDS.values(), ids=map(" ".join, COMMANDS))
def test_every_option_is_explained(command: click.Command) -> None:
    for option in command.params:
        assert option.param_type_name == "argument" or getattr(option, "help", None), option.name


def test_findings_in_text_name_file_line_rule_and_remedy(data: Path, run: Run) -> None:
    checked = run("check", "--data", data)
    file = (data / "image_generation/Two.json").as_posix()
    assert re.search(
        rf"{re.escape(file)}:\d+: error \[download-https\] /config/download/0/file_url\n    .+", checked.stdout
    )
    assert checked.stdout.endswith("1 error, 3 warnings; 1 can be mended by horde-reference fix.\n")


def test_findings_in_json_have_every_member(data: Path, run: Run) -> None:
    said = json.loads(run("check", "--data", data, "--format", "json").stdout)
    assert said["summary"] == {"errors": 1, "warnings": 3}
    assert said["counts"]["image_generation"] == 2
    assert {"path", "line", "pointer", "rule", "severity", "message", "hint", "fixable"} == set(said["findings"][0])
    assert all(finding["rule"] in RULES for finding in said["findings"])


def test_findings_for_github_are_annotations(data: Path, run: Run, write: Write) -> None:
    write(
        data, "image_generation", "50%, of: it", config={"download": [{"file_name": "b", "file_url": "http://a.b/d"}]}
    )
    lines = run("check", "--data", data, "--format", "github").stdout.splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 2
    assert all(re.fullmatch(r"::error file=[^,:]+,line=\d+,title=download-https::.+", line) for line in errors)
    assert any("50%2525%252C" in line or "50%2525" in line for line in errors)


def test_check_of_some_paths_shows_only_those(data: Path, run: Run) -> None:
    one = run("check", data / "image_generation/One.json", "--data", data, "--format", "json")
    assert one.exit_code == 0
    assert [finding["rule"] for finding in json.loads(one.stdout)["findings"]] == ["tag-spelling"]
    assert run("check", data / "image_generation", "--data", data).exit_code == 1


def test_fix_mends_some_paths_or_all(data: Path, run: Run) -> None:
    two = run("fix", data / "image_generation/Two.json", "--data", data, "--format", "json")
    assert json.loads(two.stdout)["mended"] == []
    everything = run("fix", "--data", data, "--format", "json")
    assert json.loads(everything.stdout)["mended"] == ["image_generation/One.json"]
    assert everything.exit_code == 1
    assert json.loads((data / "image_generation/One.json").read_bytes())["tags"] == ["anime", "roleplay"]


@pytest.fixture
def repository(tmp_path: Path, write: Write) -> Path:
    """A repository with two commits: one record changed, one added, one removed."""
    root = tmp_path / "repository"
    with Repo.init(root) as repo:
        with repo.config_writer() as config:
            config.set_value("user", "name", "A").set_value("user", "email", "a@example.org")
        write(root / "data", "image_generation", "Changed", nsfw=False)
        write(root / "data", "image_generation", "Removed")
        repo.git.add(all=True)
        repo.git.commit(message="one")
        repo.git.tag("before")
        write(root / "data", "image_generation", "Changed", nsfw=True, version="2")
        write(root / "data", "text_generation", "author/`Added`-8B")
        (root / "data/image_generation/Removed.json").unlink()
        repo.git.add(all=True)
        repo.git.commit(message="two")
    return root


def test_diff_of_revisions_and_folders(repository: Path, run: Run) -> None:
    data = repository / "data"
    text = run("diff", "before", "HEAD", "--data", data).stdout
    assert text == (
        '~ image_generation/Changed\n    nsfw: false -> true !\n    version: - -> "2"\n'
        "- image_generation/Removed\n+ text_generation/author/`Added`-8B\n"
    )
    assert run("diff", "before", repository, "--data", data).stdout == text
    assert run("diff", data, data, "--data", data).stdout == "No record differs.\n"
    said = json.loads(run("diff", "before", "HEAD", "--data", data, "--format", "json").stdout)
    assert [(change["operation"], change["name"]) for change in said] == [
        ("update", "Changed"), ("delete", "Removed"), ("create", "author/`Added`-8B"),
    ]  # fmt: skip
    assert said[0]["fields"][0] == {"field": "nsfw", "old": False, "new": True, "critical": True}
    markdown = run("diff", "before", "HEAD", "--data", data, "--format", "markdown").stdout
    assert markdown.startswith("1 added, 1 changed, 1 removed.\n")
    assert "`` text_generation/author/`Added`-8B ``" in markdown


def test_diff_where_the_records_are_the_repository(tmp_path: Path, run: Run, write: Write) -> None:
    with Repo.init(tmp_path) as repo:
        with repo.config_writer() as config:
            config.set_value("user", "name", "A").set_value("user", "email", "a@example.org")
        write(tmp_path, "clip", "One")
        (tmp_path / ".drafts").mkdir()
        (tmp_path / ".drafts/x.json").write_text("{}")
        repo.git.add(all=True)
        repo.git.commit(message="one")
    write(tmp_path, "clip", "Two")
    assert run("diff", "HEAD", tmp_path, "--data", tmp_path).stdout == "+ clip/Two\n"


@pytest.mark.parametrize("revision", ["nonsense", "HEAD~9", "HEAD@{99}", "@{-1}", "--output=x"])
def test_diff_of_a_revision_that_is_not_there_cannot_run(revision: str, repository: Path, run: Run) -> None:
    done = run("diff", "--data", repository / "data", "--", revision, "HEAD")
    assert done.exit_code == 3
    assert revision in done.stderr


def test_diff_outside_a_repository_cannot_run(data: Path, run: Run) -> None:
    done = run("diff", "HEAD", data, "--data", data)
    assert done.exit_code == 3
    assert "git repository" in done.stderr


def test_adopt_clones_a_repository_by_its_address(tmp_path: Path, run: Run) -> None:
    legacy = tmp_path / "legacy"
    entry = {"name": "a", "type": "clip", "config": {"files": [], "download": []}, "available": False}
    with Repo.init(legacy) as repo:
        with repo.config_writer() as config:
            config.set_value("user", "name", "A").set_value("user", "email", "a@example.org")
        (legacy / "clip.json").write_text(json.dumps({"a": entry}))
        repo.git.add(all=True)
        repo.git.commit(message="one")
    adopted = run("adopt", "--image", legacy.as_uri(), "--into", tmp_path / "data")
    assert adopted.exit_code == 0, adopted.output
    assert (tmp_path / "data/clip/a.json").is_file()
    nowhere = run("adopt", "--image", (tmp_path / "nowhere").as_uri(), "--into", tmp_path / "other")
    assert nowhere.exit_code == 3
    assert "cannot be cloned" in nowhere.stderr


def test_schemas_and_docs_are_written_and_compared(tmp_path: Path, run: Run) -> None:
    for command, option in (("schemas", "--into"), ("docs", "--site")):
        folder = tmp_path / command
        assert run(command, option, folder, "--check").exit_code == 1
        assert run(command, option, folder).exit_code == 0
        assert run(command, option, folder, "--check").exit_code == 0
        file = next(path for path in folder.rglob("*") if path.is_file())
        (file.parent / "old.json").write_bytes(file.read_bytes())
        file.write_text(file.read_text() + "edited")
        assert run(command, option, folder, "--check").stdout.count("differs") == 2
        assert run(command, option, folder).exit_code == 0
        assert run(command, option, folder, "--check").exit_code == 0
        (file.parent / "thesis.txt").write_text("mine")
        refused = run(command, option, folder)
        assert refused.exit_code == 3
        assert "thesis.txt" in refused.stderr
        assert (file.parent / "thesis.txt").read_text() == "mine"


def test_long_work_shows_progress_on_a_terminal_and_is_quiet_elsewhere(data: Path, run: Run) -> None:
    run("fix", "--data", data)
    command = [sys.executable, "-m", "horde_reference", "check", "--data", str(data)]
    environment = {key: value for key, value in os.environ.items() if key != "CI"}
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # the other end was closed
            pass
    assert process.returncode == 1
    assert b"Reading" in shown
    assert b"Checking" in shown
    quiet = subprocess.run(command, capture_output=True, env={**environment, "CI": "true"}, check=False)
    assert quiet.stderr == b""


def test_the_command_line_says_what_to_install_where_only_the_client_is(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise ModuleNotFoundError('No module named click', name='click')")
    done = subprocess.run(
        [sys.executable, "-m", "horde_reference"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "pip install 'horde-reference[generator]'" in done.stderr
