"""Every workflow holds our laws, and every law can be broken."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from workflow_files import ACTIONS, WORKFLOWS, WorkflowFile
from workflow_laws import LAWS, broken

HERE = Path(__file__).parent
GOOD = WorkflowFile(HERE / "good.yml")
FILES = [WorkflowFile(path) for path in WORKFLOWS + ACTIONS]
OURS = pytest.mark.parametrize("file", FILES, ids=lambda file: file.path.name)
PIN = re.compile(r"uses:\s*([\w./-]+)@(\S+\s+#\s*\S+)")


def test_there_are_workflows() -> None:
    assert WORKFLOWS


@pytest.mark.parametrize("law", LAWS)
@OURS
def test_a_workflow_holds_every_law(file: WorkflowFile, law: str) -> None:
    assert broken(LAWS[law], file) == []


@pytest.mark.parametrize("law", LAWS)
def test_a_law_looks_at_something_and_lets_good_work_pass(law: str) -> None:
    looked = list(LAWS[law](GOOD))
    assert looked
    assert all(holds for _, holds in looked)


def test_every_law_has_a_workflow_that_breaks_it() -> None:
    assert {path.stem.partition("-")[0] for path in (HERE / "bad").glob("*.yml")} == set(LAWS)


@pytest.mark.parametrize("path", sorted((HERE / "bad").glob("*.yml")), ids=lambda path: path.stem)
def test_a_bad_workflow_breaks_its_law_and_no_other(path: Path) -> None:
    file = WorkflowFile(path)
    assert [law for law in LAWS if broken(LAWS[law], file)] == [path.stem.partition("-")[0]]


def test_an_action_has_one_pin_everywhere() -> None:
    pins = defaultdict(set)
    for path in WORKFLOWS + ACTIONS:
        for action, pin in PIN.findall(path.read_text()):
            pins[action].add(pin)
    assert pins
    assert {action: pinned for action, pinned in pins.items() if len(pinned) > 1} == {}
