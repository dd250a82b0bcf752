"""A build is whole or nothing, says the same for the same records, and touches only what changed."""

import filecmp
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from horde_reference.adapters.marker import MARKER
from horde_reference.errors import CannotRun, OutputNotOurs, WouldShrink
from horde_reference.workflows.build import Wishes, build

Write = Callable[..., Path]
V2 = "api/model_references/v2"


@pytest.fixture
def data(tmp_path: Path, write: Write) -> Path:
    folder = tmp_path / "data"
    for number in range(20):
        write(folder, "image_generation", f"Model {number}")
    write(folder, "text_generation", "author/Model-8B")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


def states(out: Path) -> dict[str, tuple[int, int, bytes]]:
    """Inode, time and bytes of every file."""
    return {
        path.relative_to(out).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in out.rglob("*")
        if path.is_file()
    }


def leftovers(out: Path) -> list[str]:
    return [path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}")]


def test_every_record_has_a_file_and_stands_in_its_category(data: Path, out: Path) -> None:
    built = build(data, out)
    category = json.loads((out / V2 / "image_generation.json").read_bytes())
    assert len(category) == 20
    for name, record in category.items():
        assert json.loads((out / V2 / f"image_generation/model/{name}.json").read_bytes()) == record
    assert json.loads((out / V2 / "text_generation/model/author/Model-8B.json").read_bytes())["parameters"] == 8 * 10**9
    assert built.written is not None
    assert built.written.files == len(states(out)) - 1  # the marker


def test_empty_categories_are_empty_objects(data: Path, out: Path) -> None:
    build(data, out)
    for version in ("v1", "v2"):
        assert (out / f"api/model_references/{version}/lora.json").read_bytes() == b"{}\n"


def test_two_builds_are_the_same_to_the_byte(data: Path, out: Path, tmp_path: Path) -> None:
    build(data, out)
    build(data, tmp_path / "again")
    same = filecmp.dircmp(out, tmp_path / "again")
    assert {path: state[2] for path, state in states(out).items()} == {
        path: state[2] for path, state in states(tmp_path / "again").items()
    }
    assert not same.left_only
    assert not same.right_only


def test_the_same_bytes_in_another_locale_and_time_zone(data: Path, out: Path, tmp_path: Path) -> None:
    build(data, out)
    environment = {**os.environ, "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77"}
    command = [sys.executable, "-m", "horde_reference", "build", "--data", str(data), "--out", str(tmp_path / "again")]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    ours = {path: state[2] for path, state in states(out).items()}
    assert {path: state[2] for path, state in states(tmp_path / "again").items()} == ours


def test_an_unchanged_build_touches_nothing(data: Path, out: Path) -> None:
    build(data, out)
    before = states(out)
    built = build(data, out)
    assert states(out) == before
    assert built.written is not None
    assert (built.written.written, built.written.removed) == (0, 0)
    assert built.written.files == len(before) - 1


def test_a_change_touches_only_the_files_that_say_it(data: Path, out: Path, write: Write) -> None:
    build(data, out)
    before = states(out)
    write(data, "image_generation", "Model 3", version="2")
    build(data, out)
    after = states(out)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {
        MARKER,
        "head.json",
        "files.json",
        f"{V2}/image_generation.json",
        f"{V2}/image_generation/model/Model 3.json",
        "api/model_references/v1/image_generation.json",
        "api/model_references/v1/stable_diffusion.json",
        "legacy/image/stable_diffusion.json",
        "models/image_generation/Model 3/index.html",
        "records/image_generation.json",
    }


def test_files_that_are_gone_are_removed(data: Path, out: Path) -> None:
    build(data, out)
    (data / "text_generation/author/Model-8B.json").unlink()
    built = build(data, out, Wishes(max_shrink=1.0))
    assert not (out / V2 / "text_generation/model").exists()
    assert not (out / V2 / "text_generation/group").exists()
    assert built.written is not None
    assert built.written.removed == 4  # the model, its page, its group, and how that is written


def test_a_file_that_someone_changed_is_made_right_again(data: Path, out: Path) -> None:
    build(data, out)
    before = states(out)
    time.sleep(0.02)  # clocks of file systems tick slowly
    (out / V2 / "clip.json").write_text("{ }")
    (out / "api/stray.json").write_text("?")
    os.utime(out / V2 / "clip.json", (0, 0))
    build(data, out)
    after = states(out)
    assert {path: state[2] for path, state in after.items()} == {path: state[2] for path, state in before.items()}


@pytest.mark.parametrize("name", ["file.txt", "index.html", ".hidden"])
def test_a_folder_with_other_files_is_refused(data: Path, out: Path, name: str) -> None:
    out.mkdir()
    (out / name).write_text("mine")
    with pytest.raises(OutputNotOurs):
        build(data, out)
    assert [path.name for path in out.iterdir()] == [name]


@pytest.mark.parametrize("name", ["CNAME", "notes/mine.txt"])
def test_other_files_put_into_the_output_are_not_removed(data: Path, out: Path, name: str, write: Write) -> None:
    build(data, out)
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    write(data, "clip", "One more")
    with pytest.raises(OutputNotOurs, match=name):
        build(data, out)
    assert (out / name).read_text() == "mine"
    assert leftovers(out) == []


@pytest.mark.parametrize(("data_name", "out_name"), [("a", "a"), ("a", "a/b"), ("a/b", "a")])
def test_records_and_output_may_not_lie_in_each_other(
    data_name: str, out_name: str, tmp_path: Path, write: Write
) -> None:
    write(tmp_path / data_name, "clip", "One")
    with pytest.raises(CannotRun):
        build(tmp_path / data_name, tmp_path / out_name)
    assert (tmp_path / data_name / "clip/One.json").is_file()


@pytest.mark.parametrize("marker", ["[1]", "{", '{"counts": null}', '{"made_by": "someone"}'])
def test_a_marker_that_is_not_ours_is_refused(marker: str, data: Path, out: Path) -> None:
    out.mkdir()
    (out / MARKER).write_text(marker)
    with pytest.raises(OutputNotOurs):
        build(data, out)


def test_an_unchanged_build_still_tells_of_warnings(data: Path, out: Path, write: Write) -> None:
    write(data, "image_generation", "Tagged", tags=["rolplay"])
    first, second = build(data, out), build(data, out)
    assert [finding.rule for finding in first.findings] == ["history-absent", "tag-spelling"]
    assert (first.warnings, second.warnings, second.unchanged) == (2, 2, True)


def test_the_output_keeps_its_mode(data: Path, out: Path) -> None:
    build(data, out)
    out.chmod(0o2775)
    (data / "text_generation/author/Model-8B.json").unlink()
    build(data, out, Wishes(max_shrink=1.0))
    assert out.stat().st_mode & 0o7777 == 0o2775


def test_an_output_that_is_a_file_is_refused(data: Path, out: Path) -> None:
    out.write_text("mine")
    with pytest.raises(OutputNotOurs):
        build(data, out)
    assert out.read_text() == "mine"


def test_an_empty_folder_is_taken(data: Path, out: Path) -> None:
    out.mkdir()
    build(data, out)
    assert (out / MARKER).is_file()


def test_the_output_may_be_a_link(data: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    out.symlink_to(tmp_path / "real")
    build(data, out)
    assert out.is_symlink()
    assert (tmp_path / "real" / MARKER).is_file()


def test_a_category_that_shrank_too_much_is_refused(data: Path, out: Path) -> None:
    build(data, out)
    before = states(out)
    for number in range(5):
        (data / f"image_generation/Model {number}.json").unlink()
    with pytest.raises(WouldShrink, match="image_generation from 20 to 15"):
        build(data, out)
    assert states(out) == before
    assert build(data, out, Wishes(max_shrink=0.25)).written is not None


def test_a_category_may_lose_the_stated_share(data: Path, out: Path) -> None:
    build(data, out)
    for number in range(4):
        (data / f"image_generation/Model {number}.json").unlink()
    assert build(data, out).written is not None


def test_records_with_errors_leave_the_output_as_it_was(data: Path, out: Path) -> None:
    build(data, out)
    before = states(out)
    (data / "clip").mkdir()
    (data / "clip/broken.json").write_text("{")
    assert build(data, out).written is None
    assert states(out) == before


def test_a_missing_data_folder_is_said(tmp_path: Path, out: Path) -> None:
    with pytest.raises(CannotRun, match="nowhere"):
        build(tmp_path / "nowhere", out)
    assert not out.exists()


def test_a_full_disk_is_said_and_the_old_tree_stays(small_disk: Path, tmp_path: Path, write: Write) -> None:
    data, out = tmp_path / "data", small_disk / "public"
    for number in range(5):
        write(data, "clip", f"Model {number}", description="x" * 900)
    build(data, out)
    before = states(out)
    for number in range(1500):
        write(data, "clip", f"More {number}", description="x" * 900)
    with pytest.raises(CannotRun, match=r"No space left on device.*as it was"):
        build(data, out)
    assert states(out) == before
    assert leftovers(out) == []


def test_a_killed_build_leaves_the_old_tree_and_the_next_one_cleans_up(data: Path, out: Path, write: Write) -> None:
    build(data, out)
    before = {path: state[2] for path, state in states(out).items()}
    for number in range(400):
        write(data, "text_generation", f"author/More-{number}B")
    chance = random.Random(5)
    command = [sys.executable, "-m", "horde_reference", "build", "--data", str(data), "--out", str(out)]
    interrupted = 0
    while interrupted < 5:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not leftovers(out):
                time.sleep(0.001)
            time.sleep(chance.random() * 0.05)
            process.send_signal(signal.SIGKILL)
        now = {path: state[2] for path, state in states(out).items()}
        if f"{V2}/text_generation/model/author/More-0B.json" in now:
            build(data, out)  # it was done before the signal came: then it was done whole
            assert {path: state[2] for path, state in states(out).items()} == now
            break
        interrupted += 1
        assert now == before
    build(data, out)
    assert leftovers(out) == []
    assert len(list((out / V2 / "text_generation/model/author").iterdir())) == 401


def test_a_fresh_folder_is_compared_with_what_is_published(data: Path, out: Path, tmp_path: Path) -> None:
    build(data, out)
    for path in sorted((data / "image_generation").iterdir())[:10]:
        path.unlink()
    published = Wishes(published=out / "head.json")
    with pytest.raises(WouldShrink, match="image_generation from 20 to 10"):
        build(data, tmp_path / "elsewhere", published)
    assert not (tmp_path / "elsewhere").exists()
    assert build(data, tmp_path / "elsewhere", Wishes(published=out / "head.json", max_shrink=1.0)).written
