"""stats, risk and popular, as tables, JSON and CSV."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from horde_reference.analytics.presets import PRESETS
from horde_reference.analytics.usage import Counted, Usage, Use, encode

Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    folder = tmp_path / "data"
    for name in ("Lantern", "Quill", "Forgotten"):
        write(folder, "image_generation", name)
    for name in ("a/Lantern-8B", "a/Lantern-70B", "b/Quill-3B"):
        write(folder, "text_generation", name)
    return folder


@pytest.fixture
def usage(tmp_path: Path) -> Path:
    image = {
        "Lantern": Use(day=9, month=90, total=900, workers=1),
        "Quill": Use(day=2, month=900, total=901, workers=0),
    }
    text = {"koboldcpp/Lantern-8B": Use(day=1, month=60, total=70, workers=2)}
    path = tmp_path / "usage.json"
    path.write_bytes(encode(Usage(fetched_at=86_400, image=Counted(models=image), text=Counted(models=text))))
    return path


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def test_stats_count_categories_that_have_records(data: Path, run: Run) -> None:
    found = json.loads(run("stats", "--data", data, "--format", "json").stdout)
    assert {name: one["total_models"] for name, one in found.items()} == {"image_generation": 3, "text_generation": 3}
    counted = rows(run("stats", "text_generation", "--data", data, "--grouped", "--format", "csv"))
    assert [row["count"] for row in counted if row["what"] == "models"] == ["2"]
    assert "parameters  6-9B" in run("stats", "text_generation", "--data", data).stdout


def test_risk_shows_the_most_used_first(data: Path, usage: Path, run: Run) -> None:
    shown = run("risk", "image_generation", "--data", data, "--usage", usage)
    assert [line.split()[0] for line in shown.stdout.splitlines()[1:-1]] == ["Quill", "Lantern", "Forgotten"]
    assert "1970-01-02" in shown.stdout
    table = rows(run("risk", "image_generation", "--data", data, "--usage", usage, "--format", "csv", "--limit", "1"))
    assert [row["usage_month"] for row in table] == ["900"]
    grouped = json.loads(
        run("risk", "text_generation", "--grouped", "--data", data, "--usage", usage, "--format", "json").stdout
    )
    assert {one["name"]: one["usage_month"] for one in grouped["models"]} == {"Lantern": 60, "Quill": 0}


@pytest.mark.parametrize(
    ("preset", "expected"),
    [("zero_usage", {"Forgotten"}), ("no_workers", {"Quill", "Forgotten"}), ("critical", {"Forgotten"})],
)
def test_risk_takes_a_selection(preset: str, expected: set[str], data: Path, usage: Path, run: Run) -> None:
    said = run("risk", "image_generation", "--preset", preset, "--data", data, "--usage", usage, "--format", "json")
    assert {one["name"] for one in json.loads(said.stdout)["models"]} == expected


@pytest.mark.parametrize("preset", PRESETS)
def test_the_help_names_every_selection(preset: str, run: Run) -> None:
    assert preset in run("risk", "--help").stdout


def test_popular_ranks(data: Path, usage: Path, run: Run) -> None:
    call = ("popular", "image_generation", "--data", data, "--usage", usage, "--format", "csv")
    assert [row["name"] for row in rows(run(*call))] == ["Lantern", "Quill"]
    assert [row["name"] for row in rows(run(*call, "--by", "month"))] == ["Quill", "Lantern"]


@pytest.mark.parametrize("command", ["risk", "popular"])
def test_without_usage_that_is_said(command: str, data: Path, tmp_path: Path, run: Run) -> None:
    assert "Nothing is known of usage" in run(command, "image_generation", "--data", data).stdout
    missing = run(command, "image_generation", "--data", data, "--usage", tmp_path / "none.json")
    assert (missing.exit_code, "Warning: There is no snapshot" in missing.stderr) == (0, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [(("risk", "unheard_of"), 2), (("risk", "clip", "--preset", "unheard_of"), 2), (("stats", "--data", "/none"), 3)],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], code: int, run: Run) -> None:
    assert run(*words).exit_code == code
