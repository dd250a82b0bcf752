"""The body of an issue, as GitHub makes it of a form: a heading and an answer for each question."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from horde_reference.finding import Problem
from horde_reference.formats.shape import shown
from horde_reference.proposals.answer_values import HEADING
from horde_reference.proposals.places import Kind
from horde_reference.proposals.questions import SHOWN_AS_CODE, Question

LONGEST: Final = 65536
"""Characters that GitHub lets an issue have."""

NO_RESPONSE: Final = "_No response_"
"""What GitHub writes where nothing was answered."""
_NOTHING: Final = {
    kind: frozenset({"", NO_RESPONSE, *(["None"] if kind in {Kind.CHOICE, Kind.FLAG} else [])}) for kind in Kind
}

FENCE: Final = "```"
"""What GitHub puts around an answer that a form shows as code."""
_ANEW: Final = "Open a new issue with the form, or put the headings back as the form has them."


@dataclass(frozen=True, slots=True)
class Sections:
    """What stands below the headings of a form."""

    answers: Mapping[str, str]
    """Label of a question → its answer."""
    empty: frozenset[str]
    """Labels of questions whose headings are there, with no answer below."""
    problems: list[Problem]
    """Headings that are missing or stand twice, and text above the first."""


def as_lines(body: str) -> list[str]:
    """The lines of a body, whatever ends them."""
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def first_answer(lines: Iterable[str], label: str) -> str:
    """The first line of the answer below a heading; empty where there is none."""
    rest = iter(lines)
    for line in rest:
        if line.rstrip() == HEADING + label:
            return next((one.strip() for one in rest if one.strip()), "")
    return ""


def sections_of(lines: Iterable[str], questions: Iterable[Question]) -> Sections:
    """The answers to these questions.

    Only a line that is exactly the heading of a question begins a section: other headings are part of an answer, and
    one that imitates a question's is said to stand twice.
    """
    kinds = {question.label: question.kind for question in questions}
    parts: dict[str, list[list[str]]] = {label: [] for label in kinds}
    above: list[str] = []
    current = above
    for line in lines:
        label = line.rstrip().removeprefix(HEADING)
        if line.startswith(HEADING) and label in parts:
            current = []
            parts[label].append(current)
        else:
            current.append(line)
    answers = {label: _answer(found[0], kinds[label]) for label, found in parts.items() if found}
    said = {label: answer for label, answer in answers.items() if answer not in _NOTHING[kinds[label]]}
    return Sections(said, frozenset(answers.keys() - said.keys()), [*_above(above), *_odd(parts)])


def _answer(lines: Iterable[str], kind: Kind) -> str:
    text = "\n".join(lines).strip()
    # Forms show lists as code, for which GitHub puts a fence around them; people put one as well.
    while kind in SHOWN_AS_CODE and text.startswith(FENCE) and text.endswith(f"\n{FENCE}"):
        text = text.partition("\n")[2].removesuffix(FENCE).strip()
    return text


def _above(lines: Iterable[str]) -> Iterator[Problem]:
    text = "\n".join(lines).strip()
    if text:
        first = text.partition("\n")[0]
        message = f"{shown(first)} stands above the first question of the form."
        yield Problem("", message, "Take it out, or move it into an answer.")


def _odd(parts: Mapping[str, list[list[str]]]) -> Iterator[Problem]:
    for label, found in parts.items():
        if not found:
            yield Problem("", f"The heading `{HEADING}{label}` is missing.", _ANEW)
        elif len(found) > 1:
            message = f"The heading `{HEADING}{label}` stands {len(found)} times."
            yield Problem("", message, "Keep the first; take the others out, or write them in another way.")
