"""Read an issue that was made with a form: what is wanted of which model, or all that is wrong with the answers."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from horde_reference.finding import Finding, Problem, Severity, did_you_mean, pointer
from horde_reference.formats.shape import needed_keys, shown
from horde_reference.proposals.answer_values import read_value
from horde_reference.proposals.places import Path
from horde_reference.proposals.questions import (
    ASKABLE,
    CATEGORY_LABEL,
    OPERATION_LABEL,
    OPERATIONS,
    REMOVAL,
    TAKE_OUT,
    Operation,
    Question,
    questions_of,
)
from horde_reference.proposals.sections import LONGEST, Sections, as_lines, first_answer, sections_of

PROPOSAL_LABEL: Final = "proposal"
"""Label of issues that were made with a form."""
FORM: Final = "the form"
"""Path of findings on answers: they stand in no file."""
FORM_SECTION: Final = "form-section"
FORM_ANSWER: Final = "form-answer"

_NAME: Final = ("name",)
_NEEDED: Final = "A new model must state it. To change a model that is there already, choose `Change a model`."
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d")  # they spell words in several languages; names need none


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody wants of a model."""

    operation: Operation
    category: str
    """Name of the category."""
    name: str
    """Name of the model."""
    stated: Mapping[Path, Any] = field(default_factory=dict)
    """Place in the record → the JSON value to put there; the name is not among them."""
    dropped: tuple[Path, ...] = ()
    """Places in the record to empty."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an issue."""

    answers: Answers | None
    """What is wanted; `None` where anything is wrong: nothing is taken by half."""
    findings: list[Finding]
    """All that is wrong, in the order of the form."""


def is_proposal(labels: Iterable[str]) -> bool:
    """Whether an issue with these labels was made with a form."""
    return PROPOSAL_LABEL in labels


def read_form(body: str) -> Read:
    """Read the body of an issue, whoever wrote it and whatever it holds."""
    if len(body) > LONGEST:
        message = f"The issue has {len(body)} characters; no form makes more than {LONGEST}."
        return _refused(FORM_SECTION, [Problem("", message, "Shorten the answers.")])
    lines = as_lines(body)
    operation, category = (first_answer(lines, label) for label in (OPERATION_LABEL, CATEGORY_LABEL))
    unknown = [*_unknown(OPERATION_LABEL, operation, OPERATIONS), *_unknown(CATEGORY_LABEL, category, ASKABLE)]
    if unknown:
        return _refused(FORM_SECTION, unknown)
    return _read(lines, OPERATIONS[operation], category)


def _unknown(label: str, answer: str, known: Iterable[str]) -> Iterator[Problem]:
    if answer not in known:
        hint = did_you_mean(answer, known) if answer else "Open a new issue with the form."
        yield Problem("", f"The answer below `### {label}` is {shown(answer)}, which this form does not have.", hint)


def _refused(rule: str, problems: Iterable[Problem]) -> Read:
    return Read(None, list(_findings(rule, problems)))


def _findings(rule: str, problems: Iterable[Problem]) -> Iterator[Finding]:
    for one in problems:
        yield Finding(FORM, 0, one.pointer, rule, Severity.ERROR, one.message, one.hint)


def _read(lines: list[str], operation: Operation, category: str) -> Read:
    questions = REMOVAL if operation == "remove" else questions_of(category)
    found = sections_of(lines, questions)
    problems: list[Problem] = []
    dropped: list[Path] = []
    values = dict(_values(questions, found, dropped, problems))
    problems.extend(_lacking(operation, category, questions, found.empty))
    problems.extend(_senseless(operation, values, dropped))
    findings = [*_findings(FORM_SECTION, found.problems), *_findings(FORM_ANSWER, problems)]
    if findings:
        return Read(None, findings)
    name = values.pop(_NAME)
    return Read(Answers(operation=operation, category=category, name=name, stated=values, dropped=(*dropped,)), [])


def _values(
    questions: Iterable[Question], found: Sections, dropped: list[Path], problems: list[Problem]
) -> Iterator[tuple[Path, Any]]:
    """The answers as values, by the place that they belong to. Places to empty are added to `dropped`."""
    for question in questions:
        text = found.answers.get(question.label)
        if text is None:
            continue
        if hidden := list(_hidden(question, text)):
            problems.extend(hidden)
        elif text == TAKE_OUT and not question.required:
            dropped.append(question.path)
        else:
            value = read_value(question, text, problems)
            if question.path:
                yield question.path, value


def _hidden(question: Question, text: str) -> Iterator[Problem]:
    """The first character of an answer that nobody can see."""
    allowed = frozenset("\n") | (_JOINERS if question.path != _NAME else frozenset())
    for place, one in enumerate(text):
        if unicodedata.category(one) in _HIDDEN and one not in allowed:
            message = f"{question.label}: the character U+{ord(one):04X} at position {place + 1} cannot be seen."
            yield Problem(pointer(*question.path), message, "Type the answer anew.")
            return


def _lacking(
    operation: Operation, category: str, questions: Iterable[Question], empty: Collection[str]
) -> Iterator[Problem]:
    """Answers that are missing for what is wanted."""
    needed = needed_keys(category) if operation == "add" else frozenset()
    for question in questions:
        if question.label in empty and (question.required or "_".join(question.path) in needed):
            hint = "Answer it." if question.required else _NEEDED
            yield Problem(pointer(*question.path), f"{question.label}: there is no answer.", hint)


def _senseless(operation: Operation, values: Mapping[Path, Any], dropped: Iterable[Path]) -> Iterator[Problem]:
    """Answers that make no sense for what is wanted."""
    if operation == "add":
        for path in dropped:
            message = f"There is nothing to remove at {'.'.join(path)}: the model is new."
            yield Problem(pointer(*path), message, "Leave the answer empty.")
    elif operation == "update" and not dropped and values.keys() <= {_NAME}:
        yield Problem("", "Nothing is to be changed: all answers but the name are empty.", "Say what is to change.")
