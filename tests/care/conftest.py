"""A GitHub with a repository of records, a clone of it, and hosts of weight files on loopback."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import forge as making
import pytest
from click.testing import CliRunner, Result
from downloads import Run
from forge_fixtures import emulator  # noqa: F401
from github_emulator import Emulator, token_of
from github_openapi import faults
from places import FILES, Place, ours
from usages import HASTY
from weight_hosts import Hosts, certificate, weight_hosts

from horde_reference.adapters.guarded import Network
from horde_reference.adapters.polite import Clock
from horde_reference.adapters.weights import Scales
from horde_reference.cli.main import cli
from horde_reference.workflows.hub import Hub, hub


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
