"""What must not be pushed: files that a schema or the released client refuses."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from places import record
from released import interpreter
from syncing import FIRST, World, clip, legacy_files

from horde_reference.corpus import Corpus
from horde_reference.errors import CannotRun, NotConforming
from horde_reference.formats.canonical import decode
from horde_reference.workflows.sync.guarding import Limits, guard
from horde_reference.workflows.sync.planning import Plan, plan
from horde_reference.workflows.sync.state import categories_in

LIMITS = Limits(max_changes_share=1.0, max_shrink=1.0)
CATEGORIES = categories_in("image", ["clip"])


@pytest.fixture
def made() -> Plan:
    """A plan that changes one description."""
    records = [decode("clip", clip(f"Clip {number}", description="New.")) for number in range(12)]
    return plan("image", CATEGORIES, legacy_files()["image"], Corpus.of(records), None)


def broken(made: Plan, old: bytes, new: bytes) -> Plan:
    body = made.files["clip.json"]
    assert old in body
    return replace(made, files={"clip.json": body.replace(old, new, 1)})


def test_what_is_sound_passes(made: Plan) -> None:
    guard(made, CATEGORIES, replace(LIMITS, released_python=interpreter()))


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"description": "New."', b'"description": 7'), (b'"config": {', b'"konfig": {'), (b"}", b"")],
    ids=["type", "key", "syntax"],
)
def test_what_breaks_the_schema_does_not(made: Plan, old: bytes, new: bytes) -> None:
    with pytest.raises(NotConforming, match="Nothing was changed"):
        guard(broken(made, old, new), CATEGORIES, LIMITS)


def test_what_the_released_client_cannot_read_does_not(made: Plan) -> None:
    limits = replace(LIMITS, released_python=interpreter())
    with pytest.raises(CannotRun, match="released client cannot read"):
        guard(replace(made, files={"clip.json": b"[]"}), [], limits)


def test_a_client_that_reads_others_stops_it(made: Plan, tmp_path: Path) -> None:
    liar = tmp_path / "python"
    liar.write_text('#!/bin/sh\necho \'{"clip": ["Clip 0"]}\'\n')
    liar.chmod(liar.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(NotConforming, match=r"would read 1 models from clip\.json and not 12"):
        guard(made, CATEGORIES, replace(LIMITS, released_python=liar))


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_synced(world: World) -> None:
    world.edit("data/blip/Three.json", record("Three", "blip"))
    world.pushed()
    world.merge()
    world.forge.hosting.write(world.name, "main", {"blip.json": world.there("blip.json")[:-3]}, "Oops")
    world.describe(FIRST, "New.")
    done = world.push("--released-python", str(interpreter()))
    assert done.exit_code == 1, done.output
    assert world.described(FIRST) == "New."


@pytest.mark.parametrize("how", [["--allow-many"], []], ids=["option", "setting"])
def test_as_many_as_are_wanted_may_be_allowed(world: World, how: list[str]) -> None:
    for number in range(14):
        world.edit(f"data/clip/More {number}.json", clip(f"More {number}"))
    assert world.push().exit_code == 3
    world.pushed(*how, max_changes_share="0.2" if how else "1")
    assert world.pull()["title"].endswith("14 added")


def test_a_category_may_lose_its_only_model(world: World) -> None:
    world.edit("data/blip/Three.json", record("Three", "blip"))
    world.pushed()
    world.merge()
    world.edit("data/blip/Three.json", None)
    world.describe(FIRST, "New.")
    world.pushed()
    assert world.pull()["title"].endswith("1 changed, 1 removed")


def test_a_python_without_the_client_stops_it_before_anything_is_pushed(world: World, tmp_path: Path) -> None:
    poor = tmp_path / "python"
    poor.write_text("#!/bin/sh\necho 'No module named horde_model_reference' >&2\nexit 1\n")
    poor.chmod(0o755)
    world.describe(FIRST, "New.")
    done = world.push(released_python=str(poor))
    assert done.exit_code == 3
    assert "No module named" in done.output
    assert world.tip() is None
