"""What the name of a text model says of its quantisation."""

import pytest

from horde_reference.text.quantisation import quantisation_of

TOKENS = [f"Q{bits}{kind}" for bits in range(2, 9) for kind in ("", "_K", "_K_S", "_K_M", "_K_L", "_K_XL", "_K_H")]
TOKENS += [f"Q{bits}_{kind}" for bits in range(2, 9) for kind in "01"]
TOKENS += [f"IQ{bits}_{kind}" for bits in range(1, 5) for kind in ("XXS", "XS", "S", "M", "NL")]
TOKENS += ["GGUF", "GGML", "GPTQ", "AWQ", "EXL2", "EXL3", "FP8", "FP16", "BF16", "FP32", "INT4", "INT8"]
TOKENS += ["4BIT", "8BIT", "NVFP4", "MXFP4"]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_recognised_wherever_it_stands(token: str) -> None:
    for name in (token, token.lower(), f"a/Model-7B-{token}", f"Model.{token}.v2", f"m_{token}_hf", f"{token}-model"):
        assert quantisation_of(name) == token


@pytest.mark.parametrize(
    "name",
    [
        "a/Llama-3-8B-Instruct",
        "Q1_K",
        "Q9_0",
        "MyQ4_K_M",
        "Q4x",
        "Q44",
        "IQ3",
        "IQ5_XS",
        "fp160",
        "awqward",
        "ggufs",
        "16bit",
        "Quantum-Q",
        "éQ4",
        "google/gemma-4-12B-it-qat-q4_0-unquantized",
        "",
    ],
)
def test_what_only_looks_like_a_token_is_none(name: str) -> None:
    assert quantisation_of(name) is None


@pytest.mark.parametrize(
    ("name", "quantisation"),
    [
        ("GGUF/Model-Q4_K_M", "Q4_K_M"),
        ("Model-Q4_K_M.GGUF", "Q4_K_M"),
        ("Model-GGUF-i1-IQ2_XXS", "IQ2_XXS"),
        ("Model.i1-Q4_K_S", "Q4_K_S"),
        ("Model-Q8-Q4_K_M", "Q4_K_M"),
        ("Qwen-7B-GPTQ-Int4", "GPTQ"),
        ("Model-4bit-AWQ", "AWQ"),
        ("Model-BF16-GGUF", "BF16"),
        ("lizpreciatior/lzlv_70b_fp16_hf", "FP16"),
        ("SicariusSicariiStuff/Tenebra_30B_Alpha01_FP16", "FP16"),
        ("Model-Q4_K_Z", "Q4_K"),
    ],
)
def test_of_several_tokens_the_one_counts_that_says_most(name: str, quantisation: str) -> None:
    assert quantisation_of(name) == quantisation
