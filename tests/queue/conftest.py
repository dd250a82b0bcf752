"""A GitHub with a repository of records, and a clone of it in which commands run."""

from collections.abc import Iterator
from pathlib import Path

import forge as making
import pytest
from forge_fixtures import emulator  # noqa: F401
from github_emulator import Emulator
from github_openapi import faults
from places import FILES, Place, ours


@pytest.fixture
def place(emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:  # noqa: F811
    with making.forge(emulator, tmp_path / "forge", FILES) as made:
        yield Place.cloned(made, tmp_path / "clone", monkeypatch)
        assert [fault for one in ours(made) for fault in faults(one)] == []
