"""Schemas become components of one document without losing what they say."""

from typing import Any

from horde_reference.emit.openapi.components import components

PART = {"type": "object", "properties": {"inner": {"$ref": "#/$defs/Inner"}}}
TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def whole(**parts: dict[str, Any]) -> dict[str, Any]:
    return {"$id": "https://example.org", "$ref": f"#/$defs/{next(iter(parts))}", "$defs": parts}


def test_parts_that_say_the_same_are_one_component() -> None:
    found = components({"schemas/a.json": whole(Part=TEXT), "schemas/b/c.json": whole(Other=TEXT)})
    assert found == {
        "A": {"$ref": "#/components/schemas/Part"},
        "BC": {"$ref": "#/components/schemas/Part"},
        "Part": TEXT,
    }


def test_parts_that_say_something_else_under_one_name_stay_apart_with_all_that_mention_them() -> None:
    one, other = whole(Part=PART, Inner=TEXT), whole(Part=PART, Inner=NUMBER)
    found = components({"schemas/a.json": one, "schemas/b.json": other})
    assert found["A"] == {"$ref": "#/components/schemas/Part"}
    assert found["B"] == {"$ref": "#/components/schemas/BPart"}
    assert found["Part"]["properties"]["inner"] == {"$ref": "#/components/schemas/Inner"}
    assert found["BPart"]["properties"]["inner"] == {"$ref": "#/components/schemas/BInner"}
    assert (found["Inner"], found["BInner"]) == (TEXT, NUMBER)


def test_a_part_that_is_itself_a_schema_is_that_schema() -> None:
    record = {"title": "Record", **TEXT}
    found = components({"schemas/all.json": whole(record=record), "schemas/one.json": {**record, "examples": ["a"]}})
    assert found == {"All": {"$ref": "#/components/schemas/One"}, "One": {**record, "examples": ["a"]}}
