"""The conversion of `models.csv` into `db.json`, by its documented rules."""

import json
from typing import Any

from horde_reference.formats.legacy_database import database_of, encode_database
from horde_reference.formats.legacy_text import encode_table
from horde_reference.records.kinds import TextGeneration

HEADER = "name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings"


def converted(*rows: str, header: str = HEADER) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(database_of("\n".join((header, *rows, "")).encode()))
    return found


def test_what_a_bare_row_becomes() -> None:
    found = converted("a/B-c__d,0.56,,,,,,,,")
    assert list(found) == ["a/B-c__d", "aphrodite/a/B-c__d", "koboldcpp/B-c__d"]
    assert found["koboldcpp/B-c__d"] == {
        "name": "koboldcpp/B-c__d",
        "model_name": "B-c__d",
        "baseline": "",
        "parameters": 560_000_000,
        "description": "",
        "version": "1",
        "style": "generalist",
        "nsfw": False,
        "display_name": "B c d",
        "tags": ["1B"],
    }


def test_what_a_full_row_becomes() -> None:
    found = converted('a/b,12,Shown,u,base,Text,chat,"z, c",ChatML,"{""top_k"": 1e-5}"')["a/b"]
    assert list(found)[8:] == ["display_name", "url", "tags", "instruct_format", "settings"]
    assert found["tags"] == ["12B", "c", "chat", "z"]
    assert (found["style"], found["settings"], found["display_name"]) == ("chat", {"top_k": 1e-05}, "Shown")


def test_numbers_are_written_as_the_script_writes_them() -> None:
    assert b'"top_k": 1e-05\n' in database_of(f'{HEADER}\na,1,,,,,,,,"{{""top_k"": 0.00001}}"'.encode())


def test_of_several_with_one_key_the_last_counts_in_the_place_of_the_first() -> None:
    found = converted("a/x,1,,,,,,,,", "b/y,2,,,,,,,,", "c/x,3,,,,,,,,", "a/x,4,,,,,,,,")
    names = ["a/x", "aphrodite/a/x", "koboldcpp/x", "b/y", "aphrodite/b/y", "koboldcpp/y", "c/x", "aphrodite/c/x"]
    assert list(found) == names
    assert [entry["parameters"] // 10**9 for entry in found.values()] == [4, 4, 4, 2, 2, 2, 3, 3]


def test_a_column_that_nobody_knows_becomes_a_field() -> None:
    assert converted("a,1,,,,,,,,,yes", header=HEADER + ",nsfw")["a"]["nsfw"] == "yes"


def test_records_make_the_database_that_their_table_makes() -> None:
    records = [TextGeneration(name=name, parameters=7 * 10**9, tags=("a, b",)) for name in ("x/z", "y/z", "w")]
    assert bytes(encode_database(records)) == database_of(encode_table(records))
