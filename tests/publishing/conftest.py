"""A GitHub on loopback whose main branch holds this program."""

from pathlib import Path

import pytest
from place_fixtures import emulator, place  # noqa: F401
from places import Place, program_on_main
from workflow_runner import Machine


@pytest.fixture
def machine(place: Place, tmp_path: Path) -> Machine:
    return program_on_main(place, tmp_path)
