"""What the names of text models say: where the old parser is right as it has it, and where it errs, better."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from horde_reference.text.name_schema import NameSchema
from horde_reference.text.names import Name, compose, parse_name
from horde_reference.text.parts import Part
from horde_reference.text.quantisation import quantisation_of


def old_view(name: Name) -> dict[str, Any]:
    """A name in the words of the old parser, whose base has backend and author in it."""
    return {
        "base": "/".join(filter(None, (name.backend, name.author, name.base))),
        "size": name.size,
        "variant": name.variant,
        "version": name.version,
        "quant": name.quantisation,
        "extras": [[extra.value, extra.position, extra.kind.name] for extra in name.extras],
        "normalized": name.normalized,
        "group": name.group,
        "quantized": name.is_quantised,
    }


ACTIVE = "how many parameters work on a token is no part of what a model is called"
AUTHOR = "the author is read first, so nothing of a model is taken from it or hidden behind it"
CONTEXT = "the length of the context is no size, and no part of what a model is called"
EXPERTS = "experts may have sizes of several digits"
DECIMAL = "an underscore is a decimal point in 1_8B"
QUANTISED = "FP8, BF16, 4bit, IQ and the like are quantisations too, and so is a second one"
VARIANT = "a second variant is one, too"
VERSION = "a second version is one, too"
UNDERSCORE = "an underscore parts words"
QWEN = "Q3.5 is a version of Qwen and no quantisation"

DIFFERENT: Mapping[str, tuple[str, dict[str, Any]]] = {
    "Qwen3-Coder-480B-A35B-Instruct": (
        ACTIVE,
        {"base": "Qwen3-Coder", "group": "Qwen3-Coder", "extras": [["A35B", 2, "ACTIVE"]]},
    ),
    "Fimbulvetr-11B-v2.1-16K": (
        CONTEXT,
        {"base": "Fimbulvetr", "group": "Fimbulvetr", "extras": [["16K", 1, "CONTEXT"]]},
    ),
    "Yi-34B-200K-Chat": (CONTEXT, {"base": "Yi", "group": "Yi", "extras": [["200K", 1, "CONTEXT"]]}),
    "ReadyArt/4.2.0-Broken-Tutu-24b": (
        AUTHOR,
        {"base": "ReadyArt/Broken-Tutu", "extras": [["4.2.0", 0, "LEADING_VERSION"]]},
    ),
}
"""Examples on which we differ from the old parser: why, and what we say."""


def test_every_example_of_the_old_parser_is_met_but_for_known_differences(shared: Path) -> None:
    cases = json.loads((shared / "contract/parse_name_examples.json").read_text())["cases"]
    theirs = {case.pop("input"): case for case in cases}
    ours = {text: old_view(parse_name(text)) for text in theirs}
    differing = {
        text: {key: said for key, said in ours[text].items() if said != theirs[text][key]}
        for text in theirs
        if ours[text] != theirs[text]
    }
    assert differing == {text: said for text, (_, said) in DIFFERENT.items()}


MENDED: Mapping[str, tuple[str, dict[str, Any]]] = {
    "Qwen3-30B-A3B": (ACTIVE, {"base": "Qwen3", "size": "30B", "active": "A3B"}),
    "Qwen1.5-MoE-A2.7B-Chat": (ACTIVE, {"base": "Qwen1.5-MoE", "size": None, "active": "A2.7B"}),
    "zephyr-orpo-141b-a35b-v0.1": (ACTIVE, {"base": "zephyr-orpo", "size": "141B", "active": "A35B"}),
    "Sao10K/Solstice-11B-v1": (AUTHOR, {"author": "Sao10K", "base": "Solstice", "size": "11B", "context": None}),
    "Sao10K/L3-8B-Stheno-v3.2": (AUTHOR, {"author": "Sao10K", "base": "L3-Stheno", "size": "8B"}),
    "koboldcpp/Sao10K/L3-8B-v1": (AUTHOR, {"backend": "koboldcpp", "author": "Sao10K", "base": "L3", "size": "8B"}),
    "author/sub/Name-7B": (AUTHOR, {"author": "author/sub", "base": "Name", "size": "7B"}),
    "TheBloke-AWQ/Cat-7B": (AUTHOR, {"author": "TheBloke-AWQ", "quantisation": None, "base": "Cat"}),
    "Phi-3-mini-4k-instruct": (CONTEXT, {"base": "Phi-3-mini", "size": None, "context": "4K", "variant": "instruct"}),
    "Phi-3-mini-128K": (CONTEXT, {"base": "Phi-3-mini", "size": None, "context": "128K"}),
    "Impish_QWEN_14B-1M": (CONTEXT, {"base": "Impish_QWEN", "size": "14B", "context": "1M"}),
    "Impish_QWEN_1M-14B": (CONTEXT, {"base": "Impish_QWEN", "size": "14B", "context": "1M"}),
    "TinyStories-1M": (CONTEXT, {"base": "TinyStories", "size": "1M", "context": None}),
    "Fimbulvetr-11B-v2.1-16K": (CONTEXT, {"base": "Fimbulvetr", "size": "11B", "context": "16K"}),
    "Yi-34B-200K": (CONTEXT, {"base": "Yi", "size": "34B", "context": "200K"}),
    "mistralai/Mixtral-8x22B-Instruct-v0.1": (EXPERTS, {"base": "Mixtral", "size": "8X22B", "version": "v0.1"}),
    "WizardLM-2-8x22B.i1-Q4_K_S": (EXPERTS, {"base": "WizardLM-2", "size": "8X22B", "quantisation": "Q4_K_S"}),
    "Qwen/Qwen-1_8B-Chat": (DECIMAL, {"base": "Qwen", "size": "1.8B", "variant": "Chat"}),
    "LLAMA-3_8B_Unaligned": (DECIMAL, {"base": "LLAMA-3_Unaligned", "size": "8B"}),
    "Meta-Llama-3.1-405B-Instruct-FP8": (QUANTISED, {"base": "Meta-Llama-3.1", "quantisation": "FP8"}),
    "Qwen3-8B-bf16": (QUANTISED, {"base": "Qwen3", "quantisation": "BF16"}),
    "Llama-3-8B-IQ3_XS": (QUANTISED, {"base": "Llama-3", "quantisation": "IQ3_XS"}),
    "Hermes-3-Llama-3.1-8B-Q5_K_M.gguf": (
        QUANTISED,
        {"base": "Hermes-3-Llama-3.1", "quantisation": "Q5_K_M", "quantisations": ("Q5_K_M", "GGUF")},
    ),
    "llama-13b-4bit-128g": (QUANTISED, {"base": "llama", "size": "13B", "quantisation": "4BIT"}),
    "Nemotron-70B-4.65bpw-exl2": (QUANTISED, {"base": "Nemotron", "size": "70B", "quantisation": "EXL2"}),
    "Llama-3.2-3B-Instruct-uncensored": (VARIANT, {"base": "Llama-3.2", "variants": ("Instruct", "uncensored")}),
    "Mixtral-8x7B-v0.1-Instruct-v0.2": (VERSION, {"base": "Mixtral", "versions": ("v0.1", "v0.2"), "version": "v0.1"}),
    "Phi-3.5-mini-instruct_Uncensored": (UNDERSCORE, {"base": "Phi-3.5-mini", "variant": "instruct"}),
    "zerofata/Q3.5-BlueStar-27B": (QWEN, {"base": "Q3.5-BlueStar", "quantisation": None, "size": "27B"}),
}
"""Names on which the old parser errs: why, and what they say."""


@pytest.mark.parametrize("text", MENDED)
def test_where_the_old_parser_errs_the_name_says(text: str) -> None:
    name, (reason, said) = parse_name(text), MENDED[text]
    assert {key: getattr(name, key) for key in said} == said, reason


GROUPS: Mapping[str, tuple[Callable[[Name], bool], str]] = {
    ACTIVE: (
        lambda name: name.active is not None,
        """coder3101/gemma-4-26B-A4B-it-heretic coder3101/Qwen3.5-35B-A3B-heretic google/gemma-4-26B-A4B
        google/gemma-4-26B-A4B-it google/gemma-4-26B-A4B-it-qat-q4_0-unquantized Gryphe/Pantheon-Proto-RP-1.8-30B-A3B
        HuggingFaceH4/zephyr-orpo-141b-A35b-v0.1 llmfan46/Qwen3.5-35B-A3B-heretic-v1
        llmfan46/Qwen3.5-35B-A3B-heretic-v2 nvidia/Nemotron-Cascade-2-30B-A3B nvidia/NVIDIA-Nemotron-3-Super-120B-A12B
        nvidia/Qwen3-Nemotron-235B-A22B-GenRM Qwen/Qwen1.5-MoE-A2.7B Qwen/Qwen1.5-MoE-A2.7B-Chat Qwen/Qwen2-57B-A14B
        Qwen/Qwen2-57B-A14B-Instruct Qwen/Qwen3-235B-A22B Qwen/Qwen3-235B-A22B-Instruct-2507
        Qwen/Qwen3-235B-A22B-Thinking-2507 Qwen/Qwen3-30B-A3B Qwen/Qwen3-30B-A3B-Base
        Qwen/Qwen3-30B-A3B-Instruct-2507 Qwen/Qwen3-30B-A3B-Thinking-2507 Qwen/Qwen3-Coder-30B-A3B-Instruct
        Qwen/Qwen3-Coder-480B-A35B-Instruct Qwen/Qwen3.5-122B-A10B Qwen/Qwen3.5-35B-A3B Qwen/Qwen3.5-397B-A17B
        samuelcardillo/Carnice-Qwen3.6-MoE-35B-A3B TheDrummer/GLM-Steam-106B-A12B-v1 zerofata/G4-MeroMero-26B-A4B""",
    ),
    CONTEXT: (
        lambda name: name.context is not None,
        """brucethemoose/Yi-34B-200K-RPMerge Qwen/Qwen2.5-14B-Instruct-1M Qwen/Qwen2.5-7B-Instruct-1M
        Sao10K/L3-8B-Stheno-v3.3-32K SicariusSicariiStuff/Impish_QWEN_14B-1M
        SicariusSicariiStuff/Impish_QWEN_7B-1M""",
    ),
    EXPERTS: (
        lambda name: name.size == "8X22B",
        """lightblue/Karasu-Mixtral-8x22B-v0.1 microsoft/WizardLM-2-8x22B mistralai/Mixtral-8x22B-Instruct-v0.1""",
    ),
    DECIMAL: (lambda name: name.size == "1.8B" and "1_8B" in name.text, "Qwen/Qwen-1_8B Qwen/Qwen-1_8B-Chat"),
    VERSION: (
        lambda name: len(name.versions) > 1,
        """knifeayumu/Behemoth-v1.1-Magnum-v4-123B knifeayumu/Cydonia-v1.3-Magnum-v4-22B
        NeverSleep/Noromaid-v0.1-mixtral-8x7b-v3""",
    ),
    VARIANT: (
        lambda name: len(name.variants) > 1 and f"_{name.variants[1]}" not in name.text,
        "TehVenom/MPT-7b-Chat-Instruct-LongCTX-Merge",
    ),
    UNDERSCORE: (
        lambda name: any(f"_{one.upper()}" in name.text.upper() for one in name.variants + name.quantisations),
        """lizpreciatior/lzlv_70b_fp16_hf SicariusSicariiStuff/Phi-3.5-mini-instruct_Uncensored
        SicariusSicariiStuff/Tenebra_30B_Alpha01_FP16""",
    ),
    QWEN: (lambda name: "Q3.5" in name.text, "zerofata/Q3.5-BlueStar-27B"),
}
"""Why a real name has another group than the old service gave it → what such a name has, and all of them."""


def test_every_real_name_has_the_group_that_the_old_service_gave_it_but_for_known_reasons(shared: Path) -> None:
    captured = shared / "contract/responses/api/model_references/v2/text_generation.json"
    theirs = {text: model["text_model_group"] for text, model in json.loads(captured.read_text()).items()}
    assert len(theirs) == 719
    differing = {text for text, group in theirs.items() if parse_name(text).group != group}
    explained = [text for _, names in GROUPS.values() for text in names.split()]
    assert sorted(differing) == sorted(explained)


@pytest.mark.parametrize("reason", GROUPS)
def test_a_reason_holds_for_every_name_that_it_explains(reason: str) -> None:
    holds, names = GROUPS[reason]
    assert [text for text in names.split() if not holds(parse_name(text))] == []


def test_a_reason_explains_every_real_name_that_it_holds_for(shared: Path) -> None:
    captured = shared / "contract/responses/api/model_references/v2/text_generation.json"
    explained = {text for _, names in GROUPS.values() for text in names.split()}
    for holds, _ in GROUPS.values():
        assert {text for text in json.loads(captured.read_text()) if holds(parse_name(text))} <= explained


def test_the_members_of_captured_groups_are_parsed_as_the_old_service_did(shared: Path) -> None:
    folder = shared / "contract/responses/api/model_references/v2/text_generation"
    answers = [json.loads(path.read_text()) for path in folder.glob("group@name=*.json")]
    members = [member for answer in answers for member in answer["members"]]
    assert len(members) >= 4
    for member in members:
        ours, theirs = old_view(parse_name(member["name"])), member["parsed"]
        extras = [[extra["value"], extra["position"], extra["inferred_type"]] for extra in theirs["extras"]]
        assert (ours["base"], ours["extras"]) == (theirs["base_name"], extras)
        assert all(ours[key] == theirs[key] for key in ("size", "variant", "quant", "version"))


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("", ""),
        ("-", "-"),
        ("7B", "7B"),
        ("a/7B-Instruct", "7B-Instruct"),
        ("2B_or_not_2B", "or_not_2B"),
        ("mpt-1b-redpajama-200b", "mpt-redpajama-200b"),
        ("Llama (7B)", "Llama ()"),
        ("a--b", "a-b"),
        ("Model - 7B - Tune", "Model - Tune"),
        ("Model_7B-Tune", "Model_Tune"),
        ("GLM-4-2024-05-13", "GLM-4"),
        ("command-r-08-2024", "command-r"),
        ("Llama-3-8B-v2.1beta", "Llama-3-v2.1beta"),
        ("gemma-4-E4B-it-qat-q4_0-unquantized", "gemma-4-E4B-it-qat-unquantized"),
        ("Кот-7B", "Кот"),
        ("Model-٣B", "Model-٣B"),
        ("Model-8\u212a", "Model-8\u212a"),  # the sign of Kelvin is no K
        ("koboldcpp/", ""),
        ("/Name", "Name"),
    ],
)
def test_the_base_is_what_is_left(text: str, base: str) -> None:
    assert parse_name(text).base == base


def test_a_name_for_which_the_model_is_trained_for_is_not_quantised() -> None:
    name = parse_name("google/gemma-4-12B-it-qat-q4_0-unquantized")
    assert (name.quantisations, name.quantisation, name.is_quantised) == (("Q4_0",), None, False)


def test_the_pieces_say_what_each_character_is() -> None:
    assert [(piece.text, piece.part) for piece in parse_name("aphrodite/a/b/1.2_Big-Cat-8x7B--FT (v2)").pieces] == [
        ("aphrodite", Part.BACKEND), ("/", Part.SEPARATOR), ("a/b", Part.AUTHOR), ("/", Part.SEPARATOR),
        ("1.2", Part.LEADING_VERSION), ("_", Part.SEPARATOR), ("Big-Cat", Part.BASE), ("-", Part.SEPARATOR),
        ("8x7B", Part.SIZE), ("--", Part.SEPARATOR), ("FT", Part.VARIANT), (" ", Part.SEPARATOR), ("(", Part.BASE),
        ("v2", Part.VERSION), (")", Part.BASE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ("a/Llama-3-8B-Instruct", {"size": "70B"}, "a/Llama-3-70B-Instruct"),
        ("a/Llama-3-8B-Instruct", {"size": None}, "a/Llama-3-Instruct"),
        ("a/Llama-3-8B-Instruct", {"version": "v2"}, "a/Llama-3-8B-Instruct-v2"),
        ("a/Llama-3-Instruct", {"size": "8B", "date": "2407"}, "a/Llama-3-8B-Instruct-2407"),
        ("Eclipse_12B", {"quantisation": "Q4_K_M"}, "Eclipse_12B_Q4_K_M"),
        ("13B-BlueMethod", {"size": None}, "BlueMethod"),
        ("13B-BlueMethod", {"size": "7B"}, "7B-BlueMethod"),
        ("Mixtral-v0.1-Instruct-v0.2", {"version": None}, "Mixtral-Instruct"),
        ("Mixtral-v0.1-Instruct-v0.2", {"version": "v3"}, "Mixtral-v3-Instruct"),
        ("L3-8B-Stheno", {"base": "L3.1-Lunaris"}, "L3.1-Lunaris-8B"),
        ("7B", {"base": "Llama"}, "Llama-7B"),
        ("7B", {"size": "8B"}, "8B"),
        ("Model-7B", {"author": "me"}, "me/Model-7B"),
        ("me/Model-7B", {"author": None, "backend": "koboldcpp"}, "koboldcpp/Model-7B"),
        ("koboldcpp/me/Model-7B", {"backend": None, "size": "8B"}, "me/Model-8B"),
        ("me/Model-7B", {}, "me/Model-7B"),
        ("Model", {"leading_version": "2.0"}, "2.0-Model"),
        ("", {"size": "8B"}, "8B"),
    ],
)
def test_parts_of_a_name_can_be_changed(text: str, parts: dict[str, str | None], expected: str) -> None:
    assert compose(parse_name(text).replaced(**parts)) == expected
    assert parse_name(text).replaced(**parts) == parse_name(expected)


@pytest.mark.parametrize("parts", [{"base": None}, {"base": ""}, {"separator": "_"}, {"sise": "7B"}])
def test_a_name_cannot_lose_its_base_or_gain_a_part_that_there_is_not(parts: dict[str, str | None]) -> None:
    with pytest.raises(ValueError, match=r"base|sise"):
        parse_name("Llama-3-8B").replaced(**parts)


def test_a_schema_says_how_parts_become_a_name() -> None:
    parts = {"quantisation": "Q4_K_M", "size": "8B", "base": "Llama-3", "version": "v1", "variant": "Chat"}
    assert NameSchema().compose(author="me", **parts) == "me/Llama-3-8B-Chat-v1-Q4_K_M"
    order = (Part.SIZE, Part.BASE, Part.QUANTISATION)
    assert NameSchema("_", order).compose(base="Cat", size="7B", quantisation=None) == "7B_Cat"
    assert NameSchema().compose(backend="aphrodite", author="me", base="Cat") == "aphrodite/me/Cat"


def test_a_schema_refuses_what_it_cannot_write() -> None:
    with pytest.raises(ValueError, match="no place for size"):
        NameSchema(order=(Part.BASE,)).compose(base="Cat", size="7B")
    with pytest.raises(ValueError, match="needs a base"):
        NameSchema().compose(size="7B")
    with pytest.raises(ValueError, match="names a part twice"):
        NameSchema(order=(Part.BASE, Part.BASE))


LONG = [
    "-", "1", "8x", "1.", "1_", "v1.", "v1-", "v1", "7M-", "a/", "2024-", "05-2024-", "Q4_", "Q4_K_", "A1.", "1.1.1.",
    "4bit-", "-_ .", "İ", "\0", "\ud800", "😀", "unquanti", "(", "1.5b.", "A3B-", "Instruct",
]  # fmt: skip


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("end", ["", "x", "B!"])
def test_a_long_name_takes_no_longer_than_its_length(piece: str, end: str) -> None:
    text = piece * (200_000 // len(piece)) + end
    start = time.monotonic()
    name = parse_name(text)
    assert compose(name) == text
    assert all(value is not None for value in (name.base, name.normalized, name.extras, name.quantisations))
    assert name.quantisation == quantisation_of(text)
    assert time.monotonic() - start < 10  # what grew with the square would take hours


def test_importing_the_parser_loads_nothing_dear() -> None:
    script = (
        "import sys; import horde_reference.text.names;"
        "print(sorted({'click', 'msgspec', 'pydantic', 'json', 'pathlib', 'urllib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
