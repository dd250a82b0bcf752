"""Apply all rules to a corpus."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from horde_reference.corpus import Corpus
from horde_reference.finding import Finding, Problem, did_you_mean, pointer
from horde_reference.formats.paths import path_of
from horde_reference.records.base import Record
from horde_reference.records.categories import CATEGORIES
from horde_reference.rules.rule import RecordRule, Rule
from horde_reference.rules.screens import SCREENS, Screen
from horde_reference.rules.table import CORPUS_RULES, GROUP_RULES, GROUPING_RULES, RECORD_RULES, RULES
from horde_reference.text.grouping import NOTHING_STATED, Grouping
from horde_reference.text.groups import Group, groups_of, text_models

Plan = tuple[tuple[Screen, tuple[RecordRule, ...]], ...]
"""Screens, and the rules that look at a record which a screen does not pass."""


def _plan(record: type[Record]) -> Plan:
    rules = [rule for rule in RECORD_RULES if issubclass(record, rule.kinds)]
    screened = frozenset[str]().union(*(ids for _, ids in SCREENS))
    steps = [(screen, tuple(rule for rule in rules if rule.id in ids)) for screen, ids in SCREENS]
    always = tuple(rule for rule in rules if rule.id not in screened)
    return tuple((screen, found) for screen, found in (*steps, (_passes_none, always)) if found)


def _passes_none(_record: Record) -> bool:
    return False


_PLANS: Final = {name: _plan(category.record) for name, category in CATEGORIES.items()}

_NEED_OTHERS: Final = frozenset(rule.id for rule in (*CORPUS_RULES, *GROUP_RULES))

EXCUSABLE: Final = tuple(rule.id for rule in RULES.values() if rule.excusable)
"""Ids of the rules that a record may state an exception to."""


def check(
    corpus: Corpus,
    grouping: Grouping = NOTHING_STATED,
    groups: Mapping[str, Group] | None = None,
    *,
    complete: bool = True,
) -> list[Finding]:
    """All that the rules find, paths relative to `data/`, less what records state as exceptions.

    Args:
        corpus: the records.
        grouping: what is stated of the groups of text models.
        groups: the groups of those that are offered, where they are known already.
        complete: whether all records could be read. If not, no exception to a rule on how records stand to each other
            is called unneeded, and no group is said to be missing, since the other record may be among those.
    """
    if groups is None:
        groups = groups_of(text_models(corpus.offered()))
    findings = list(_of_grouping(grouping, groups, complete=complete))
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record, rule, problem in _problems(corpus, groups):
        if rule.excusable and rule.id in record.exceptions:
            used[record.category, record.name].add(rule.id)
        else:
            findings.append(_finding(record, rule, problem))
    findings.extend(_idle_exceptions(corpus, used, _NEED_OTHERS if not complete else frozenset()))
    return sorted(findings)


def _problems(corpus: Corpus, groups: Mapping[str, Group]) -> Iterator[tuple[Record, Rule, Problem]]:
    yield from _of_single_records(corpus)
    offered = corpus.offered()
    for across in CORPUS_RULES:
        for record, problem in across.check(corpus if across.withdrawn_too else offered):
            yield record, across, problem
    for among in GROUP_RULES:
        for record, problem in among.check(groups):
            yield record, among, problem


def _of_single_records(corpus: Corpus) -> Iterator[tuple[Record, Rule, Problem]]:
    for category, members in corpus.categories.items():
        plan = _PLANS[category]
        for record in members.values():
            for screen, rules in plan:
                if not screen(record):
                    yield from _broken(record, rules)


def _of_grouping(grouping: Grouping, groups: Mapping[str, Group], *, complete: bool) -> Iterator[Finding]:
    for rule in GROUPING_RULES:
        if complete or not rule.needs_all:
            for path, problem in rule.check(grouping, groups):
                yield Finding(path, 0, problem.pointer, rule.id, rule.severity, problem.message, problem.hint)


def _broken(record: Record, rules: Iterable[RecordRule]) -> Iterator[tuple[Record, Rule, Problem]]:
    for rule in rules:
        for problem in rule.check(record):
            yield record, rule, problem


def _idle_exceptions(
    corpus: Iterable[Record], used: dict[tuple[str, str], set[str]], undecided: AbstractSet[str]
) -> Iterator[Finding]:
    for record in corpus:
        for stated in record.exceptions:
            if stated in RULES and stated not in EXCUSABLE:
                problem = Problem(pointer("exceptions", stated), f"No record may break {stated}.", "Mend the record.")
                yield _finding(record, RULES["unknown-exception"], problem)
            elif stated not in RULES:
                message = f"{stated!r} is not a rule."
                problem = Problem(pointer("exceptions", stated), message, did_you_mean(stated, EXCUSABLE))
                yield _finding(record, RULES["unknown-exception"], problem)
            elif stated not in used[record.category, record.name] and stated not in undecided:
                message = f"The record does not break {stated}; the exception excuses nothing."
                problem = Problem(pointer("exceptions", stated), message, "Remove it.")
                yield _finding(record, RULES["unneeded-exception"], problem)


def _finding(record: Record, rule: Rule, problem: Problem) -> Finding:
    path = path_of(record.category, record.name)
    return Finding(path, 0, problem.pointer, rule.id, rule.severity, problem.message, problem.hint, rule.fixable)
