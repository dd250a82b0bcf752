"""The fixture of a GitHub with records, for the conftest of a folder: `from place_fixtures import emulator, place`."""

from collections.abc import Iterator
from pathlib import Path

import forge as making
import pytest
from forge_fixtures import emulator
from github_emulator import Emulator
from github_openapi import faults
from places import FILES, Place, ours

__all__ = ["emulator", "place"]


@pytest.fixture
def place(emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A GitHub with a repository of records, and a clone of it in which commands run."""
    with making.forge(emulator, tmp_path / "forge", FILES) as made:
        yield Place.cloned(made, tmp_path / "clone", monkeypatch)
        assert [fault for one in ours(made) for fault in faults(one)] == []
