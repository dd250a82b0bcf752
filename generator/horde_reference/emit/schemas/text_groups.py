"""JSON Schemas of answers on groups of text models.

schemas/text_groups.json                   names of the groups
schemas/text_group_summaries.json          each of them in short
schemas/text_group_health.json             what may be wrong with them
schemas/text_group.json                    one group
schemas/text_group_name_schema.json        how its names are written
schemas/text_group_aliases.json            other names of groups
schemas/text_group_families.json           groups that belong together
schemas/text_group_families_detected.json  families that nobody has stated
schemas/text_baselines.json                the models that others were trained from
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from horde_reference.emit import group_lists
from horde_reference.emit.group_answers import detail
from horde_reference.emit.group_shapes import GroupNameSchema
from horde_reference.emit.schemas.answered import schema_of
from horde_reference.emit.schemas.shapes import Schema
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import groups_of
from horde_reference.text.health import issues

_RECORDS: Final = (
    TextGeneration(name="example-author/Lantern-12B-Instruct", parameters=12 * 10**9, baseline="example-author/Lamp"),
    TextGeneration(name="example-author/Lantern-Mini-2B-2511", parameters=2 * 10**9),
)
_GROUPS: Final = groups_of(_RECORDS)
_GROUPING: Final = Grouping({"Lantern": ("Lanterna",)}, {"Lantern": ("Lantern", "Lantern-Mini")})
_ISSUES: Final = {name: list(issues(group)) for name, group in _GROUPS.items()}
_DETAIL: Final = detail(_GROUPS["Lantern"], _GROUPING)
_SCHEMA: Final = GroupNameSchema(_DETAIL.group_name, _DETAIL.name_format, _DETAIL.name_schema_is_custom)

_EXAMPLES: Final = (
    ("text_groups", "Groups of text models", group_lists.GroupNames(list(_GROUPS))),
    (
        "text_group_summaries",
        "Groups in short",
        group_lists.summaries([group_lists.in_short(_DETAIL, _GROUPING, _ISSUES["Lantern"])]),
    ),
    ("text_group_health", "Health of groups", group_lists.health(_ISSUES)),
    ("text_group", "Group of text models", _DETAIL),
    ("text_group_name_schema", "Naming schema of a group", _SCHEMA),
    ("text_group_aliases", "Aliases of groups", group_lists.aliases(_GROUPING)),
    ("text_group_families", "Families of groups", group_lists.families(_GROUPING)),
    ("text_group_families_detected", "Proposed families", group_lists.detected(_GROUPS, Grouping())),
    ("text_baselines", "Baselines of text models", group_lists.baselines(_RECORDS)),
)

SCHEMAS: Final[Mapping[str, Schema]] = MappingProxyType(
    {f"schemas/{name}.json": schema_of(type(example), title, example) for name, title, example in _EXAMPLES}
)
"""Path from the public root → schema."""
