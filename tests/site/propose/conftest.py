"""The form in a browser, and its scripts without one."""

from collections.abc import Iterator

import pytest
from scripts import Scripts, scripts


@pytest.fixture(scope="session")
def node() -> Iterator[Scripts]:
    with scripts() as found:
        yield found
