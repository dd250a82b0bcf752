"""A GitHub with a repository of records, a clone of it in which commands run, and the proposals there."""

import pytest
from place_fixtures import emulator, place  # noqa: F401
from places import Place
from proposed_models import Proposals


@pytest.fixture
def proposals(place: Place) -> Proposals:
    return Proposals(place)
