"""A repository of our records and of names that are hard to serve, built for each host and served by it."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from asking import Asker
from hard_names import ODD
from hosts import PROMISES, Promise, Served
from repositories import Repository

from horde_reference.adapters.marker import MARKER
from horde_reference.emit.hosting.host import Host
from horde_reference.workflows.build import Wishes, build

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("repository"))
    shutil.copytree(ROOT / "data", made.data)
    made.commit("Our records")
    for name in ODD:
        made.write("image_generation", name, description=f"<script>alert('{name}')</script> & more", version="1")
    made.commit("Names that are hard to serve")
    return made


def files_of(root: Path) -> dict[str, bytes]:
    """The files of a built tree, but for the marker."""
    paths = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(paths.items()) if name != MARKER}


def built(repository: Repository, out: Path, host: Host) -> Path:
    assert build(repository.data, out, Wishes(host=host)).written
    return out


@pytest.fixture(scope="session")
def canonical(repository: Repository, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The tree itself, arranged for no host."""
    return files_of(built(repository, tmp_path_factory.mktemp("plain") / "public", Host.PLAIN))


@pytest.fixture(scope="session", params=PROMISES, ids=lambda promise: promise.name)
def served(
    request: pytest.FixtureRequest, repository: Repository, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Every host in turn, with the tree as it is built for it."""
    promise: Promise = request.param
    home = tmp_path_factory.mktemp(promise.name)
    root = built(repository, home / "public", promise.profile)
    with promise.run(root, home) as port:
        ask = Asker(port)
        yield Served(promise, port, ask)
        ask.close()
