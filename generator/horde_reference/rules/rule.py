"""What a rule is."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from horde_reference.corpus import Corpus
from horde_reference.finding import Problem, Severity
from horde_reference.records.base import Record
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import Group

RecordCheck = Callable[[Any], Iterable[Problem]]
"""Record of the rule's kind → what is wrong with it."""
CorpusCheck = Callable[[Corpus], Iterable[tuple[Record, Problem]]]
"""Corpus → records and what is wrong with them."""

GroupCheck = Callable[[Mapping[str, Group]], Iterable[tuple[Record, Problem]]]
"""Groups of text models by name → records and what is wrong with them."""
GroupingCheck = Callable[[Grouping, Mapping[str, Group]], Iterable[tuple[str, Problem]]]
"""What is stated of groups, and the groups → files below `data/` and what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule has, whoever checks it."""

    id: str
    """Id, words joined by `-`: what findings, exceptions and addresses of pages use."""
    severity: Severity
    """Whether its findings fail a check."""
    doc: str
    """What, why and how to fix, in Markdown: a summary line, then paragraphs."""
    fixable: bool = False
    """Whether `horde-reference fix` mends what it finds."""
    excusable: bool = False
    """Whether a record may state an exception to it."""

    @property
    def summary(self) -> str:
        """What it asks for, in a sentence."""
        return self.doc.partition("\n")[0]


@dataclass(frozen=True, slots=True)
class RecordRule(Rule):
    """A rule on one record."""

    check: RecordCheck = lambda _record: ()
    kinds: tuple[type[Record], ...] = (Record,)
    """Record types that it applies to."""


@dataclass(frozen=True, slots=True)
class CorpusRule(Rule):
    """A rule on how records stand to each other."""

    check: CorpusCheck = lambda _corpus: ()
    withdrawn_too: bool = False
    """Whether it looks at records that are withdrawn as well."""


@dataclass(frozen=True, slots=True)
class GroupRule(Rule):
    """A rule on the groups that text models form."""

    check: GroupCheck = lambda _groups: ()


@dataclass(frozen=True, slots=True)
class GroupingRule(Rule):
    """A rule on what is stated of these groups."""

    check: GroupingCheck = lambda _grouping, _groups: ()
    needs_all: bool = False
    """Whether it can be told only where every record could be read."""


def _id(check: Callable[..., Any]) -> str:
    return check.__name__.replace("_", "-")


def error(check: RecordCheck, *kinds: type[Record], excusable: bool = True) -> RecordRule:
    """A rule on records of these kinds (all, if none are named) whose findings fail a check."""
    doc = inspect.getdoc(check) or ""
    return RecordRule(_id(check), Severity.ERROR, doc, False, excusable, check, kinds or (Record,))


def warning(check: RecordCheck, *kinds: type[Record], fixable: bool = False) -> RecordRule:
    """A rule on records of these kinds (all, if none are named) whose findings do not fail a check."""
    doc = inspect.getdoc(check) or ""
    return RecordRule(_id(check), Severity.WARNING, doc, fixable, True, check, kinds or (Record,))


def across(check: CorpusCheck, *, excusable: bool = False, withdrawn_too: bool = False) -> CorpusRule:
    """A rule on the whole corpus, or on what is offered of it, whose findings fail a check."""
    doc = inspect.getdoc(check) or ""
    return CorpusRule(_id(check), Severity.ERROR, doc, False, excusable, check, withdrawn_too)


def on_groups(check: GroupCheck, severity: Severity, *, excusable: bool) -> GroupRule:
    """A rule on the groups that the text models on offer form."""
    return GroupRule(_id(check), severity, inspect.getdoc(check) or "", False, excusable, check)


def on_grouping(check: GroupingCheck, *, needs_all: bool = False) -> GroupingRule:
    """A rule on what is stated of these groups, whose findings fail a check."""
    return GroupingRule(_id(check), Severity.ERROR, inspect.getdoc(check) or "", False, False, check, needs_all)
