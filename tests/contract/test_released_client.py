"""The released client reads our tree without noticing."""

import json
import os
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
CLIENT = "horde-model-reference==2.1.5"
SCRIPT = Path(__file__).parent / "released_client.py"


@pytest.fixture(scope="session")
def client_python() -> Path:
    """An interpreter that has the released client and nothing of ours; made once and kept."""
    home = ROOT / ".cache" / CLIENT
    python = home / "bin/python"
    if not (home / "installed").is_file():
        venv.create(home, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", CLIENT]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"{CLIENT} cannot be installed: {done.stderr[-300:]}")
        (home / "installed").touch()
    return python


def ask(python: Path, home: Path, *arguments: str | Path, **settings: str) -> dict[str, dict[str, Any]]:
    """Run the client by itself, with its caches in a folder of its own and without its GitHub fallback."""
    home.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "AIWORKER_CACHE_HOME": str(home),
        "HORDE_MODEL_REFERENCE_REPLICATE_MODE": "REPLICA",
        "HORDE_MODEL_REFERENCE_ENABLE_GITHUB_FALLBACK": "false",
        **settings,
    }
    done = subprocess.run(
        [python, SCRIPT, *arguments], env=environment, capture_output=True, text=True, check=False, cwd=home
    )
    assert done.returncode == 0, done.stderr[-2000:]
    records: dict[str, dict[str, Any]] = json.loads(done.stdout)["records"]
    return records


def said(value: Any) -> Any:
    """A value without what says nothing: the client takes an absent text and an empty one for the same."""
    match value:
        case dict():
            return {key: said(inner) for key, inner in value.items() if inner not in (None, "")}
        case list():
            return [said(inner) for inner in value]
    return value


def by_name(records: dict[str, Any]) -> dict[str, Any]:
    """Records by their own name: one legacy record has another key. Groups come later."""
    return {
        record["name"]: {key: inner for key, inner in said(record).items() if key != "text_model_group"}
        for record in records.values()
    }


def test_the_released_client_reads_what_it_converts_itself(
    client_python: Path, shared: Path, published: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    url = serve(published) + "/api"
    served = ask(client_python, tmp_path / "one", "served", HORDE_MODEL_REFERENCE_PRIMARY_API_URL=url)
    converted = ask(client_python, tmp_path / "two", "converted", shared / "corpus/image", shared / "corpus/text")
    assert sum(map(len, served.values())) == 913
    assert served.keys() == converted.keys()
    for category in converted:
        assert by_name(served[category]) == by_name(converted[category]), category


def test_the_released_client_reads_our_own_records(
    client_python: Path, serve: Callable[[Path], str], tmp_path: Path, run: Callable[..., Any]
) -> None:
    run("build", "--data", ROOT / "data", "--out", tmp_path / "public")
    url = serve(tmp_path / "public") + "/api"
    served = ask(client_python, tmp_path / "home", "served", HORDE_MODEL_REFERENCE_PRIMARY_API_URL=url)
    ours = {folder.name: len(list(folder.rglob("*.json"))) for folder in (ROOT / "data").iterdir() if folder.is_dir()}
    # The released client is older than the annotators.
    assert {category: len(records) for category, records in served.items()} == {
        category: count for category, count in ours.items() if category != "controlnet_annotator"
    }
