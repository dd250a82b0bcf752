"""JSON Schemas of the files in which people state something of the groups of text models.

schemas/text_groups/aliases.json       data/text_groups/aliases.json
schemas/text_groups/families.json      data/text_groups/families.json
schemas/text_groups/name_schemas.json  data/text_groups/name_schemas.json
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from horde_reference.emit.schemas.shapes import Schema, by_key, flag, keys, listed, text, titled
from horde_reference.formats.addresses import grouping_schema_path
from horde_reference.formats.order import SCHEMA_KEY
from horde_reference.text.parts import ORDER, SEPARATORS, Part

_OF_SCHEMA: Final = text("Address of the JSON Schema of this file, for editors.")
_GROUP: Final = text("Name of a group.", "Qwen3", minLength=1)
_ALIASES: Final = listed("Names under which the group is found as well.", text("A name.", minLength=1))
_MEMBERS: Final = listed("The groups that belong to the family.", _GROUP)
_NAME_SCHEMA: Final = keys(
    "How the names of a group are to be written.",
    {
        "separator": text("What stands between the parts.", enum=list(SEPARATORS)),
        "part_order": {
            **listed("The parts in their order; `base` is one of them.", {"enum": list(map(str, ORDER))}),
            "uniqueItems": True,
        },
        "author_included": {**flag("Whether the author stands in front, with a slash."), "default": True},
        "common_author": text("The author, where it has to be the same for all.", minLength=1),
    },
    "author_included",
    "common_author",
)


def _file(title: str, key: str, what: str, entries: Schema, example: Any) -> tuple[str, Schema]:  # noqa: ANN401
    """Path and schema of a file that states one thing of each of several names."""
    shape = keys(what, {SCHEMA_KEY: _OF_SCHEMA, key: by_key(what, entries)}, SCHEMA_KEY)
    return grouping_schema_path(key), titled(title, shape, {key: example})


SCHEMAS: Final[Mapping[str, Schema]] = MappingProxyType(
    dict(
        (
            _file("Aliases", "aliases", "Group → other names of it.", _ALIASES, {"Qwen3": ["Qwen-3"]}),
            _file("Families", "families", "Family → its groups.", _MEMBERS, {"Qwen": ["Qwen2.5", "Qwen3"]}),
            _file(
                "Naming schemas", "name_schemas", "Group → how its names are written.", _NAME_SCHEMA,
                {"Qwen3": {"separator": "-", "part_order": [Part.BASE, Part.SIZE, Part.VARIANT]}},
            ),
        )
    )
)  # fmt: skip
"""Path from the public root → schema."""
