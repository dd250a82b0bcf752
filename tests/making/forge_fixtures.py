"""Fixtures of a GitHub, for the conftest of a folder that needs one: `from forge_fixtures import emulator, forge`."""

from collections.abc import Iterator
from pathlib import Path

import forge as making
import github_emulator
import pytest
from github_openapi import faults

FILES = {"README.md": b"# Reference\n", "data/clip/ViT.json": b'{"name":"ViT"}\n'}


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[github_emulator.Emulator]:
    """GitHub's API, for all tests that run in this process."""
    with github_emulator.emulator(tmp_path_factory.mktemp("emulator")) as running:
        yield running


@pytest.fixture
def forge(emulator: github_emulator.Emulator, tmp_path: Path) -> Iterator[making.Forge]:
    """A GitHub with one repository. What is asked of it must satisfy GitHub's official description."""
    with making.forge(emulator, tmp_path / "forge", FILES) as made:
        yield made
        ours = [one for one in made.requests if one.headers.get("User-Agent", "").startswith("horde-reference/")]
        assert [fault for one in ours for fault in faults(one)] == []
