"""Laws of the forms: what can be said in one is read as it was meant, and nothing else is."""

import unicodedata
from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st
from strategies import documents
from submitted_forms import CHANGE, TAKEN_OUT, answers_of, elements, labels, proposal, submitted

from horde_reference.formats.canonical import decode, document_of
from horde_reference.formats.json_writing import compact
from horde_reference.proposals.form_answers import read_form
from horde_reference.proposals.questions import ASKABLE
from horde_reference.proposals.sections import NO_RESPONSE
from horde_reference.proposals.wanted import Wanted, wanted_of

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
NOT_ASKED = ("legacy", "withdrawn")
CATEGORY = st.sampled_from(ASKABLE)
PARAGRAPHS = st.lists(
    st.sampled_from(["Good at light.", "### Features", "# Style", "- one", "```python", "```", "", "| a | b |", "---"]),
    min_size=1,
    max_size=6,
).map(lambda lines: "\n".join(["Text.", *lines]).strip())


def sayable(value: Any) -> Any:
    """The value with texts that a line of a form can say: visible, not empty, without marks that part things."""
    match value:
        case str():
            seen = "".join(one for one in value if unicodedata.category(one) not in HIDDEN and one not in "|:`=")
            text = seen.strip(" -*#").strip()
            return text if text and text not in {NO_RESPONSE, TAKEN_OUT, "None"} else "x"
        case dict():
            return {sayable(key) if key == key.strip() else "k": sayable(one) for key, one in value.items()}
        case list():
            return [sayable(one) for one in value]
    return value


def sayable_documents(category: str) -> st.SearchStrategy[dict[str, Any]]:
    def made(drawn: tuple[dict[str, Any], str]) -> dict[str, Any]:
        document = {key: sayable(value) for key, value in drawn[0].items() if key not in NOT_ASKED}
        if document.get("baseline") == "infer":
            document["baseline"] = "flux_1"
        if "description" in document:
            document["description"] = drawn[1]
        found = document_of(decode(category, compact(document)))
        return {key: value for key, value in found.items() if value not in ({}, [], {"download": []})}

    return st.tuples(documents(category), PARAGRAPHS).map(made)


def wanted(body: str, present: dict[str, Any] | None = None) -> Wanted:
    found = read_form(body)
    assert found.findings == []
    assert found.answers is not None
    return wanted_of(found.answers, present, author="a", date="2026-11-23")


@given(
    CATEGORY.flatmap(lambda name: st.tuples(st.just(name), sayable_documents(name))), st.sampled_from(["\n", "\r\n"])
)
def test_a_form_says_every_record_that_it_can_say(stated: tuple[str, dict[str, Any]], end: str) -> None:
    category, document = stated
    found = wanted(proposal(category, document).replace("\n", end))
    assert (found.operation, found.category, found.name) == ("add", category, document["name"])
    assert found.document == document


@given(CATEGORY.flatmap(lambda name: st.tuples(st.just(name), *[sayable_documents(name)] * 2)))
def test_a_change_says_any_other_record_of_the_name(stated: tuple[str, dict[str, Any], dict[str, Any]]) -> None:
    category, before, after = stated
    after["name"] = before["name"]
    if "config" in before:  # what is known of a file is kept, so it is not what is typed alone
        after["config"] = before["config"]
    told = {key: value for key, value in after.items() if before.get(key) != value or key == "name"}
    gone = [key for key in before if key not in after]
    flags = {one["id"] for one in elements(f"propose-{category}") if one["attributes"].get("options")}
    assume(not flags.intersection(gone))
    assume(gone or len(told) > 1)
    body = submitted(f"propose-{category}", {"operation": CHANGE, **answers_of(told), **dict.fromkeys(gone, TAKEN_OUT)})
    found = wanted(body, before)
    assert found.operation == "update"
    if found.document.get("config") == before.get("config"):
        assert found.document == after


PIECES = st.one_of(
    st.text(max_size=30),
    st.sampled_from([f"### {label}" for label in labels("propose-image_generation")]),
    st.sampled_from(["Add a model", "Change a model", "image_generation", "yes", "```", "", "### ", "a: b", "x | y"]),
)


@given(st.lists(PIECES, max_size=40).map("\n".join))
@example("### What do you want to do?\n\nAdd a model\n\n### Category\n\nimage_generation")
def test_whatever_an_issue_holds_is_wanted_whole_or_faulted(body: str) -> None:
    found = read_form(body)
    assert (found.answers is None) == bool(found.findings)
    assert all(one.message.strip() and one.hint.strip() for one in found.findings)


@given(
    sayable_documents("image_generation"),
    st.integers(0, 400),
    st.one_of(PIECES, st.sampled_from(["\0", "\u202e", "\u200b", "\ud800", "\r"])),
)
def test_a_form_that_somebody_spoilt_is_never_read_by_half(document: dict[str, Any], at: int, junk: str) -> None:
    body = proposal("image_generation", document)
    found = read_form(body[:at] + junk + body[at:])
    assert (found.answers is None) == bool(found.findings)
    if found.answers is not None:
        assert found.answers.category == "image_generation"
        assert found.answers.name
