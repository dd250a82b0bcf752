"""What the form says of a new name is what the rules say of it."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from hard_names import ODD
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_examples import write_examples
from scripts import Scripts
from strategies import NAMES

from horde_reference.corpus import Corpus
from horde_reference.emit.site.proposing.told import told
from horde_reference.finding import Severity
from horde_reference.formats.canonical import decode, document_of, load
from horde_reference.formats.json_writing import compact
from horde_reference.formats.paths import path_of
from horde_reference.records.base import Record
from horde_reference.rules.check import check
from horde_reference.rules.identity import DEVICES, FORMS_OF_A_RECORD, MEANT_BY_HOSTS

MODULES: Final = "propose/json propose/known propose/names"
OBJECT: Final = """
  const known_ = new known.Known(asked.told.category, known.parsed(asked.others));
  return known.objections(asked.name, asked.told, known_).map(({ message, model }) => [message, model ?? null]);"""
NOT_BY_THE_NAME: Final = {"group-name-form", "legacy-key-shared", "legacy-limits"}
"""Rules that point to the name for what only the whole list shows, or what a record may excuse."""
PIECES: Final = st.sampled_from(
    [*DEVICES, *MEANT_BY_HOSTS, *FORMS_OF_A_RECORD, "/", ".", "..", " ", "\\", "\u200b", "\ufeff", "\x85", "e\u0301",
     "É", ".json", ".JSON", "a", "B", "koboldcpp/", "Aphrodite/", "http://", "x" * 236, "模" * 80]
)  # fmt: skip
ANY: Final = st.one_of(NAMES, st.lists(PIECES, min_size=1, max_size=4).map("".join))


def objected(node: Scripts, record: Record, others: Corpus) -> list[list[str]]:
    stated = {one.name: document_of(one) for one in others[record.category].values() if one.name != record.name}
    asked = {"told": json.loads(told(record.category)), "name": record.name, "others": json.dumps(stated)}
    found: list[list[str]] = node.run(MODULES, OBJECT, asked)
    return found


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("examples")
    write_examples(root)
    return root


def corpus_of(folder: Path) -> Corpus:
    files = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.json"))]
    return load(files).corpus


@cache
def refused(folder: Path) -> dict[str, list[Record]]:
    """Rule → records of a folder that it refuses for their names."""
    corpus = corpus_of(folder)
    by_path = {path_of(record.category, record.name): record for record in corpus}
    found: dict[str, list[Record]] = {}
    for one in check(corpus):
        if one.severity is Severity.ERROR and one.pointer == "/name" and one.rule not in NOT_BY_THE_NAME:
            found.setdefault(one.rule, []).append(by_path[one.path])
    return found


def test_the_form_refuses_each_example_that_a_rule_refuses_for_its_name(node: Scripts, examples: Path) -> None:
    seen: set[str] = set()
    for folder in sorted((examples / "bad").iterdir()):
        for rule, records in refused(folder).items():
            for record in records:
                assert objected(node, record, corpus_of(folder)), (rule, record.name)
                seen.add(rule)
    assert seen >= {"name-form", "reserved-name", "invisible-characters", "backend-prefix", "name-is-address"}
    assert seen >= {"path-collision", "folder-collision", "short-name-shared"}


def test_the_form_takes_each_example_that_the_rules_take(node: Scripts, examples: Path) -> None:
    for rule in ("name-form", "reserved-name", "invisible-characters", "backend-prefix", "name-is-address",
                 "path-collision", "folder-collision", "short-name-shared"):  # fmt: skip
        corpus = corpus_of(examples / "good" / rule)
        assert len(corpus)
        for record in corpus:
            assert objected(node, record, corpus) == [], (rule, record.name)


def test_names_that_a_server_may_stumble_over_are_taken(node: Scripts) -> None:
    for name in ODD:
        record = decode("clip", compact({"name": name}))
        assert objected(node, record, Corpus.of([])) == []


@settings(max_examples=300, deadline=None)
@given(category=st.sampled_from(["clip", "text_generation"]), name=ANY)
def test_of_any_name_form_and_rules_say_the_same(node: Scripts, category: str, name: str) -> None:
    needed: dict[str, Any] = {"text_generation": {"parameters": 1}}.get(category, {})
    record = decode(category, compact({"name": name, **needed}))
    found = check(Corpus.of([record]))
    is_refused = any(
        one.severity is Severity.ERROR and one.pointer == "/name" and one.rule not in NOT_BY_THE_NAME for one in found
    )
    assert bool(objected(node, record, Corpus.of([]))) == is_refused
