"""Every answer that was captured from the live service, and how ours compares.

equal      ours says the same
truer      ours has the same form and says what is true of files, or more
deferred   ours is not published yet; whoever publishes it has to change the verdict
no file    a file cannot answer it, and none does
"""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import captured_groups as groups
import captured_statistics as captured
import pytest
from horde_api import PARTS, horde_api
from repositories import Repository

from horde_reference.workflows.build import Wishes, build
from horde_reference.workflows.fetched import FetchedFiles
from horde_reference.workflows.usage import fetch

ROOT = Path(__file__).parent.parent.parent
NOTHING = (None, "", "FIXME")
"""Values that say nothing: ours leaves the key out, and the released client reads both alike."""
TIMES = frozenset({"created_at", "updated_at"})
ADDED = {
    "record_type", "model_classification", "inpainting",  # the live service leaves them out for images only
    "schema_version", "created_by", "updated_by", "known_slow_download", "description",
}  # fmt: skip


def equal(theirs: Any, ours: Any) -> None:
    assert ours == theirs


def form(theirs: Any, ours: Any, *, unknown: bool = False) -> None:
    """The same keys and types, however deep; where values may be unknown, null goes with everything."""
    if unknown and (theirs is None or ours is None):
        return
    assert type(ours) is type(theirs)
    if isinstance(theirs, dict):
        assert ours.keys() == theirs.keys()
        for key, value in theirs.items():
            form(value, ours[key], unknown=unknown)


def record(theirs: Any, ours: Any, *, unlike: frozenset[str] = TIMES) -> None:
    """All that is stated is stated here as well, but for keys whose values have only the same type."""
    if isinstance(theirs, dict):
        said = {key: value for key, value in groups.corrected(theirs).items() if value not in NOTHING}
        assert said.keys() <= ours.keys()
        assert ours.keys() - theirs.keys() <= ADDED
        for key, value in said.items():
            (form if key in unlike else partial(record, unlike=unlike))(value, ours[key])
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs)
        for one, other in zip(theirs, ours, strict=True):
            record(one, other, unlike=unlike)
    else:
        equal(theirs, ours)


def records(theirs: Any, ours: Any, *, unlike: frozenset[str] = TIMES) -> None:
    """The same of all records, by their own names."""
    by_name = {one["name"]: one for one in theirs.values()}
    assert list(ours) == sorted(by_name)
    for name, one in by_name.items():
        record(one, ours[name], unlike=unlike)


def document(theirs: Any, ours: Any) -> None:
    assert ours["openapi"] == theirs["openapi"]
    assert theirs.keys() <= ours.keys()


@dataclass(frozen=True)
class Row:
    """A verdict on all captured addresses of one form."""

    form: str
    """Regular expression of the address below `api/model_references/`, or of the whole address."""
    verdict: Literal["equal", "truer", "deferred", "no file"]
    why: str = ""
    compared: Callable[[Any, Any], None] = equal


CARRIED = "blip|clip|codeformer|controlnet|esrgan|gfpgan|safety_checker|image_generation|text_generation|miscellaneous"
PURPOSE = partial(records, unlike=TIMES | {"purpose"})
TIMES_ARE_TRUE = "times come from git; those captured are of one start of the service"
QUERY = "a query: the client library answers it from the published files"
ORDER_OF_EQUALS = "what is equally frequent stands in the order of its name"
GROUPS_COUNT_ALL = "a group has what any of its models has, not what the first one has"
NOTHING_TWICE = "no request counts for two models; what nobody asked for is unused"
NAMES_READ_BETTER = "names are read better, so some models are in another group"

ROWS = [
    Row("api/heartbeat", "equal"),
    Row(f"v1/({CARRIED}|stable_diffusion|lora|ti)", "equal"),
    Row("v[12]/model_categories", "equal"),
    Row("v2/(audio_generation|video_generation|lora|ti)", "equal"),
    Row("api", "truer", "the message tells of files", form),
    Row("v[12]/info", "truer", "the message tells of files", form),
    Row("api/replicate_mode", "truer", "not writable: changes are pull requests", form),
    Row("api/openapi.json", "truer", "lists what this tree answers, each category with its own schema", document),
    Row(r"v[12]/metadata/\w+(/last_updated)?", "truer", "times and counts come from git", partial(form, unknown=True)),
    Row("v2/(blip|controlnet_annotator|esrgan|gfpgan|miscellaneous)", "truer", TIMES_ARE_TRUE, records),
    Row("v2/clip", "truer", "FIXME is not published as a checksum", records),
    Row("v2/(codeformer|safety_checker)", "truer", "their purpose is the one that released clients expect", PURPOSE),
    Row("v2/controlnet", "truer", "control_qr_xl is filed under its name, not under control_qr_sdxl", records),
    Row("v2/image_generation", "truer", "records of images have the same shape as all others", records),
    Row("v2/text_generation", "truer", "texts that say nothing are left out; names are read better", records),
    Row("v2/(controlnet|image_generation)/model/.+", "truer", TIMES_ARE_TRUE, record),
    Row("v2/text_generation/model/.+", "truer", "texts that say nothing are left out", record),
    Row(r"statistics/(?!text)\w+(@group_text_models=true)?", "truer", ORDER_OF_EQUALS, captured.statistics),
    Row("statistics/text_generation", "truer", "buckets of parameters are filled", captured.statistics),
    Row("statistics/text_generation@group_text_models=true", "truer", GROUPS_COUNT_ALL, captured.grouped_statistics),
    Row(r"statistics/\w+/with-stats(@include_backend_variations=true)?", "truer", NOTHING_TWICE, captured.with_stats),
    Row(r"statistics/image_generation/deletion-risk(@group.*|@preset=\w+)?", "truer", NOTHING_TWICE, captured.risk),
    Row("statistics/text.*/deletion-risk@group.*", "truer", NOTHING_TWICE, captured.grouped_risk_of_texts),
    Row(r"v2/(image|text)_generation/popular", "truer", "equals are ranked by requests", captured.popular),
    Row(r"v2/(?!image|text)\w+/popular", "equal"),
    Row("v2/text_generation/(aliases|distinct_baselines|families)", "equal"),
    Row("v2/text_generation/families/detect", "truer", NAMES_READ_BETTER, groups.detected),
    Row("v2/text_generation/groups", "truer", NAMES_READ_BETTER, groups.names),
    Row("v2/text_generation/groups/summary", "truer", NAMES_READ_BETTER, groups.summary),
    Row("v2/text_generation/groups/health", "truer", NAMES_READ_BETTER, groups.health),
    Row(r"v2/text_generation/group@name=\w+", "truer", "models stand in the order of their names", groups.group),
    Row(r"v2/text_generation/group/name_schema@name=\w+", "equal"),
    Row(r"v2/(\w+/)?search(@.+)?", "no file", QUERY),
    Row("v2/text_generation/parse_name@.+", "no file", QUERY),
    Row(r"v2/text_generation/families/detect@.+", "no file", QUERY),
    Row(r"v2/\w+/popular@.+", "no file", QUERY),
    Row(r"statistics/.+@(.+&)?limit=.+", "no file", QUERY),
]


@pytest.fixture(scope="module")
def usage(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of what the AI-Horde said to the live service."""
    into = tmp_path_factory.mktemp("usage") / "usage.json"
    files = {part: "{1}_{0}.json".format(*part.split()) for part in PARTS}
    with horde_api(
        **{part: (shared / "contract/horde_api" / file).read_bytes() for part, file in files.items()}
    ) as api:
        assert fetch(into, url=api.address).written
    return into


@pytest.fixture(scope="module")
def answers(adopted: Path, usage: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the real records as one commit: the legacy files and what the live service adds to them."""
    repository = Repository(tmp_path_factory.mktemp("answers"))
    shutil.copytree(adopted, repository.data)
    shutil.copytree(ROOT / "data/controlnet_annotator", repository.data / "controlnet_annotator", dirs_exist_ok=True)
    repository.commit("All")
    built = build(repository.data, repository.root / "public", Wishes(fetched=FetchedFiles(usage)))
    assert [one.rule for one in built.findings if one.rule.startswith("usage")] == []
    return repository.root / "public"


@pytest.fixture
def addresses(shared: Path) -> dict[str, Path]:
    """Address, shortened as in the table → captured answer; `@` stands for `?`."""
    root = shared / "contract/responses"
    found = {path.relative_to(root).as_posix().removesuffix(".json"): path for path in root.rglob("*.json")}
    return {address.removeprefix("api/model_references/"): path for address, path in found.items()}


def test_every_captured_answer_has_one_verdict(addresses: dict[str, Path]) -> None:
    assert len(addresses) == 218
    verdicts = {address: [row for row in ROWS if re.fullmatch(row.form, address)] for address in addresses}
    assert {address: rows for address, rows in verdicts.items() if len(rows) != 1} == {}


def claimed(answers: Path, path: str, verdict: str) -> bool:
    """Whether there is such a file. What is deferred may come without its query, or with it as a part of the path."""
    if verdict == "no file":
        return (answers / f"{path}.json").exists()
    address = path.partition("@")[0]
    return (answers / f"{address}.json").exists() or (answers / address).exists()


PATHS = {"@group_text_models=true": "/grouped", "@include_backend_variations=true": ""}
"""Query → what stands for it in the path of a file."""


def file_of(path: str) -> str:
    """Path of the file that answers what was asked: a file knows no query, so each answer has a path of its own."""
    address, mark, query = path.partition("@")
    if address.endswith("group/name_schema"):
        return f"{address.removesuffix('name_schema')}{query.partition('=')[2]}/name_schema.json"
    path = address + PATHS.get(mark + query, f"/{query.partition('=')[2]}" if mark else "")
    return path if path.endswith(".json") else f"{path}.json"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.verdict}: {row.form}")
def test_the_verdict_is_right(row: Row, addresses: dict[str, Path], answers: Path, shared: Path) -> None:
    assert row.why or row.verdict == "equal"
    found = [path for address, path in addresses.items() if re.fullmatch(row.form, address)]
    assert found, "nothing was captured of this form"
    for theirs in found:
        path = theirs.relative_to(shared / "contract/responses").as_posix().removesuffix(".json")
        if row.verdict in {"equal", "truer"}:
            ours = answers / file_of(path)
            row.compared(json.loads(theirs.read_bytes()), json.loads(ours.read_bytes()))
        else:
            assert not claimed(answers, path, row.verdict), f"{path} is published: its verdict has to change"
