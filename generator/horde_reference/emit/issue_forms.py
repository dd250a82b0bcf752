"""Issue forms for GitHub, in which people who know models and not git propose one.

propose-<category>.yml   add a model, or change one
remove-model.yml         remove a model of any category
config.yml               what else the page of new issues offers
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from horde_reference.emit.schemas.records import definitions, example_of, member_at
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.formats.addresses import PUBLIC_ROOT
from horde_reference.formats.shape import needed_keys
from horde_reference.proposals.answer_values import write_value
from horde_reference.proposals.file_lines import FILE_COLUMNS
from horde_reference.proposals.form_answers import PROPOSAL_LABEL
from horde_reference.proposals.places import Kind
from horde_reference.proposals.questions import (
    ASKABLE,
    CATEGORY_LABEL,
    OPERATION_LABEL,
    REMOVAL,
    SHOWN_AS_CODE,
    Question,
    questions_of,
)
from horde_reference.records.categories import CATEGORIES
from horde_reference.tree import File

MARK: Final = "# Made from the code by `horde-reference forms`."
"""First line of every form, which says that it may be overwritten."""

_HOW: Final = {
    Kind.LINES: "One a line.",
    Kind.WORDS: "One `key: value` a line.",
    Kind.VALUES: "One `key: value` a line.",
    Kind.FILES: (
        "One file a line: `file name | address | SHA-256 | size in bytes`. Or just the address: what the host tells "
        "of hash and size is filled in."
    ),
}
_ASKED: Final = {
    OPERATION_LABEL: "For a change, leave empty what stays as it is.",
    CATEGORY_LABEL: "What kind of model this form is for; leave it as it is.",
}
_REMOVAL: Final = {
    "operation": "This form takes a model out of the list.",
    "category": "What kind of model it is.",
    "name": "The name exactly as the list has it.",
    "withdrawn_reason": "Why the model should not be offered any more, in a sentence.",
    "withdrawn_replaced_by": "Name of the model of the same category to use instead, if there is one.",
}
_TYPES: Final = {Kind.CHOICE: "dropdown", Kind.FLAG: "dropdown", Kind.TEXT: "textarea"}
_INTRODUCTION: Final = """\
Thank you for proposing a model. You need no git: send the form, and a comment will say within minutes whether all is \
right, or what to correct. To correct an answer, edit this issue; it is then read again.

**A new model**: answer what you know.

**A change**: name the model exactly, answer what is to change, and leave empty what stays as it is. What you write \
takes the place of what is there; the answer `(remove)` takes it out.
"""
_REMOVING: Final = """\
The record of the model stays, marked as withdrawn, so that no other model can get its name. A comment will say \
within minutes whether all is right. To correct an answer, edit this issue; it is then read again.
"""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as people do."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def emit() -> Iterator[File]:
    """Every form, and the configuration."""
    parts = definitions()
    documents = {f"propose-{category}.yml": _proposal(category, parts) for category in ASKABLE}
    documents["remove-model.yml"] = _removal()
    documents["config.yml"] = _CONFIGURATION
    for name, document in documents.items():
        text = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
        yield name, f"{MARK}\n{text}".encode()


_CONFIGURATION: Final[dict[str, Any]] = {
    # The program has faults and wishes too, for which there is no form.
    "blank_issues_enabled": True,
    "contact_links": [
        {
            "name": "Which models are there?",
            "url": PUBLIC_ROOT,
            "about": "Look whether the model is there already, and how its record is written.",
        }
    ],
}


def _proposal(category: str, parts: Mapping[str, Schema]) -> dict[str, Any]:
    row = CATEGORIES[category]
    words = category.replace("_", " ")
    shape = parts[row.record.__name__]
    elements = (_element(category, one, shape, parts) for one in questions_of(category))
    return _form(
        f"Propose: {words}",
        f"Add or change a model. {shape['description']}",
        f"[{category}] ",
        _INTRODUCTION,
        *elements,
    )


def _removal() -> dict[str, Any]:
    elements = (_drawn(one, _REMOVAL[one.id], "") for one in REMOVAL)
    return _form("Remove a model", "Take a model out of the list, with a reason.", "[remove] ", _REMOVING, *elements)


def _form(name: str, description: str, title: str, introduction: str, *elements: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "description": description,
        "title": title,
        "labels": [PROPOSAL_LABEL],
        "body": [{"type": "markdown", "attributes": {"value": introduction}}, *elements],
    }


def _element(category: str, question: Question, shape: Schema, parts: Mapping[str, Schema]) -> dict[str, Any]:
    if not question.path:
        return _drawn(question, _ASKED[question.label], "")
    member = member_at(question.path, shape, parts)
    needed = "_".join(question.path) in needed_keys(category) and not question.required
    what = "" if question.kind is Kind.FILES else member["description"]
    words = (what, _HOW.get(question.kind, ""), "Needed for a new model." if needed else "")
    return _drawn(question, " ".join(filter(None, words)), _example(question, member, parts))


def _example(question: Question, member: Schema, parts: Mapping[str, Schema]) -> str:
    """An answer that the schema gives as an example; empty where there is none, or words to choose from."""
    if question.kind is Kind.FILES:
        shown = {key: one["examples"][0] for key, one in parts["Download"]["properties"].items() if key in FILE_COLUMNS}
        return write_value(question, [shown])
    match member:
        case {"examples": [value, *_]} if not question.options:
            return write_value(question, value)
        case {"$ref": _} if not question.options:
            return write_value(question, example_of(member, parts))
    return ""


def _drawn(question: Question, description: str, placeholder: str) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label, "description": description}
    if placeholder:
        attributes["placeholder"] = placeholder
    if question.options:
        attributes["options"] = list(question.options)
        if not question.path and len(question.options) == 1:
            attributes["default"] = 0
    kind = "textarea" if question.kind in SHOWN_AS_CODE else _TYPES.get(question.kind, "input")
    if question.kind in SHOWN_AS_CODE:
        attributes["render"] = "text"
    drawn: dict[str, Any] = {"type": kind, "id": question.id, "attributes": attributes}
    return drawn | {"validations": {"required": question.required}}
