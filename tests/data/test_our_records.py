"""Our own records are right, and our own."""

import json
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from horde_reference.corpus import Corpus
from horde_reference.records.categories import CATEGORIES
from horde_reference.workflows.gather import gather

DATA = Path(__file__).parent.parent.parent / "data"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return gather(DATA).corpus


def test_they_pass_every_check(run: Callable[..., Result]) -> None:
    assert run("check", "--data", DATA).exit_code == 0


def test_fix_has_nothing_to_do() -> None:
    assert not [finding for finding in gather(DATA).findings if finding.fixable]


def test_they_cover_every_category_that_is_managed_here(corpus: Corpus) -> None:
    assert len(corpus) >= 120
    empty = {name for name, count in corpus.counts().items() if count == 0}
    assert empty == {name for name, category in CATEGORIES.items() if category.managed_elsewhere}


def test_every_record_is_described_in_its_own_words(corpus: Corpus) -> None:
    described = [record.description for record in corpus]
    assert None not in described
    assert len(set(described)) == len(described)


def legacy_facts(shared: Path) -> dict[str, dict[str, Any]]:
    """Legacy records of the image repository by name."""
    files = (shared / "corpus/image").glob("*.json")
    return {record["name"]: record for file in files for record in json.loads(file.read_bytes()).values()}


def test_facts_are_those_of_the_legacy_files_and_descriptions_are_not(corpus: Corpus, shared: Path) -> None:
    facts = legacy_facts(shared)
    compared = 0
    for record in corpus:
        known = facts.get(record.name)
        if known is None or CATEGORIES[record.category].repository != "image":
            continue
        hashes = {file["path"]: file.get("sha256sum", "").lower() for file in known["config"]["files"]}
        urls = {file["file_name"]: file["file_url"] for file in known["config"]["download"]}
        for download in record.config.download:
            assert download.file_url == urls[download.file_name]
            assert (download.sha256sum or "") == hashes[download.file_name]
        alike = SequenceMatcher(None, record.description or "", known.get("description") or "").ratio()
        assert alike < 0.7, record.name
        compared += 1
    assert compared > 80
