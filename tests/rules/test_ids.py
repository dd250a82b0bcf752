"""Ids of rules that readers of files report are ids of rules that have a page."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from horde_reference.rules.proposing import PROPOSAL_RULES
from horde_reference.rules.published import PUBLISHED_RULES
from horde_reference.rules.reading import READING_RULES
from horde_reference.rules.table import CORPUS_RULES, GROUP_RULES, GROUPING_RULES, RECORD_RULES, RULES

PACKAGE: Final = Path(__file__).parent.parent.parent / "generator/horde_reference"
READERS: Final = [
    "formats/shape.py",
    "formats/faults.py",
    "formats/canonical.py",
    "formats/grouping.py",
    "adapters/disk.py",
    "workflows/legacy_sources.py",
    "workflows/adopt.py",
    "workflows/remember.py",
    "workflows/fetched.py",
    "workflows/review.py",
    "rules/check.py",
]


def literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("rule", [rule.id for rule in READING_RULES])
def test_a_rule_without_a_function_is_reported_by_a_reader(rule: str) -> None:
    assert any(rule in literals(PACKAGE / reader) for reader in READERS)


def test_no_two_rules_have_one_id() -> None:
    tables = (READING_RULES, RECORD_RULES, CORPUS_RULES, GROUP_RULES, GROUPING_RULES, PROPOSAL_RULES, PUBLISHED_RULES)
    assert len(RULES) == sum(map(len, tables))


def test_every_adopt_finding_has_a_page() -> None:
    reported = {word for reader in READERS for word in literals(PACKAGE / reader) if word.startswith("adopt-")}
    assert reported == {rule for rule in RULES if rule.startswith("adopt-")}
