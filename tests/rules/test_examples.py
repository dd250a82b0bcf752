"""Every rule has examples: a folder of records that break it, and one of their nearest neighbours that do not."""

import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from rule_examples import KINDS, write_examples

from horde_reference.finding import Finding, Severity
from horde_reference.rules.proposing import PROPOSAL_RULES
from horde_reference.rules.published import PUBLISHED_RULES
from horde_reference.rules.table import RULES
from horde_reference.workflows.fix import fix
from horde_reference.workflows.gather import gather

_OF_ADOPT: Final = "found in a legacy file, not in a folder of records"
_OF_THE_DISK: Final = "needs a real file system: links, permissions, a large file"
_OF_GIT: Final = "found in the history of a repository"
_OF_USAGE: Final = "found in a snapshot of usage"
_OF_THE_PUBLIC: Final = "found at an address that is public"
EXEMPT: Final[Mapping[str, str]] = {
    "adopt-duplicate-row": _OF_ADOPT,
    "adopt-exception": _OF_ADOPT,
    "adopt-key-differs": _OF_ADOPT,
    "adopt-not-in-legacy": _OF_ADOPT,
    "adopt-unknown-column": _OF_ADOPT,
    "adopt-unrepresentable": _OF_ADOPT,
    **{rule.id: "found in a proposal, not in a folder of records" for rule in PROPOSAL_RULES},
    **{rule.id: "found in what is public" for rule in PUBLISHED_RULES},
    "history-absent": _OF_GIT,
    "history-modified": _OF_GIT,
    "history-rewritten": _OF_GIT,
    "history-shallow": _OF_GIT,
    "approvers-form": "found in the file of approvers",
    "forged-approval": "found in the commits of a proposal",
    "published-file": _OF_THE_PUBLIC,
    "published-head": _OF_THE_PUBLIC,
    "published-page": _OF_THE_PUBLIC,
    "published-path": _OF_THE_PUBLIC,
    "published-unread": _OF_THE_PUBLIC,
    "queue-unreadable": "found in a file of the pending queue",
    "usage-absent": _OF_USAGE,
    "usage-partial": _OF_USAGE,
    "usage-stale": _OF_USAGE,
    "usage-unreadable": _OF_USAGE,
    "name-reused": _OF_GIT,
    "not-a-file": _OF_THE_DISK,
    "unreadable": _OF_THE_DISK,
    "too-large": _OF_THE_DISK,
}
"""Rules without examples here, and why; they are tested elsewhere."""

SHOWN: Final = sorted(RULES.keys() - EXEMPT.keys())
FIXABLE: Final = [rule for rule in SHOWN if RULES[rule].fixable]


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("examples")
    write_examples(root)
    return root


@cache
def found_in(folder: Path) -> list[Finding]:
    return gather(folder).findings


def found_by(rule: str, findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


def also_broken(folder: Path) -> set[str]:
    """Rules that an example cannot help breaking as well, as its file `.also` lists them."""
    listed = folder / ".also"
    return set(listed.read_text(encoding="utf-8").split()) if listed.exists() else set()


def number_of_lines(path: Path) -> int:
    """Lines of a file that is JSON; 0 for one that is not."""
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return 0
    return path.read_bytes().count(b"\n") + 1


def test_exempt_rules_exist() -> None:
    assert EXEMPT.keys() <= RULES.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_has_examples_and_every_example_is_named_after_a_rule(examples: Path, kind: str) -> None:
    assert sorted(folder.name for folder in (examples / kind).iterdir()) == SHOWN


@pytest.mark.parametrize("rule", SHOWN)
def test_a_bad_example_breaks_its_rule(examples: Path, rule: str) -> None:
    assert found_by(rule, found_in(examples / "bad" / rule))


@pytest.mark.parametrize("rule", SHOWN)
def test_a_bad_example_has_no_other_errors_than_it_says(examples: Path, rule: str) -> None:
    errors = {finding.rule for finding in found_in(examples / "bad" / rule) if finding.severity is Severity.ERROR}
    assert errors - {rule} == also_broken(examples / "bad" / rule)


@pytest.mark.parametrize("rule", SHOWN)
def test_findings_say_what_is_wrong_and_what_to_do(examples: Path, rule: str) -> None:
    assert all(finding.message.strip() and finding.hint.strip() for finding in found_in(examples / "bad" / rule))


@pytest.mark.parametrize("rule", SHOWN)
def test_findings_have_the_severity_of_their_rule(examples: Path, rule: str) -> None:
    assert all(finding.severity is RULES[finding.rule].severity for finding in found_in(examples / "bad" / rule))


@pytest.mark.parametrize("rule", SHOWN)
def test_findings_name_a_file_that_exists(examples: Path, rule: str) -> None:
    assert all(Path(finding.path).is_file() for finding in found_in(examples / "bad" / rule))


@pytest.mark.parametrize("rule", SHOWN)
def test_findings_on_a_value_name_a_line_of_its_file(examples: Path, rule: str) -> None:
    for finding in found_in(examples / "bad" / rule):
        if finding.pointer and (lines := number_of_lines(Path(finding.path))):
            assert 1 <= finding.line <= lines, finding


@pytest.mark.parametrize("rule", SHOWN)
def test_a_good_example_keeps_its_rule_and_has_no_errors(examples: Path, rule: str) -> None:
    findings = found_in(examples / "good" / rule)
    assert not found_by(rule, findings)
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("rule", FIXABLE)
def test_fix_mends_what_a_fixable_rule_finds_and_then_rests(examples: Path, rule: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(examples / "bad" / rule, data)
    assert not found_by(rule, fix(data).findings)
    assert not fix(data).paths


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_a_page_with_a_summary_a_reason_and_a_remedy(rule: str) -> None:
    summary, *paragraphs = RULES[rule].doc.split("\n\n")
    assert summary.strip()
    assert "\n" not in summary.strip()
    assert len([paragraph for paragraph in paragraphs if paragraph.strip()]) >= 2
