"""A GitHub with a repository of records, a clone of it, and hosts of weight files on loopback."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from downloads import Run
from github_emulator import token_of
from place_fixtures import emulator, place  # noqa: F401
from places import Place
from usages import HASTY
from weight_hosts import Hosts, certificate, weight_hosts

from horde_reference.adapters.guarded import Network
from horde_reference.adapters.polite import Clock
from horde_reference.adapters.weights import Scales
from horde_reference.cli.main import cli
from horde_reference.workflows.hub import Hub, hub


@pytest.fixture
def found(place: Place) -> Iterator[Hub]:
    """The repository, as a workflow finds it."""
    with hub({**place.env, "GITHUB_TOKEN": token_of("reviewer")}) as made:
        yield made


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("hosts"))


@pytest.fixture
def world(pem: Path) -> Iterator[tuple[Hosts, Network]]:
    with weight_hosts(pem) as made:
        yield made


@pytest.fixture
def hosts(world: tuple[Hosts, Network]) -> Hosts:
    return world[0]


@pytest.fixture
def scales(world: tuple[Hosts, Network]) -> Scales:
    """Scales that reach the hosts on loopback, for whom no pause takes any time."""
    return Scales(Clock(time.monotonic, lambda _seconds: None), world[1], HASTY, small=0)


@pytest.fixture
def asking(scales: Scales, place: Place) -> Run:
    """Run a command that asks hosts, in the clone, as somebody."""

    def run(*words: object, who: str = "reviewer") -> Result:
        runner = CliRunner(env={**place.env, "GITHUB_TOKEN": token_of(who)})
        return runner.invoke(cli, [*map(str, words)], obj=scales)

    return run
