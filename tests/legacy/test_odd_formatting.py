"""Files that people formatted by hand: what is not edited stays to the byte, what is new is written like its kind."""

from dataclasses import replace
from typing import Any

import pytest

from horde_reference.formats.json_reading import loads
from horde_reference.formats.legacy_image import decode
from horde_reference.formats.legacy_update.difference import differences, entries
from horde_reference.formats.legacy_update.image_file import update_file
from horde_reference.formats.legacy_update.table_file import update_table
from horde_reference.records.base import Config, Download, LegacyEntry, LegacyRow, Record
from horde_reference.records.kinds import Clip, Esrgan, TextGeneration

BY_HAND = """\
{\r
\t"one": {\r
\t\t"name" : "one", "type": "clip",\r
\t\t"description": "caf\\u00e9 und Café",\r
  \t"min_bridge_version": 12,\r
\t\t"custom": {"a": 1.0, "a": 2},\r
\t\t"config": {"files": [ {"path": "a.pt", "sha256sum": "aa", "comment": "by händ"} ],\r
\t\t\t"download": [\r
\t\t\t\t{"file_name": "a.pt", "file_path": "", "file_url": "https://example.com/a"}\r
\t\t\t]\r
\t\t},\r
\t\t"available": false\r
\t},\r
    "two": {"name": "two", "type": "clip", "config": {"files": [], "download": []}, "available": false}\r
}"""
TABLE = (
    '"name",parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings,notes\n'
    'a/x," 12",,"u",,"Say ""so"",\nand more",,"p,q",,"{""rep_pen"":1.18}",kept\r\n'
    "\n"
    "c/z,3.50,,,,,,,,,\n"
)


def records_of(file: str, category: str = "clip") -> dict[str, Record]:
    found = {}
    for place, (key, entry) in enumerate(loads(file.encode()).items(), 1):
        without_comments = {**entry, "config": {**entry["config"], "files": [*map(known, entry["config"]["files"])]}}
        found[key] = decode(category, key, without_comments, place)
    return found


def known(file: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in file.items() if key != "comment"}


def updated(file: str, *records: Record, category: str = "clip") -> str:
    return update_file(category, file.encode(), records).decode()


def test_nothing_edited_is_nothing_changed() -> None:
    assert updated(BY_HAND, *records_of(BY_HAND).values()) == BY_HAND


def test_one_field_changes_in_its_line() -> None:
    one, two = records_of(BY_HAND).values()
    expected = BY_HAND.replace("caf\\u00e9 und Café", "Thé")
    assert updated(BY_HAND, replace(one, description="Thé"), two) == expected


def test_a_hash_changes_and_what_people_wrote_beside_it_stays() -> None:
    one, two = records_of(BY_HAND).values()
    (download,) = one.config.download
    edited = replace(one, config=Config(download=(replace(download, sha256sum="bb"),)))
    assert updated(BY_HAND, edited, two) == BY_HAND.replace('"aa"', '"bb"')


def test_a_hash_in_another_case_is_the_same_hash() -> None:
    file = BY_HAND.replace('"aa"', '"AA"')
    one, two = records_of(BY_HAND).values()
    assert updated(file, one, two) == file
    expected = file.replace("caf\\u00e9 und Café", "Thé")
    assert updated(file, replace(one, description="Thé"), two) == expected


def test_a_field_is_taken_out_and_put_in_where_the_order_wants_it() -> None:
    one, two = records_of(BY_HAND).values()
    without = updated(BY_HAND, replace(one, description=None), two)
    assert without == BY_HAND.replace('\r\n\t\t"description": "caf\\u00e9 und Café",', "")
    again = updated(without, replace(one, description="Thé"), two)
    assert again == without.replace('"type": "clip",', '"type": "clip",\r\n\t\t"description": "Thé",', 1)
    shorter = updated(BY_HAND, one, replace(two, description="Two"))
    assert shorter == BY_HAND.replace('"two", "type": "clip",', '"two", "type": "clip", "description": "Two",')


def test_the_last_field_goes_with_the_comma_before_it() -> None:
    one, two = records_of(BY_HAND).values()
    edited = replace(one, legacy=replace(one.legacy, omit=("available",)))  # type: ignore[attr-defined, call-arg]
    assert updated(BY_HAND, edited, two) == BY_HAND.replace('\t\t},\r\n\t\t"available": false\r\n', "\t\t}\r\n")


def test_a_file_is_added_to_a_list_as_the_list_is_written() -> None:
    one, two = records_of(BY_HAND).values()
    download = Download(file_name="b.pt", file_url="https://example.com/b")
    text = updated(BY_HAND, replace(one, config=Config(download=(*one.config.download, download))), two)
    assert '[ {"path": "a.pt", "sha256sum": "aa", "comment": "by händ"}, {"path" : "b.pt"} ]' not in text
    assert '"comment": "by händ"}, {"path": "b.pt"} ]' in text
    assert '"https://example.com/a"},\r\n\t\t\t\t{\r\n\t\t\t\t\t"file_name": "b.pt",\r\n' in text
    assert updated(text, one, two) == BY_HAND


def test_a_list_that_becomes_empty_is_closed() -> None:
    one, two = records_of(BY_HAND).values()
    text = updated(BY_HAND, replace(one, config=Config()), two)
    assert '"config": {"files": [],\r\n\t\t\t"download": []\r\n\t\t}' in text


def test_a_new_record_is_written_as_the_file_is() -> None:
    one, two = records_of(BY_HAND).values()
    text = updated(BY_HAND, one, two, Clip(name="Café"))
    assert text.startswith(BY_HAND.removesuffix("\r\n}"))
    assert text.removeprefix(BY_HAND.removesuffix("\r\n}")).splitlines(keepends=True)[:5] == [
        ",\r\n",
        '\t"Café": {\r\n',
        '\t\t"name": "Café",\r\n',
        '\t\t"type": "clip",\r\n',
        '\t\t"config": {\r\n',
    ]
    assert updated(text, one, two) == BY_HAND


def test_a_record_with_a_place_goes_there_and_others_behind_by_name() -> None:
    one, two = records_of(BY_HAND).values()
    middle = Clip(name="middle", legacy=LegacyEntry(position=1.5))
    text = updated(BY_HAND, Clip(name="z"), middle, Clip(name="b"), one, two)
    assert list(loads(text.encode())) == ["one", "middle", "two", "b", "z"]


def test_the_first_and_the_last_record_go_with_their_lines_only() -> None:
    one, two = records_of(BY_HAND).values()
    first_gone = updated(BY_HAND, two)
    assert first_gone == "{\r\n" + BY_HAND[BY_HAND.index('    "two"') :]
    last_gone = updated(BY_HAND, one)
    assert last_gone == BY_HAND[: BY_HAND.index(',\r\n    "two"')] + "\r\n}"


def test_a_record_with_another_name_keeps_its_place_and_its_form() -> None:
    one, two = records_of(BY_HAND).values()
    text = updated(BY_HAND, replace(one, name="1", aliases=("one",)), two)
    assert text == BY_HAND.replace('"one": {', '"1": {').replace('"name" : "one"', '"name" : "1"')


def test_a_key_that_no_field_has_stays_unless_a_record_said_it_before() -> None:
    one, two = records_of(BY_HAND).values()
    quiet = replace(one, legacy=replace(one.legacy, fields={}))  # type: ignore[attr-defined, call-arg]
    assert update_file("clip", BY_HAND.encode(), [quiet, two]).decode() == BY_HAND
    assert b"custom" not in update_file("clip", BY_HAND.encode(), [quiet, two], before=[one, two])


ONE_LINE = '{"b": {"name": "b", "type": "realesrgan", "style": "generalist", "config": {"files": [], "download": []}}}'
LONGER = ONE_LINE.replace(": []}}", ': []}, "available": false}')


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("{}", '{\n    "z": {\n        "name": "z",\n'),
        (ONE_LINE, LONGER.removesuffix("}") + ', "z": {"name": "z", "type": "realesrgan", '),
        ('{"b":{"name":"b"},"c":{"name":"c"}}', '{"b":{"name":"b","type":"realesrgan",'),
    ],
)
def test_a_file_on_one_line_stays_on_one_line(file: str, expected: str) -> None:
    records = [Esrgan(name="z"), *[Esrgan(name=name) for name in loads(file.encode())]]
    text = updated(file, *records, category="esrgan")
    assert text.startswith(expected)
    assert loads(text.encode()).keys() == {record.name for record in records}
    assert updated(text, *records, category="esrgan") == text


def test_a_difference_says_what_and_where() -> None:
    one, two = records_of(BY_HAND).values()
    text = updated(BY_HAND, replace(one, description="Thé"), Clip(name="new"))
    changed, gone, new = differences("clip.json", BY_HAND.encode(), text.encode())
    assert (changed.key, changed.operation, changed.fields()) == ("one", "update", ["description"])
    assert changed.before is not None
    assert changed.before.lines == range(2, 14)
    assert (gone.key, gone.operation) == ("two", "delete")
    assert (new.key, new.operation) == ("new", "create")
    assert new.fields() == ["name", "type", "config", "available"]
    assert not differences("clip.json", BY_HAND.encode(), BY_HAND.encode())
    assert two.name not in entries("clip.json", text.encode())


X = TextGeneration(
    name="a/x",
    parameters=12_000_000_000,
    url="u",
    description='Say "so",\nand more',
    tags=("p", "q"),
    settings={"rep_pen": 1.18},
)
Z = TextGeneration(name="c/z", parameters=3_500_000_000)


def table(*records: TextGeneration, existing: str = TABLE) -> str:
    return update_table(existing.encode(), records).decode()


@pytest.mark.parametrize("existing", [TABLE, "\ufeff" + TABLE, TABLE.removesuffix("\n")])
def test_a_table_without_an_edit_stays_as_it_is(existing: str) -> None:
    assert table(X, Z, existing=existing) == existing


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        ({"parameters": 13_500_000_000}, '" 12"', "13.5"),
        ({"settings": {"rep_pen": 1.2}}, '"{""rep_pen"":1.18}"', '"{""rep_pen"": 1.2}"'),
        ({"tags": ("p",)}, '"p,q"', "p"),
        ({"url": None}, '"u"', ""),
        ({"name": "b/x", "aliases": ("a/x",)}, "a/x", "b/x"),
        ({"style": "chat, long"}, ',,"p,q"', ',"chat, long","p,q"'),
    ],
)
def test_one_cell_changes_and_the_others_keep_their_form(edit: dict[str, Any], old: str, new: str) -> None:
    assert table(replace(X, **edit), Z) == TABLE.replace(old, new)


def test_a_new_row_stands_in_order_and_the_file_ends_as_it_ended() -> None:
    new = TextGeneration(name="b/y", parameters=500_000_000)
    last = TextGeneration(name="d/d", parameters=1_000_000_000)
    assert table(X, Z, new) == TABLE.replace("kept\r\n", "kept\r\nb/y,0.5,,,,,,,,,\n")
    short = TABLE.removesuffix("\n")
    assert table(X, Z, last, existing=short) == TABLE + "d/d,1,,,,,,,,,"
    assert table(X, existing=short) == short.removesuffix("\nc/z,3.50,,,,,,,,,")


def bare(*names: str) -> list[TextGeneration]:
    return [TextGeneration(name=name, parameters=10**9) for name in names]


def bare_table(*names: str) -> str:
    return TABLE.partition("\n")[0] + "\n" + "".join(f"{name},1,,,,,,,,,\n" for name in names)


def test_in_a_table_without_order_new_rows_come_last_by_name() -> None:
    names = ("m/m", "z/z", "a/a")
    old = [replace(one, legacy=LegacyRow(position=at)) for at, one in enumerate(bare(*names), 1)]
    text = table(*old, *bare("n/n", "b/b"), existing=bare_table(*names))
    assert text == bare_table(*names, "b/b", "n/n")


def test_a_row_astray_does_not_make_a_table_one_without_order() -> None:
    names = ["z/z", *[f"m/{letter}" for letter in "abcdefghijk"]]
    text = table(*bare(*names, "m/c1"), existing=bare_table(*names))
    assert text == bare_table(*names[:4], "m/c1", *names[4:])


def test_a_table_that_quotes_everything_goes_on_quoting() -> None:
    existing = '"name","parameters_bn","display_name","url","baseline","description","style","tags",'
    existing += '"instruct_format","settings"\n"a/x","12","","","","","","","",""\n'
    records = [TextGeneration(name="a/x", parameters=13 * 10**9), TextGeneration(name="a/y", parameters=10**9)]
    rows = '"a/x","13","","","","","","","",""\n"a/y","1","","","","","","","",""\n'
    assert table(*records, existing=existing).endswith(rows)


def test_of_rows_with_one_name_the_last_is_the_one_that_changes() -> None:
    twice = TABLE + "c/z,4,,,,,,,,,\n"
    four = replace(Z, parameters=4 * 10**9)
    assert table(X, four, existing=twice) == twice
    assert table(X, replace(four, style="chat"), existing=twice) == TABLE + "c/z,4,,,,,chat,,,,\n"
    assert table(X, existing=twice) == TABLE.replace("c/z,3.50,,,,,,,,,\n", "")
    renamed = table(X, replace(four, name="c/y", aliases=("c/z",)), existing=twice)
    assert renamed == twice.replace("c/z", "c/y")


def test_an_instruct_format_that_only_the_cell_has_stays() -> None:
    existing = TABLE.replace("c/z,3.50,,,,,,,,,", "c/z,3.50,,,,,,,Vicuna?,,")
    assert table(X, replace(Z, legacy=LegacyRow(cells={"instruct_format": "Vicuna?"})), existing=existing) == existing
    assert table(X, Z, existing=existing) == TABLE


def test_columns_in_another_order_stay_so() -> None:
    existing = "settings,instruct_format,tags,style,description,baseline,url,display_name,parameters_bn,name\n"
    text = table(Z, existing=existing)
    assert text == existing + ",,,,,,,,3.5,c/z\n"
    assert table(replace(Z, style="chat"), existing=text) == existing + ",,,chat,,,,,3.5,c/z\n"
