"""Trees that the tests of the client read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving import Misbehaving, misbehaving
from redis_server import RedisServer
from small_trees import records, tree_of


@pytest.fixture
def tree() -> dict[str, bytes]:
    return tree_of(*records())


@pytest.fixture
def server(tree: dict[str, bytes]) -> Iterator[Misbehaving]:
    with misbehaving(tree) as running_server:
        yield running_server


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()
