"""Groups of text models, as the live service answers.

All of these lie below api/model_references/v2/text_generation:

groups.json                     names of the groups
groups/summary.json             each of them in short
groups/health.json              what may be wrong with them
group/<group>.json              one group, under its name and its aliases
group/<group>/name_schema.json  how its names are written
aliases.json                    other names of groups
families.json                   groups that belong together
families/detect.json            families that nobody has stated, proposed from how names begin
distinct_baselines.json         the models that others were trained from
"""

from collections.abc import Iterator
from typing import Final

from horde_reference.edition import Edition
from horde_reference.emit import group_lists
from horde_reference.emit.group_answers import detail
from horde_reference.emit.group_shapes import GroupDetail, GroupNameSchema
from horde_reference.formats.addresses import API_ROOT
from horde_reference.formats.json_writing import compact
from horde_reference.records.kinds import TextGeneration
from horde_reference.text.grouping import Grouping
from horde_reference.text.health import issues
from horde_reference.tree import Emitted

_ROOT: Final = f"{API_ROOT}/v2/{TextGeneration.category}"


def emit(edition: Edition) -> Iterator[Emitted]:
    """Every file on groups of text models."""
    groups, grouping = edition.text_groups, edition.grouping
    found = {name: list(issues(group)) for name, group in groups.items()}
    listed: list[group_lists.GroupSummary] = []
    for group in groups.values():
        said = detail(group, grouping)
        listed.append(group_lists.in_short(said, grouping, found[group.name]))
        yield from _files(said, grouping)
    yield f"{_ROOT}/groups.json", compact(group_lists.GroupNames(list(groups)))
    yield f"{_ROOT}/groups/summary.json", compact(group_lists.summaries(listed))
    yield f"{_ROOT}/groups/health.json", compact(group_lists.health(found))
    yield f"{_ROOT}/aliases.json", compact(group_lists.aliases(grouping))
    yield f"{_ROOT}/families.json", compact(group_lists.families(grouping))
    yield f"{_ROOT}/families/detect.json", compact(group_lists.detected(groups, grouping))
    records = (record for group in groups.values() for record in group.records)
    yield f"{_ROOT}/distinct_baselines.json", compact(group_lists.baselines(records))


def _files(said: GroupDetail, grouping: Grouping) -> Iterator[Emitted]:
    """The two files of a group, under each of its names."""
    schema = GroupNameSchema(said.group_name, said.name_format, said.name_schema_is_custom)
    one, other = compact(said), compact(schema)
    for name in (said.group_name, *grouping.aliases.get(said.group_name, ())):
        yield f"{_ROOT}/group/{name}.json", one
        yield f"{_ROOT}/group/{name}/name_schema.json", other
