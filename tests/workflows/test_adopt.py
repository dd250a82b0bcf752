"""Adopting legacy files that are odd, and adopting again after something changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from horde_reference.errors import WouldShrink
from horde_reference.formats import canonical, legacy_image
from horde_reference.workflows.adopt import adopt
from horde_reference.workflows.gather import gather

HASH = "a" * 64


def entry(name: str, digest: str = HASH, **more: Any) -> dict[str, Any]:
    files = [{"path": f"{name}.pt", "sha256sum": digest}]
    download = [{"file_name": f"{name}.pt", "file_path": "", "file_url": f"https://huggingface.co/{name}.pt"}]
    return {"name": name, "type": "clip", "config": {"files": files, "download": download}, "available": False, **more}


@pytest.fixture
def legacy(tmp_path: Path) -> Callable[..., Path]:
    """Write the legacy file of a category; returns its folder."""

    def write(*entries: Any, file: str = "clip.json") -> Path:
        folder = tmp_path / "legacy"
        folder.mkdir(exist_ok=True)
        keyed = {one["name"] if isinstance(one, dict) else f"odd {place}": one for place, one in enumerate(entries)}
        (folder / file).write_text(json.dumps(keyed, indent=4))
        return folder

    return write


def test_exceptions_come_and_go_with_what_they_excuse(legacy: Callable[..., Path], tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = adopt(legacy(entry("one"), entry("two")), None, data)
    assert [finding.rule for finding in first.findings] == ["adopt-exception", "adopt-exception"]
    assert gather(data).corpus["clip"]["one"].exceptions.keys() == {"sha256-shared"}
    adopt(legacy(entry("one"), entry("two", "b" * 64)), None, data)
    assert gather(data).corpus["clip"]["one"].exceptions == {}
    assert not [finding for finding in gather(data).findings if finding.severity == "error"]


def test_a_record_that_nothing_excuses_is_left_out_and_the_next_run_works(
    legacy: Callable[..., Path], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    folder = legacy(entry("Model"), entry("model", "b" * 64), entry("long" * 80, "c" * 64))
    first = adopt(folder, None, data)
    assert [finding.rule for finding in first.findings] == ["adopt-unrepresentable"] * 2
    assert len(gather(data).corpus) == 1
    assert adopt(folder, None, data).written == []


def test_one_odd_entry_costs_only_itself(legacy: Callable[..., Path], tmp_path: Path) -> None:
    adopted = adopt(legacy(entry("one"), None, ["x"], entry("two", "b" * 64, config=[])), None, tmp_path / "data")
    assert adopted.written == ["clip/one.json"]
    assert [finding.rule for finding in adopted.findings] == ["adopt-unrepresentable"] * 3


@pytest.mark.parametrize("more", [{"homepage": None}, {"custom": {"a": [None, 0, False]}}, {"style": ""}, {"tags": []}])
def test_odd_values_come_back_as_they_were(more: dict[str, Any], legacy: Callable[..., Path], tmp_path: Path) -> None:
    theirs = entry("one", **more)
    adopt(legacy(theirs), None, tmp_path / "data")
    checked = gather(tmp_path / "data")
    ours = legacy_image.encode(checked.corpus["clip"]["one"])[1]
    assert json.dumps(ours, sort_keys=True) == json.dumps(theirs, sort_keys=True)
    assert not [finding for finding in checked.findings if finding.severity == "error"]


def test_zero_is_not_taken_for_false(legacy: Callable[..., Path], tmp_path: Path) -> None:
    adopted = adopt(legacy(entry("one", available=0)), None, tmp_path / "data")
    assert [finding.rule for finding in adopted.findings] == ["adopt-unrepresentable"]


def test_an_md5_goes_with_its_file(legacy: Callable[..., Path], tmp_path: Path) -> None:
    theirs = entry("one")
    theirs["config"]["files"][0]["md5sum"] = "5" * 32
    adopt(legacy(theirs), None, tmp_path / "data")
    record = gather(tmp_path / "data").corpus["clip"]["one"]
    assert legacy_image.encode(record)[1]["config"]["files"][0]["md5sum"] == "5" * 32
    file = tmp_path / "data/clip/one.json"
    file.write_text(file.read_text().replace(f'"sha256sum": "{HASH}"', f'"sha256sum": "{"b" * 64}"'))
    changed = gather(tmp_path / "data").corpus["clip"]["one"]
    assert "md5sum" not in legacy_image.encode(changed)[1]["config"]["files"][0]


def test_a_key_that_is_not_the_name_is_kept_for_the_legacy_file(tmp_path: Path) -> None:
    (tmp_path / "clip.json").write_text(json.dumps({"the key": entry("the name")}))
    adopted = adopt(tmp_path, None, tmp_path / "data")
    assert [finding.rule for finding in adopted.findings] == ["adopt-key-differs"]
    record = gather(tmp_path / "data").corpus["clip"]["the name"]
    assert legacy_image.encode(record) == ("the key", entry("the name"))


def test_pruning_most_of_a_category_is_refused(legacy: Callable[..., Path], tmp_path: Path) -> None:
    data = tmp_path / "data"
    adopt(legacy(*(entry(f"model {n}", str(n) * 64) for n in range(5))), None, data)
    folder = legacy(entry("model 0", "0" * 64))
    with pytest.raises(WouldShrink):
        adopt(folder, None, data, prune=True)
    assert len(gather(data).corpus) == 5
    assert len(adopt(folder, None, data, prune=True, max_shrink=1.0).removed) == 4


def test_empty_lines_and_rows_of_another_width_cost_only_themselves(tmp_path: Path) -> None:
    head = "name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings"
    rows = ["a/One-1B,1,,,,,,,,", "", "a/Two-2B,2,,", "a/Three-3B,3,,,,,,,,"]
    (tmp_path / "models.csv").write_bytes("\n".join(["\ufeff" + head, *rows]).encode())
    adopted = adopt(None, tmp_path, tmp_path / "data")
    assert adopted.written == ["text_generation/a/One-1B.json", "text_generation/a/Three-3B.json"]
    assert [finding.line for finding in adopted.findings] == [4]


def test_a_column_that_is_not_ours_is_told_and_left(tmp_path: Path) -> None:
    head = "notes,name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings"
    (tmp_path / "models.csv").write_text(f"{head}\r\nx,a/One-1B,1,,,,,,,,\r\n", newline="")
    adopted = adopt(None, tmp_path, tmp_path / "data")
    assert adopted.written == ["text_generation/a/One-1B.json"]
    assert [(one.rule, one.line) for one in adopted.findings] == [("adopt-unknown-column", 1)]
    assert "notes" in adopted.findings[0].message


def edited(data: Path, file: str, **stated: Any) -> Path:
    """State something more in a record."""
    path = data / f"clip/{file}.json"
    path.write_bytes(canonical.format_document("clip", json.loads(path.read_bytes()) | stated))
    return path


def test_a_withdrawn_record_is_not_missed_in_the_legacy_files(legacy: Callable[..., Path], tmp_path: Path) -> None:
    data = tmp_path / "data"
    adopt(legacy(entry("one"), entry("two", "b" * 64)), None, data)
    gone = edited(data, "one", withdrawn={"reason": "Broken.", "date": "2026-11-23"})
    for prune in (False, True):
        again = adopt(legacy(entry("two", "b" * 64)), None, data, prune=prune, max_shrink=1.0)
        assert (again.findings, again.written, again.removed) == ([], [], [])
    assert gone.is_file()


def test_a_record_that_has_another_name_by_now_is_known_by_its_old_one(
    legacy: Callable[..., Path], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    folder = legacy(entry("old"), entry("two", "b" * 64))
    adopt(folder, None, data)
    edited(data, "old", name="new", aliases=["old"]).rename(data / "clip/new.json")
    again = adopt(folder, None, data)
    assert (again.findings, again.removed) == ([], [])
    assert sorted(gather(data).corpus["clip"]) == ["new", "two"]
    assert not [finding for finding in gather(data).findings if finding.severity == "error"]
    changed = adopt(legacy(entry("old", description="Told anew."), entry("two", "b" * 64)), None, data)
    assert changed.written == ["clip/new.json"]
    record = gather(data).corpus["clip"]["new"]
    assert (record.description, record.aliases) == ("Told anew.", ("old",))
