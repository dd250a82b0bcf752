"""Laws of groups of text models, whatever the models are called."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import CHARACTERS, NAMES, TEXT

from horde_reference.corpus import Corpus
from horde_reference.edition import Edition
from horde_reference.emit import text_groups
from horde_reference.emit.group_answers import parsed
from horde_reference.finding import Finding
from horde_reference.formats import grouping as files
from horde_reference.formats.canonical import load
from horde_reference.formats.json_reading import loads
from horde_reference.formats.json_writing import pretty
from horde_reference.records.kinds import TextGeneration
from horde_reference.rules.check import check
from horde_reference.text.conventions import Convention, inferred
from horde_reference.text.families import detect
from horde_reference.text.grouping import Grouping
from horde_reference.text.groups import groups_of
from horde_reference.text.name_schema import NameSchema
from horde_reference.text.names import parse_name
from horde_reference.text.parts import ORDER, SEPARATORS, Part

WORDS = st.sampled_from(["Cat", "dog", "8B", "70b", "v1", "V2.5", "Instruct", "chat", "Q4_K_M", "GGUF", "2407", "32K"])
LIKELY = st.builds(
    lambda author, words, separator: author + separator.join(words),
    st.sampled_from(["", "a/", "b/", "a/b/"]),
    st.lists(WORDS, min_size=1, max_size=5),
    st.sampled_from("-_. "),
)
MODELS = st.lists(LIKELY | NAMES, max_size=12, unique=True).map(
    lambda names: [TextGeneration(name=name, parameters=1) for name in names]
)
CONVENTIONS = st.builds(
    Convention,
    st.builds(
        NameSchema,
        st.sampled_from(SEPARATORS),
        st.lists(st.sampled_from(ORDER), unique=True).map(lambda some: tuple({Part.BASE: 0, **dict.fromkeys(some)})),
    ),
    st.booleans(),
    st.none() | TEXT,
)
LISTS = st.dictionaries(TEXT, st.lists(TEXT, max_size=3).map(lambda names: tuple(sorted(names))), max_size=3)
GROUPINGS = st.builds(Grouping, LISTS, LISTS, st.dictionaries(TEXT, CONVENTIONS, max_size=2))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(CHARACTERS, max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*files.KEYS.values(), *files.SCHEMA_KEYS, "$schema", "", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def group_of(name: str) -> str:
    return parse_name(name).group


@given(MODELS, st.randoms())
def test_groups_are_the_same_in_whatever_order_the_records_come(models: list[TextGeneration], chance: Any) -> None:
    shuffled = chance.sample(models, len(models))
    one, other = groups_of(models), groups_of(shuffled)
    assert list(one.items()) == list(other.items())


@given(MODELS)
def test_every_record_is_in_the_one_group_that_its_name_says(models: list[TextGeneration]) -> None:
    found = groups_of(models)
    assert sorted(record.name for group in found.values() for record in group.records) == sorted(
        model.name for model in models
    )
    for name, group in found.items():
        assert {member.name.group for member in group.members} == {name}
        assert [member.name.text for member in group.members] == [record.name for record in group.records]


@given(MODELS)
def test_what_is_published_of_groups_adds_up(models: list[TextGeneration]) -> None:
    edition = Edition(Corpus.of(models))
    files_ = {
        path.partition("text_generation/")[2]: json.loads(bytes(body)) for path, body in text_groups.emit(edition)
    }
    summary, names = files_["groups/summary.json"], files_["groups.json"]["groups"]
    assert summary["total_models"] == sum(one["canonical_count"] for one in summary["groups"]) == len(models)
    assert (
        [one["group_name"] for one in summary["groups"]]
        == names
        == sorted({parse_name(one.name).group for one in models})
    )
    for one in summary["groups"]:
        said = files_[f"group/{one['group_name']}.json"]
        assert len(said["members"]) == said["canonical_count"] == one["canonical_count"]
        assert all(member["parsed"]["base_name"].endswith(said["group_name"]) for member in said["members"])
        for part, counts in (("size", "size_usage"), ("variant", "variant_usage"), ("quant", "quant_usage")):
            stated = [member["parsed"][part] for member in said["members"] if member["parsed"][part]]
            assert said[counts] == {value: stated.count(value) for value in stated}
    health = files_["groups/health.json"]
    assert sum(health["issue_counts_by_type"].values()) == len(health["issues"])
    found = files_["families/detect.json"]
    assert found["groups_in_families"] + found["standalone_groups"] == found["total_groups_analyzed"] == len(names)


@given(
    st.lists(LIKELY.map(lambda name: parse_name(name).group) | TEXT, max_size=12), st.integers(1, 5), st.integers(1, 4)
)
def test_proposed_families_share_no_group_and_have_enough(groups: list[str], length: int, size: int) -> None:
    found = detect(groups, length, size)
    members = [group for some in found.values() for group in some]
    assert len(members) == len(set(members))
    for family, some in found.items():
        assert len(family) >= length
        assert len(some) >= size
        assert all(group.startswith(f"{family}-") for group in some)


@given(LIKELY | NAMES)
def test_what_is_published_of_a_name_is_what_is_read_in_it(name: str) -> None:
    read = parse_name(name)
    said = parsed(read, read.group)
    assert (said.size, said.variant, said.version, said.quant) == (
        read.size, read.variant, read.version, read.quantisation
    )  # fmt: skip
    assert [(extra.value, extra.position) for extra in said.extras] == [
        (extra.value, extra.position) for extra in read.extras
    ]


@given(LIKELY | NAMES)
def test_a_convention_read_off_one_name_has_each_of_its_parts(name: str) -> None:
    read = parse_name(name)
    order = inferred([read]).schema.order
    assert len(set(order)) == len(order)
    assert {piece.part for piece in read.pieces} - {Part.BACKEND, Part.AUTHOR, Part.SEPARATOR} <= {*order}


@given(GROUPINGS)
def test_a_grouping_survives_its_files(grouping: Grouping) -> None:
    written = list(files.encode(grouping))
    loaded = load(written)
    shared = {one.rule for one in loaded.findings}
    assert shared == set()
    assert (loaded.grouping.aliases, loaded.grouping.families) == (dict(grouping.aliases), dict(grouping.families))
    assert loaded.grouping.name_schemas == grouping.name_schemas


@given(st.sampled_from(list(files.KEYS)), JSON)
def test_reading_any_json_never_fails_and_a_fix_rests(path: str, value: Any) -> None:
    findings: list[Finding] = []
    files.load([(path, pretty(value))], findings)
    assert all(finding.path == path and finding.message and finding.hint for finding in findings)
    if isinstance(value, dict):
        once = files.format_document(path, value)
        assert files.format_document(path, loads(once)) == once
        assert {key: inner for key, inner in loads(once).items() if key not in {"$schema", files.KEYS[path]}} == {
            key: inner for key, inner in value.items() if key not in {"$schema", files.KEYS[path]}
        }


@given(MODELS, GROUPINGS)
def test_checking_a_grouping_never_fails_and_says_where(models: list[TextGeneration], grouping: Grouping) -> None:
    for finding in check(Corpus.of(models), grouping):
        assert finding.message
        assert finding.hint
        if finding.path in files.KEYS:
            assert finding.pointer.startswith(f"/{files.KEYS[finding.path]}/")
