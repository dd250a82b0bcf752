"""The real legacy files as bytes, and what to ask git of two states of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from line_diffs import LineDiff, line_diff

from horde_reference.corpus import Corpus
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.gather import gather


@pytest.fixture(scope="session")
def corpus(adopted: Path) -> Corpus:
    """The records of the real legacy files."""
    return gather(adopted).corpus


@pytest.fixture(scope="session")
def legacy_file(shared: Path) -> Callable[[str], bytes]:
    """The real legacy file of a category."""

    def read(category: str) -> bytes:
        row = CATEGORIES[category]
        return (shared / "corpus" / str(row.repository) / str(row.legacy_file)).read_bytes()

    return read


@pytest.fixture
def diff(tmp_path: Path) -> Callable[[bytes, bytes], LineDiff]:
    """What git says of two states of a file."""
    return lambda before, after: line_diff(before, after, tmp_path)
