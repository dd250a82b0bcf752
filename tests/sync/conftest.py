"""A GitHub with a repository of records and both legacy repositories, which say the same to begin with."""

from collections.abc import Iterator
from pathlib import Path

import forge as making
import pytest
from forge_fixtures import emulator  # noqa: F401
from github_emulator import Emulator
from github_openapi import faults
from places import Place, ours
from syncing import NAMES, RECORDS, World, legacy_files


@pytest.fixture
def world(emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with making.forge(emulator, tmp_path / "forge", RECORDS) as made:
        for repo, files in legacy_files().items():
            made.make(NAMES[repo], files)
        place = Place.cloned(made, tmp_path / "clone", monkeypatch)
        place.env |= {f"HORDE_GITHUB_SYNC_{repo.upper()}_REPO": name for repo, name in NAMES.items()}
        yield World(place)
        assert [fault for one in ours(made) for fault in faults(one)] == []


@pytest.fixture(params=["image", "text"])
def either(world: World, request: pytest.FixtureRequest) -> World:
    """The same for each of the two legacy repositories."""
    world.repo = request.param
    return world
