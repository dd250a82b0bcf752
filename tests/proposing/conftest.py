"""A GitHub with a repository of records, a clone of it in which commands run, and the proposals there."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import forge as making
import pytest
from forge_fixtures import emulator  # noqa: F401
from github_emulator import Emulator
from github_openapi import faults
from places import FILES, Place, ours
from proposed_models import Proposals


@pytest.fixture
def place(emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:  # noqa: F811
    with making.forge(emulator, tmp_path / "forge", FILES) as made:
        clone = tmp_path / "clone"
        subprocess.run(["git", "clone", "-q", made.hosting.folder(making.NAME), clone], check=True)
        monkeypatch.chdir(clone)
        names = {"GITHUB_REPOSITORY": making.NAME, "GITHUB_API_URL": made.address, "GITHUB_SERVER_URL": made.address}
        yield Place(made, clone, names)
        assert [fault for one in ours(made) for fault in faults(one)] == []


@pytest.fixture
def proposals(place: Place) -> Proposals:
    return Proposals(place)
