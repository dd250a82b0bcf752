"""Laws that hold for every name of a text model, whatever its characters."""

import json
import re
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from horde_reference.text.name_schema import NameSchema
from horde_reference.text.names import EXTRAS, Name, compose, parse_name
from horde_reference.text.parts import REPEATED, SEPARATORS, Part
from horde_reference.text.quantisation import quantisation_of

BASES = ["Llama-3", "Qwen2.5-Coder", "phi-2", "L3", "Impish_QWEN", "gpt-oss", "Mistral-Nemo", "Кот", "GLM-4.6"]
SIZES = ["8B", "1.8B", "8X22B", "7B1", "350M", "405B", "0.5B"]
VALUES = {
    Part.ACTIVE: ["A3B", "A2.7B"],
    Part.VARIANT: ["Instruct", "chat", "Base", "Uncensored", "Thinking", "preview"],
    Part.VERSION: ["v1", "V3", "v0.1", "v4.2.0"],
    Part.DATE: ["2407", "08-2024", "2024-05", "2024-05-13", "0414"],
    Part.CONTEXT: ["4K", "128K", "200K"],
    Part.QUANTISATION: ["Q4_K_M", "IQ2_XXS", "GPTQ", "AWQ", "FP8", "4BIT", "GGUF"],
}
AUTHORS = ["meta-llama", "Sao10K", "TheBloke-AWQ", "a/b", "8B", "v000000"]
WORDS = [*BASES, *SIZES, *(value for values in VALUES.values() for value in values), "1M", "1_8B", "i1", "128g"]

words = st.lists(st.sampled_from([*WORDS, *AUTHORS, "koboldcpp", "unquantized", "4.2.0", "(", ")", "Q3.5"]))
joints = st.lists(st.sampled_from([*SEPARATORS, "--", " - ", "/", ""]), min_size=1)
TEXTS = st.text(st.characters()) | st.builds(
    lambda words, joints: "".join(word + joints[place % len(joints)] for place, word in enumerate(words)), words, joints
)
"""Any text, lone surrogates too, and texts in which names' words stand in any order."""

ORDINARY = st.fixed_dictionaries(
    {Part.BASE: st.sampled_from(BASES)},
    optional={Part.SIZE: st.sampled_from(SIZES), **{part: st.sampled_from(said) for part, said in VALUES.items()}},
)


def stated(name: Name) -> dict[Part, str]:
    """The parts of a name, of each the first."""
    found = {part: getattr(name, part) for part in (Part.BASE, Part.SIZE, *VALUES)}
    return {part: value for part, value in found.items() if value is not None}


@given(TEXTS)
def test_composing_gives_the_text_back(text: str) -> None:
    assert compose(parse_name(text)) == text


@given(TEXTS)
def test_the_same_text_is_the_same_name(text: str) -> None:
    assert parse_name(text) == parse_name(text)
    assert hash(parse_name(text)) == hash(parse_name(text))
    assert parse_name(text).replaced() == parse_name(text)


@given(TEXTS)
def test_every_piece_is_what_it_says(text: str) -> None:
    pieces = parse_name(text).pieces
    for piece in pieces:
        assert piece.text
        assert (piece.part is Part.SEPARATOR) == (not piece.text.strip(SEPARATORS) or piece.text == "/")
    parts = [piece.part for piece in pieces]
    once = [part for part in parts if part not in REPEATED | {Part.BASE, Part.SEPARATOR}]
    assert len(once) == len(set(once))


@given(TEXTS)
def test_a_name_says_of_its_quantisation_what_is_asked_for_elsewhere(text: str) -> None:
    name = parse_name(text)
    assert name.quantisation == quantisation_of(text)
    assert name.is_quantised == (name.quantisation is not None)
    assert name.quantisation is None or name.quantisation in name.quantisations
    denied = "unquanti" in text.casefold()
    assert bool(name.quantisations) == name.is_quantised or denied


@given(TEXTS)
def test_the_base_is_there_where_anything_is(text: str) -> None:
    name = parse_name(text)
    assert bool(name.base) == bool(text.rpartition("/")[2])
    assert name.group == name.base


@given(TEXTS)
def test_extras_stand_in_order(text: str) -> None:
    extras = parse_name(text).extras
    assert {extra.kind for extra in extras} <= EXTRAS
    assert [extra.position for extra in extras] == sorted(extra.position for extra in extras)


@given(TEXTS, st.sampled_from(SIZES))
def test_a_size_that_is_put_in_is_the_size(text: str, size: str) -> None:
    """But where it would run into a number that stands before it: `0.0.0B` with another size."""
    name = parse_name(text)
    before = "".join(piece.text for piece in takewhile(lambda piece: piece.part is not Part.SIZE, name.pieces))
    if name.size is not None and not re.search(r"[0-9][._]?$", before):
        assert name.replaced(size=size).size == size


@given(ORDINARY, st.sampled_from([None, *AUTHORS]), st.sampled_from([None, "aphrodite", "koboldcpp"]))
def test_what_is_composed_of_parts_says_those_parts(
    parts: dict[Part, str], author: str | None, backend: str | None
) -> None:
    name = parse_name(NameSchema().compose(author=author, backend=backend, **parts))
    assert stated(name) == parts
    assert (name.author, name.backend) == (author, backend)


@given(ORDINARY, ORDINARY, st.sampled_from("-_"))
def test_parts_that_are_put_in_are_there_and_parts_that_are_taken_out_are_not(
    before: dict[Part, str], after: dict[Part, str], separator: str
) -> None:
    name = parse_name(NameSchema(separator).compose(author="me", **before))
    changes = dict.fromkeys(before) | after
    assert stated(name.replaced(**changes)) == after


@pytest.fixture(scope="module")
def real(shared: Path) -> list[Name]:
    captured = shared / "contract/responses/api/model_references/v2/text_generation.json"
    return [parse_name(text) for text in json.loads(captured.read_text())]


def test_every_real_name_can_have_another_size(real: list[Name]) -> None:
    sized = [name for name in real if name.size is not None]
    assert len(sized) > 600
    for name in sized:
        for size in SIZES:
            other = name.replaced(size=size)
            assert (other.size, other.base, other.versions) == (size, name.base, name.versions)
