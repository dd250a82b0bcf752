"""Errors say what to ask instead, and load what they need for that only when they are shown."""

import pickle
import subprocess
import sys

import pytest

from horde_reference.query.errors import LISTED, UnknownField, UnknownName, UnknownValue, nearest

NAMES = ["AlbedoBase XL (SDXL)", "Deliberate", "Deliberate 3.0", "stable_diffusion", "Absolute Reality"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("albedo", "AlbedoBase XL (SDXL)"),
        ("DELIBERATE", "Deliberate"),
        ("Delibrate", "Deliberate"),
        ("reality", "Absolute Reality"),
        ("xl", None),
        ("", None),
        ("qqqqqq", None),
    ],
)
def test_the_nearest_word(word: str, meant: str | None) -> None:
    assert nearest(word, NAMES) == meant


def test_a_word_that_starts_alike_is_nearer_than_one_that_looks_alike() -> None:
    assert nearest("Albedo", ["Alfredo", "AlbedoBase XL 2", "AlbedoBase XL"]) == "AlbedoBase XL"


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("word", []) is None
    assert str(UnknownName("word", [], "There is no model 'word'.")) == "There is no model 'word'."


def test_a_long_list_is_cut() -> None:
    known = [f"{number:03}" for number in range(LISTED + 1)]
    assert str(UnknownName("zzz", known, "No.")).endswith(f"{known[LISTED - 1]}, ….")
    assert str(UnknownName("zzz", known[:-1], "No.")).endswith(f"{known[LISTED - 1]}.")


@pytest.mark.parametrize("error", [UnknownField, UnknownName, UnknownValue])
def test_an_error_keeps_what_it_knows(error: type[UnknownName]) -> None:
    copy = pickle.loads(pickle.dumps(error("nme", ["name"], "No 'nme'.")))  # noqa: S301 # our own bytes
    assert type(copy) is error
    assert (copy.word, copy.known) == ("nme", ["name"])
    assert str(copy) == "No 'nme'. Did you mean 'name'?"


SCRIPT = """
import sys
from horde_reference.query.errors import UnknownName
sys.modules.pop("difflib", None)
try:
    raise UnknownName("nme", ["name"], "No.")
except KeyError as caught:
    error = caught
assert "difflib" not in sys.modules
assert str(error) == "No. Did you mean 'name'?"
assert "difflib" in sys.modules
"""


def test_what_suggests_is_loaded_when_a_message_is_read() -> None:
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
