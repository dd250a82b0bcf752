"""The commands about the names of text models, as people and programs use them."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from click.testing import Result

from horde_reference.text.names import parse_name

Run = Callable[..., Result]
ODD = 'Modèle 模型 \x1b[31m\u202e\n, "50%" \\'
MODEL = "koboldcpp/x/4.2.0-Broken-Tutu-24b.i1-Q4_K_M.gguf"


def test_a_name_is_shown_a_part_a_line_without_what_it_does_not_state(run: Run) -> None:
    done = run("name", "parse", "TheBloke/Llama-2-13B-chat-GPTQ")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "name:          TheBloke/Llama-2-13B-chat-GPTQ\n"
        "author:        TheBloke\n"
        "base:          Llama-2\n"
        "size:          13B\n"
        "variants:      chat\n"
        "quantisation:  GPTQ\n"
        "group:         Llama-2\n"
        "normalized:    thebloke/llama_2_13b_chat_gptq\n"
    )


def test_several_names_are_shown_one_after_the_other(run: Run) -> None:
    first, second = run("name", "parse", "phi-2", MODEL).stdout.split("\n\n")
    assert first.splitlines()[0].split() == ["name:", "phi-2"]
    told = dict(line.split(maxsplit=1) for line in second.splitlines())
    assert told["backend:"] == "koboldcpp"
    assert told["quantisations:"] == "Q4_K_M, GGUF"
    assert told["extras:"] == "leading_version 4.2.0, packing i1"


def test_a_long_name_is_shown_whole_on_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert "x" * 100 in run("name", "parse", "x" * 100).stdout


def test_json_has_every_part_of_every_name(run: Run) -> None:
    first, second = json.loads(run("name", "parse", MODEL, "Yi-34B-200K", "--format", "json").stdout)
    assert (first["author"], first["base"], first["size"], first["quantisation"]) == (
        "x",
        "Broken-Tutu",
        "24B",
        "Q4_K_M",
    )
    assert first["extras"][0] == {"value": "4.2.0", "position": 0, "inferred_type": "LEADING_VERSION"}
    assert (second["context"], second["group"], second["variants"], second["author"]) == ("200K", "Yi", [], None)
    assert first.keys() == second.keys()


def test_csv_has_a_row_a_name(run: Run) -> None:
    text = run("name", "parse", MODEL, ODD, "--format", "csv").stdout
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["size"], first["quantisations"], first["active"]) == ("24B", "Q4_K_M, GGUF", "")
    assert second["name"] == ODD


def test_odd_characters_cannot_command_a_terminal(run: Run) -> None:
    done = run("name", "parse", ODD)
    assert done.exit_code == 0
    assert all(one.isprintable() or one == "\n" for one in done.stdout)
    assert "Modèle 模型 \\x1b[31m\\u202e\\n" in done.stdout
    composed = run("name", "compose", "--base", ODD)
    assert composed.stdout.count("\n") == 1
    assert "\x1b" not in composed.stdout


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_bytes_that_are_no_characters_are_shown(form: str) -> None:
    words = ["-m", "horde_reference", "name", "parse", "a\udcffb-7B", "--format", form]
    done = subprocess.run([sys.executable, *words], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"a\\udcffb" in done.stdout


@pytest.mark.parametrize("name", ["", " ", "-", "/", "😀", "x" * 100_000])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_no_name_is_too_odd(name: str, form: str, run: Run) -> None:
    assert run("name", "parse", "--format", form, "--", name).exit_code == 0


def test_a_name_is_composed_of_parts(run: Run) -> None:
    done = run("name", "compose", "--base", "Llama-3", "--size", "8B", "--variant", "Instruct", "--author", "meta")
    assert (done.exit_code, done.stdout) == (0, "meta/Llama-3-8B-Instruct\n")
    parts = {"base": "Qwen3", "size": "30B", "active": "A3B", "variant": "Chat", "version": "v1", "date": "2507",
             "context": "128K", "quantisation": "Q4_K_M"}  # fmt: skip
    options = [word for part, value in parts.items() for word in (f"--{part}", value)]
    name = run("name", "compose", *options).stdout.strip()
    assert name == "Qwen3-30B-A3B-Chat-v1-2507-128K-Q4_K_M"
    assert {part: getattr(parse_name(name), part) for part in parts} == parts


def test_separator_and_order_can_be_chosen(run: Run) -> None:
    words = ("--base", "Cat", "--size", "7B", "--separator", "_", "--order", "size, Base,variant")
    assert run("name", "compose", *words).stdout == "7B_Cat\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("parse",), "Missing argument 'NAME...'"),
        (("parse", "x", "--format", "yaml"), "'yaml'"),
        (("compose",), "Missing option '--base'"),
        (("compose", "--base", ""), "A name needs a base."),
        (("compose", "--base", "x", "--order", "base,sise"), "There is no part 'sise'. Did you mean 'size'?"),
        (("compose", "--base", "x", "--order", ""), "There is no part ''. Use one of: base, size,"),
        (("compose", "--base", "x", "--size", "7B", "--order", "base"), "The order base has no place for size."),
        (("compose", "--base", "x", "--order", "base,size,base"), "names a part twice"),
    ],
)
def test_wrong_usage_is_explained(words: tuple[str, ...], message: str, run: Run) -> None:
    done = run("name", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in done.stderr
