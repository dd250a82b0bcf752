"""What the form's script is told, as JSON in the page: it makes no word and no order of its own."""

from collections.abc import Mapping
from typing import Any

from horde_reference.emit.site.proposing.names import refused
from horde_reference.formats.addresses import REPOSITORY, record_schema_url
from horde_reference.formats.json_writing import compact
from horde_reference.formats.order import CATEGORY_ORDERS, KeyOrder
from horde_reference.proposals.questions import (
    CATEGORY_LABEL,
    OPERATION_LABEL,
    OPERATIONS,
    REMOVAL,
    TAKE_OUT,
    Question,
    questions_of,
)
from horde_reference.proposals.sections import NO_RESPONSE
from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.identity import LONGEST_PART


def told(category: str) -> str:
    """What the script of a category's form is told."""
    facts = {
        "category": category,
        "repository": REPOSITORY,
        "schema": record_schema_url(category),
        "order": _order(CATEGORY_ORDERS[category]),
        "operations": {operation: words for words, operation in OPERATIONS.items()},
        "operation": OPERATION_LABEL,
        "categories": CATEGORY_LABEL,
        "takeOut": TAKE_OUT,
        "nothing": [TAKE_OUT, NO_RESPONSE],
        "refused": refused(category),
        "longestPart": LONGEST_PART,
        "hasShortNames": category == TextGeneration.category,
        "questions": [_question(one) for one in questions_of(category) if one.path],
        "removal": [_question(one) for one in REMOVAL if one.path],
    }
    return compact(facts).decode().rstrip()


def _order(order: KeyOrder) -> Mapping[str, Any]:
    """Key → order of what is inside, in order."""
    return {key: _order(order.inside[key]) if key in order.inside else None for key in order.rank}


def _question(question: Question) -> Mapping[str, Any]:
    facts = {"id": question.id, "kind": question.kind, "path": question.path, "label": question.label}
    return {**facts, "options": question.options}
