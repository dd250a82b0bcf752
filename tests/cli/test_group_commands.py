"""The commands on groups of text models."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]
COMMANDS = (("list",), ("show", "Cat"), ("health",), ("families",), ("detect-families",), ("aliases",))


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    folder = tmp_path / "data"
    write(folder, "text_generation", "a/Cat-8B-Instruct", baseline="a/Lion")
    write(folder, "text_generation", "a/Cat-70B", baseline="a/Bear")
    for name in ("a/Dog-Big-8B", "a/Dog-Small-8B", "a/Cow-8B"):
        write(folder, "text_generation", name)
    for key, stated in {
        "aliases": {"Cat": ["Katze", "Kitten"]},
        "families": {"Pets": ["Cat", "Cow"]},
        "name_schemas": {"Cat": {"separator": "-", "part_order": ["base", "size"]}},
    }.items():
        (folder / "text_groups").mkdir(exist_ok=True)
        (folder / f"text_groups/{key}.json").write_text(json.dumps({key: stated}))
    return folder


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_every_command_says_the_same_in_every_form(words: tuple[str, ...], form: str, data: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    done = run("groups", *words, "--data", data, "--format", form)
    assert done.exit_code == 0
    match form:
        case "json":
            assert isinstance(json.loads(done.stdout), dict)
        case "csv":
            assert len({len(row) for row in rows(done.stdout)}) == 1
        case _:
            assert all(line == line.rstrip() for line in done.stdout.splitlines())
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_the_list_has_every_group(data: Path, run: Run) -> None:
    lines = run("groups", "list", "--data", data).stdout.splitlines()
    assert lines[0].split() == ["group", "models", "sizes", "family", "aliases"]
    assert lines[1].split() == ["Cat", "2", "70B,", "8B", "Pets", "Katze,", "Kitten"]
    assert lines[-1] == "4 groups, 5 models."
    assert rows(run("groups", "list", "--data", data, "--format", "csv").stdout)[2] == ["Cow", "1", "8B", "Pets", ""]


@pytest.mark.parametrize("name", ["Cat", "Kitten"])
def test_a_group_is_shown_under_each_of_its_names(name: str, data: Path, run: Run) -> None:
    lines = run("groups", "show", name, "--data", data).stdout.splitlines()
    assert lines[:5] == [
        "group:   Cat",
        "names:   {author}/{base}-{size} (as stated)",
        "not so:  a/Cat-8B-Instruct",
        "family:  Pets",
        "aliases: Katze, Kitten",
    ]
    assert lines[7].split() == ["a/Cat-70B", "70B", "a/Bear"]
    assert json.loads(run("groups", "show", name, "--data", data, "--format", "json").stdout)["group_name"] == "Cat"


@pytest.mark.parametrize(
    ("name", "hint"), [("Cap", "Did you mean Cat?"), ("Zebra", "See horde-reference groups list.")]
)
def test_a_group_that_is_not_there_gets_a_hint(name: str, hint: str, data: Path, run: Run) -> None:
    done = run("groups", "show", name, "--data", data)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"There is no group {name!r}. {hint}\n"


def test_a_name_that_is_no_text_is_no_group(data: Path) -> None:
    command = [sys.executable, "-m", "horde_reference", "groups", "show", "\udcff", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"There is no group" in done.stderr


def test_health_can_be_narrowed_to_one_kind(data: Path, run: Run) -> None:
    said: dict[str, Any] = json.loads(
        run("groups", "health", "--issue", "inconsistent_baseline", "--data", data, "--format", "json").stdout
    )
    assert [one["group_name"] for one in said["issues"]] == ["Cat"]
    assert said["issue_counts_by_type"] == {"inconsistent_baseline": 1}
    assert run("groups", "health", "--issue", "inconsistent_nsfw", "--data", data).stdout == "There are none.\n"
    assert run("groups", "health", "--issue", "nonsense", "--data", data).exit_code == 2


def test_families_are_proposed_and_never_written(data: Path, run: Run) -> None:
    lines = run("groups", "detect-families", "--data", data).stdout.splitlines()
    assert lines[1].split() == ["Dog", "Dog-Big,", "Dog-Small"]
    for option, value in (("--min-prefix-length", "4"), ("--min-family-size", "3")):
        assert run("groups", "detect-families", option, value, "--data", data).stdout == "There are none.\n"
    assert run("groups", "detect-families", "--min-family-size", "0", "--data", data).exit_code == 2


def test_what_is_stated_is_listed(data: Path, run: Run) -> None:
    assert run("groups", "families", "--data", data).stdout.splitlines()[1].split() == ["Pets", "Cat,", "Cow"]
    assert rows(run("groups", "aliases", "--data", data, "--format", "csv").stdout) == [
        ["group", "aliases"],
        ["Cat", "Katze, Kitten"],
    ]
    said = json.loads(run("groups", "aliases", "--data", data, "--format", "json").stdout)
    assert said == {"entries": [{"canonical": "Cat", "aliases": ["Katze", "Kitten"]}]}


def test_a_folder_without_text_models_has_no_groups(tmp_path: Path, write: Write, run: Run) -> None:
    write(tmp_path / "data", "clip", "One")
    done = run("groups", "list", "--data", tmp_path / "data")
    assert done.stdout == "There are none.\n0 groups, 0 models.\n"
    assert run("groups", "list", "--data", tmp_path / "nowhere").exit_code == 3
