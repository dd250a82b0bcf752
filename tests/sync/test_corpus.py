"""Syncs of the real legacy files: no edit, no byte; one edit, its own lines."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from released import interpreter
from syncing import files_of

from horde_reference.formats.canonical import format_document
from horde_reference.formats.legacy_database import database_of

Run = Callable[..., Result]
IMAGE, TEXT = "image_generation/Deliberate.json", "text_generation/Gryphe/MythoMax-L2-13b.json"


@pytest.fixture
def data(adopted: Path, tmp_path: Path) -> Path:
    """The records, to be edited."""
    return Path(shutil.copytree(adopted, tmp_path / "data"))


@pytest.fixture(params=["image", "text"])
def repo(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def revise(data: Path, path: str, change: Callable[[dict[str, Any]], None]) -> None:
    file = data / path
    document = json.loads(file.read_bytes())
    change(document)
    document.pop("$schema", None)
    file.write_bytes(format_document(path.partition("/")[0], document))


def lines_of(patch: Path) -> dict[str, tuple[int, int]]:
    """Git's own numbers: path → lines added and removed."""
    if not patch.read_bytes():
        return {}
    said = subprocess.run(["git", "apply", "--numstat", patch], capture_output=True, text=True, check=True).stdout
    rows = (line.split("\t") for line in said.splitlines())
    return {path: (int(added), int(removed)) for added, removed, path in rows}


def planned(run: Run, shared: Path, data: Path, repo: str, out: Path, *more: str) -> dict[str, tuple[int, int]]:
    done = run(
        "sync", "plan", "--repo", repo, "--data", data, "--target", shared / "corpus" / repo, "--out", out, *more
    )
    assert done.exit_code == 0, done.output
    applied = out / "applied"
    shutil.copytree(shared / "corpus" / repo, applied, ignore=shutil.ignore_patterns("*.md", ".*"))
    patch = out / f"{repo}.patch"
    if patch.read_bytes():
        subprocess.run(["git", "apply", patch], cwd=applied, check=True)
    for name, body in files_of(out).items():
        assert name.endswith(".patch") or (applied / name).read_bytes() == body
    if repo == "text":
        assert (applied / "db.json").read_bytes() == database_of((applied / "models.csv").read_bytes())
    return lines_of(patch)


def test_without_an_edit_there_is_nothing_to_sync(
    run: Run, shared: Path, adopted: Path, repo: str, tmp_path: Path
) -> None:
    before = files_of(shared / "corpus" / repo)
    assert planned(run, shared, adopted, repo, tmp_path / "out") == {}
    assert (tmp_path / "out" / f"{repo}.patch").read_bytes() == b""
    assert files_of(shared / "corpus" / repo) == before


def described(document: dict[str, Any]) -> None:
    document["description"] = "Another description."


def test_a_description_is_one_line(run: Run, shared: Path, data: Path, tmp_path: Path) -> None:
    revise(data, IMAGE, described)
    revise(data, TEXT, described)
    assert planned(run, shared, data, "image", tmp_path / "a") == {"stable_diffusion.json": (1, 1)}
    assert planned(run, shared, data, "text", tmp_path / "b") == {"models.csv": (1, 1), "db.json": (3, 3)}


def test_a_sha256_is_one_line(run: Run, shared: Path, data: Path, tmp_path: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        document["config"]["download"][0]["sha256sum"] = "0123456789abcdef" * 4
        document.get("legacy", {}).pop("md5sums", None)

    plain = next(
        path.relative_to(data).as_posix()
        for path in sorted((data / "image_generation").glob("*.json"))
        if "md5sums" not in path.read_text() and len(json.loads(path.read_bytes())["config"]["download"]) == 1
    )
    revise(data, plain, change)
    assert planned(run, shared, data, "image", tmp_path / "out") == {"stable_diffusion.json": (1, 1)}


def test_sums_that_a_fix_writes_in_lower_case_stay_as_they_are(
    run: Run, shared: Path, data: Path, tmp_path: Path
) -> None:
    before = (data / "image_generation").glob("*.json")
    upper = [path for path in before if re.search(r'"sha256sum": "[0-9a-f]*[A-F]', path.read_text())]
    assert len(upper) > 40
    run("fix", "--data", data)
    planned(run, shared, data, "image", tmp_path / "out")
    patch = (tmp_path / "out/image.patch").read_text()
    changed = [line for line in patch.splitlines() if line.startswith(("+ ", "- "))]
    assert changed, "blanks at the edges of two descriptions go"
    assert [line for line in changed if '"description"' not in line] == []


def test_parameters_are_one_line_and_what_is_made_of_it(run: Run, shared: Path, data: Path, tmp_path: Path) -> None:
    revise(data, TEXT, lambda document: document.update(parameters=14_000_000_000))
    found = planned(run, shared, data, "text", tmp_path / "out")
    assert found["models.csv"] == (1, 1)
    assert found["db.json"] == (6, 6), "three keys, each with its parameters and its tag"


def test_a_model_more_is_its_own_lines(run: Run, shared: Path, data: Path, tmp_path: Path) -> None:
    for path, name in ((IMAGE, "Zzz New"), (TEXT, "zzz/New-13b")):
        document = {**json.loads((data / path).read_bytes()), "name": name}
        document.pop("legacy", None)
        document.pop("$schema", None)
        category = path.partition("/")[0]
        (data / category / f"{name}.json").parent.mkdir(exist_ok=True)
        document["config"] = {"download": [
            {**one, "file_name": "zzz.safetensors", "sha256sum": "fedcba9876543210" * 4, "file_url": "https://huggingface.co/zzz/new"}
            for one in document.get("config", {}).get("download", [])[:1]
        ]} if category == "image_generation" else document.get("config", {})  # fmt: skip
        (data / category / f"{name}.json").write_bytes(format_document(category, document))
    image = planned(run, shared, data, "image", tmp_path / "a")
    added, removed = image["stable_diffusion.json"]
    entry = json.loads((tmp_path / "a/stable_diffusion.json").read_bytes())["Zzz New"]
    own = len(json.dumps({"Zzz New": entry}, indent=4).splitlines()) - 2
    assert (len(image), added, removed) == (1, own, 0)
    text = planned(run, shared, data, "text", tmp_path / "b")
    assert text["models.csv"] == (1, 0)
    assert text["db.json"][1] <= 1


def test_a_model_less_is_its_own_lines(run: Run, shared: Path, data: Path, tmp_path: Path) -> None:
    (data / IMAGE).unlink()
    (data / TEXT).unlink()
    entry = json.loads((shared / "corpus/image/stable_diffusion.json").read_bytes())["Deliberate"]
    own = len(json.dumps({"Deliberate": entry}, indent=4).splitlines()) - 2
    assert planned(run, shared, data, "image", tmp_path / "a") == {"stable_diffusion.json": (0, own)}
    text = planned(run, shared, data, "text", tmp_path / "b")
    assert text["models.csv"] == (0, 1)
    assert text["db.json"][0] == 0


def test_another_name_is_the_lines_with_the_name(run: Run, shared: Path, data: Path, tmp_path: Path) -> None:
    for path, old, new in (
        (IMAGE, "Deliberate", "Deliberate One"),
        (TEXT, "Gryphe/MythoMax-L2-13b", "Gryphe/MythoMax-L2-13B-x"),
    ):
        document = json.loads((data / path).read_bytes()) | {"name": new, "aliases": [old]}
        document.pop("$schema", None)
        (data / path).unlink()
        category = path.partition("/")[0]
        (data / category / f"{new}.json").write_bytes(format_document(category, document))
    assert planned(run, shared, data, "image", tmp_path / "a") == {"stable_diffusion.json": (2, 2)}
    text = planned(run, shared, data, "text", tmp_path / "b")
    assert text["models.csv"] == (1, 1)
    assert text["db.json"][0] == text["db.json"][1]


def test_the_released_client_reads_what_would_be_pushed(
    run: Run, shared: Path, data: Path, repo: str, tmp_path: Path
) -> None:
    (data / IMAGE).unlink()
    revise(data, TEXT, described)
    python = interpreter()
    planned(run, shared, data, repo, tmp_path / "out", "--released-python", str(python))
    done = run(
        "sync",
        "plan",
        "--repo",
        repo,
        "--data",
        data,
        "--target",
        shared / "corpus" / repo,
        "--released-python",
        python,
    )
    assert "would refuse" not in done.output
