"""A legacy file that is broken stops the update with the file, the line and the reason; never a wrong file."""

import pytest

from horde_reference.formats.legacy_database import database_of
from horde_reference.formats.legacy_update.image_file import update_file
from horde_reference.formats.legacy_update.malformed import Malformed
from horde_reference.formats.legacy_update.table_file import update_table
from horde_reference.records.base import LegacyEntry
from horde_reference.records.kinds import Clip, TextGeneration

HEADER = b"name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings\r\n"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b'{\n"a": {}\n"b": {}}', "clip.json, line 3: it is not JSON: Expecting ',' delimiter (column 1)."),
        (b'{"a": {},}', "clip.json, line 1: it is not JSON"),
        (b'{"a": {}}}', "clip.json, line 1: it is not JSON: Extra data"),
        (b"", "clip.json, line 1: it is not JSON"),
        (b"[]", "clip.json, line 1: it is not an object of entries by key."),
        (b'{\n"a": {},\n"a": {}}', "clip.json, line 3: the key 'a' stands twice; keep one of the two entries."),
        (b'{\n"a": {},\n\n"b": 1}', "clip.json, line 4: 'b' is not an object."),
        (b'{"a":\n{"b": NaN}}', "clip.json, line 2: it is not JSON: NaN is not a value"),
        (b"\xef\xbb\xbf{}", "clip.json, line 1: it begins with a byte order mark; save it as UTF-8 without one."),
        (b'{\n"\xff": {}}', "clip.json, line 2: byte 3 is not UTF-8."),
    ],
)
def test_a_broken_json_file(file: bytes, reason: str) -> None:
    with pytest.raises(Malformed) as caught:
        update_file("clip", file, [Clip(name="a")])
    assert str(caught.value).startswith(reason)


BROKEN_TABLES = [
    (b"", "models.csv, line 1: the header has no column name, parameters_bn,"),
    (HEADER.replace(b"style", b"stlye"), "models.csv, line 1: the header has no column style; it has name,"),
    (HEADER.replace(b"\r\n", b",style\r\n"), "models.csv, line 1: the header has the column 'style' twice."),
    (
        HEADER + b"a,1,,,,,,,,,\r\n",
        "models.csv, line 2: the row has 11 cells instead of 10; is a quotation mark missing?",
    ),
    (HEADER + b"a,1,,,,,,,,\r\n\r\nb,1\r\n", "models.csv, line 4: the row has 2 cells instead of 10"),
    (
        HEADER + b'a,1,"never closed,,,,,,,\r\n',
        "models.csv, line 2: the quotation mark before cell 3 of the row is never",
    ),
    (HEADER + b'a,1,"x" y,,,,,,,\r\n', "models.csv, line 2: the row cannot be read: something stands behind a closing"),
    (HEADER + b'a,1,"x,,,,,,,\r\nb,2,"y",,,,,,,\r\n', "models.csv, line 2: the row cannot be read"),
    (HEADER + b" ,1,,,,,,,,\r\n", "models.csv, line 2: the row has no name."),
    (HEADER + b"a,1,\xff,,,,,,,\r\n", "models.csv, line 2: byte 98 is not UTF-8."),
]


@pytest.mark.parametrize(("file", "reason"), BROKEN_TABLES)
def test_a_broken_table(file: bytes, reason: str) -> None:
    for made_from in (lambda table: update_table(table, []), database_of):
        with pytest.raises(Malformed) as caught:
            made_from(file)
        assert str(caught.value).startswith(reason)
        assert caught.value.file == "models.csv"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"a,,,,,,,,,", "parameters_bn is '', not a number of billions."),
        (b"a,many,,,,,,,,", "parameters_bn is 'many', not a number of billions."),
        (b"a,inf,,,,,,,,", "parameters_bn is 'inf', which is no number of parameters."),
        (b'a,1,,,,,,,,"{""a"": 1"', "settings is not JSON: "),
        (b"a,1,,,,,,,,[]", "settings is not a JSON object."),
        (b'a,1,,,,,,,,"{""heat"": 1}"', "settings has heat, which the text repository does not know."),
    ],
)
def test_a_cell_at_which_the_conversion_would_stop(row: bytes, reason: str) -> None:
    with pytest.raises(Malformed) as caught:
        database_of(HEADER + row)
    assert str(caught.value).startswith(f"models.csv, line 2: {reason}")


def test_two_records_with_one_key_stop_the_update() -> None:
    records = [Clip(name="a"), Clip(name="b", legacy=LegacyEntry(key="a"))]
    with pytest.raises(Malformed, match=r"clip\.json: 'b' and 'a' have the same key 'a'\."):
        update_file("clip", b"{}", records)
    models = [TextGeneration(name="a", parameters=1), TextGeneration(name="a ", parameters=2)]
    with pytest.raises(Malformed, match=r"models\.csv: two records have the name 'a'\."):
        update_table(HEADER, models)
