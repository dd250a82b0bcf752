"""Repositories of records: an empty one, and one with a long past."""

from pathlib import Path

import pytest
from repositories import Repository, write_long_past


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository without commits."""
    return Repository(tmp_path / "repository")


@pytest.fixture(scope="session")
def long_past(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with some hundred commits; nobody writes to it."""
    made = Repository(tmp_path_factory.mktemp("past") / "repository")
    write_long_past(made)
    return made
