"""A GitHub on loopback whose main branch holds this program."""

from collections.abc import Iterator
from pathlib import Path

import forge as making
import pytest
from forge_fixtures import emulator  # noqa: F401
from github_emulator import Emulator
from places import FILES, Place, program_on_main
from workflow_runner import Machine


@pytest.fixture
def place(emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:  # noqa: F811
    with making.forge(emulator, tmp_path / "forge", FILES) as made:
        yield Place.cloned(made, tmp_path / "clone", monkeypatch)


@pytest.fixture
def machine(place: Place, tmp_path: Path) -> Machine:
    return program_on_main(place, tmp_path)
